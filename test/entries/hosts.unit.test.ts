import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { severalHosts } from '../../src/entries/node/hosts.ts'

it('asks several servers in turn, and not more often than they can bear, while none will do', async () => {
  const asked = [0, 0]
  const servers = asked.map((_, place) =>
    createServer((socket) => {
      asked[place]!++
      socket.on('error', () => {}).destroy()
    }).listen(0, '127.0.0.1'),
  )
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const hosts = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`)
  const url = `postgres://awa:x@${hosts.join()}/shop?target_session_attrs=read-write`
  const database = openDatabase(() => connectTo(url, severalHosts(url)), 600)
  const started = Date.now()
  const questions = Array.from({ length: 5 }, () => database.sql`select 1`)
  for (const answer of await Promise.allSettled(questions))
    expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'DatabaseUnavailable' } })
  const most = (Date.now() - started) / 20 + 2
  expect(Math.min(...asked)).toBeGreaterThan(2)
  expect(asked[0]! + asked[1]!).toBeLessThan(most)
  await database.close()
  for (const server of servers) server.close()
})

it('leaves an address of one server to the driver', () => {
  expect(severalHosts('postgres://awa:a,b@shop.example/x?options=a,b')).toEqual({})
  expect(severalHosts('postgres://shop.example/x,y')).toEqual({})
})
