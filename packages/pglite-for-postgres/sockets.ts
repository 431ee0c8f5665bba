import { randomBytes } from 'node:crypto'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { SharedBackend } from './backend.ts'

export type Bridge = { url: string; close(): Promise<void> }

/** A stream that the driver takes for a socket: it looks at `readyState` before saying goodbye. */
class InnerSocket extends Duplex {
  get readyState() {
    return this.destroyed || this.writableEnded ? 'closed' : 'open'
  }
}

export function connectInside(backend: SharedBackend): Duplex {
  const socket = new InnerSocket({
    read() {},
    // Never at once: the driver loses what it says while it is still inside its own write.
    write(bytes: Buffer, _encoding, done) {
      queueMicrotask(() => {
        line.receive(bytes)
        done()
      })
    },
    final(done) {
      line.finish()
      done()
    },
    destroy(error, done) {
      line.vanish()
      done(error)
    },
  })
  const line = backend.open({
    write: (bytes) => void socket.push(bytes),
    hangUp: () => void setImmediate(() => socket.destroy()),
  })
  return socket
}

/** On loopback only, and with a password, since a shared machine has neighbours. */
export async function listenOnLoopback(backend: SharedBackend, port: number): Promise<Bridge> {
  const password = randomBytes(16).toString('hex')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const line = backend.open({
      password,
      write: (bytes) => void socket.write(bytes),
      hangUp: () => socket.destroySoon(),
    })
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('data', (bytes) => line.receive(bytes))
    socket.on('end', () => line.finish())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      line.vanish()
    })
  })
  await new Promise<void>((ready, failed) => {
    server.once('error', failed)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, ready)
  })
  const { port: opened } = server.address() as AddressInfo
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${opened}/postgres`,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
