import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

let isHeard = false

/**
 * Miniflare (4.20260426) stands in for Hyperdrive with two sockets to whose errors nobody listens: the
 * one that workerd opens, and the one to the database. When one is reset, for a visitor who went away or
 * a question that was given up, the process ends by an uncaught ECONNRESET. From now on every socket
 * that this process takes or opens has a listener. For a developer's machine and the tests: the Worker
 * itself has no such sockets.
 */
export function surviveResets(): void {
  if (isHeard) return
  isHeard = true
  const listen = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    socket.on('error', () => {})
  }
  subscribe('net.server.socket', listen)
  subscribe('net.client.socket', listen)
}
