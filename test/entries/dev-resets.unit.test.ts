import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { expect, it } from 'vitest'
import { surviveResets } from '../../tools/dev-resets.ts'

const ends = [
  ['the one that was taken', (taken: Socket, opened: Socket) => [opened, taken]],
  ['the one that was opened', (taken: Socket, opened: Socket) => [taken, opened]],
] as const

/** Nobody listens to either, as in Miniflare: what is not heard would fail this whole run. */
it.each(ends)('%s is reset, and the process goes on', async (_, which) => {
  surviveResets()
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const taken = once(server, 'connection') as Promise<[Socket]>
  const opened = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const [by, reset] = which((await taken)[0], opened) as [Socket, Socket]
  reset.resume()
  const closed = new Promise<boolean>((resolve) => reset.on('close', resolve))
  by.resetAndDestroy()
  expect(await closed).toBe(true)
  server.close()
})
