import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

let isHeard = false

/**
 * Miniflare (4.20260426) stands in for Hyperdrive with sockets to whose errors nobody listens: when
 * workerd resets one, for a visitor who went away or a question that was given up, the process ends
 * by an uncaught ECONNRESET. From now on every socket that a server of this process takes has a
 * listener. For a developer's machine and the tests: the Worker itself has no such sockets.
 */
export function surviveResets(): void {
  if (isHeard) return
  isHeard = true
  subscribe('net.server.socket', (message) => {
    const { socket } = message as { socket: Socket }
    socket.on('error', () => {})
  })
}
