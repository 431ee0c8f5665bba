import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type BadNetwork = Awaited<ReturnType<typeof openBadNetwork>>

/**
 * A line between a browser and a server on this machine: so many bytes a second for each connection
 * that brings something, and cut where it was told to be.
 */
export async function openBadNetwork() {
  let target = 0
  let bytesPerSecond = Infinity
  /**
   * Of each connection that brings that much, in this order: where it breaks. It ends early, after
   * which Chromium goes on by itself; after a reset it waits for a press on "Resume".
   */
  const cuts: number[] = []
  let broken = 0
  const open = new Set<Socket>()

  async function carry(from: Socket, to: Socket) {
    let carried = 0
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (to.destroyed) return
      carried += chunk.length
      if (cuts.length > 0 && carried > cuts[0]!) {
        cuts.shift()
        broken++
        to.end()
        from.destroy()
        return
      }
      if (!to.write(chunk)) await once(to, 'drain').catch(() => {})
      if (Number.isFinite(bytesPerSecond)) await pause((chunk.length / bytesPerSecond) * 1000)
    }
    to.end()
  }

  const server = createServer((near) => {
    const far = connect(target, 'localhost')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => open.delete(socket))
    }
    near.on('close', () => far.destroy())
    near.pipe(far)
    carry(far, near).catch(() => near.destroy())
  }).listen(0, 'localhost')
  await once(server, 'listening')

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cuts,
    /** How often it broke. */
    broken: () => broken,
    leadTo: (url: string) => {
      target = Number(new URL(url).port)
    },
    throttle: (rate: number) => {
      bytesPerSecond = rate
    },
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
