import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** How long a visitor is kept waiting for a process that opens, before nobody answers. */
const QUEUE_MS = 2_000

/**
 * The shop's public address, as a host's web server keeps it: every connection is handed to one of
 * the processes that are open, or to the next that opens, and breaks when that one dies.
 * @param choose the port of an open process, if there is one
 */
export async function openBalancer(choose: () => number | undefined) {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket, other?: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      other?.destroy()
    })
  }
  const serve = async (visitor: Socket) => {
    keep(visitor)
    const until = Date.now() + QUEUE_MS
    let port = choose()
    while (port === undefined && Date.now() < until) {
      await pause(10)
      port = choose()
    }
    if (port === undefined || visitor.destroyed) return void visitor.destroy()
    const shop = connect(port, '127.0.0.1')
    keep(shop, visitor)
    visitor.on('close', () => shop.destroy())
    visitor.pipe(shop).pipe(visitor)
  }
  const server = createServer((visitor) => void serve(visitor)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
