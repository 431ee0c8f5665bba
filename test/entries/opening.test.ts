import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { connectTo } from '../../src/data/database.ts'
import { openNodeShop } from '../../src/entries/node/shop.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'

/** A line to the database that cuts the second connection at its first question. */
async function line(url: string) {
  const { hostname, port } = new URL(url)
  let connections = 0
  const server = createServer((socket) => {
    const number = ++connections
    const onward = connect(Number(port), hostname)
    for (const end of [socket, onward])
      end.on('error', () => {}).on('close', () => (socket.destroy(), onward.destroy()))
    socket.on('data', (data) => {
      if (number === 2 && data.includes('migrations')) socket.resetAndDestroy()
      else onward.write(data)
    })
    onward.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const through = new URL(url)
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return through.href
}

it.skipIf(!realPostgres)(
  'a process opens although its connection is cut while it prepares the database',
  async () => {
    const database = await testDatabase()
    const folder = await mkdtemp(join(tmpdir(), 'kiosque-opening-'))
    const direct = connectTo(database.url, { max: 1 })
    await direct`drop schema public cascade`
    await direct`create schema public`
    const reading = readConfig({ DATABASE_URL: await line(database.url), DATA_DIR: folder })
    if (!reading.ok) throw new Error(reading.faults.join('\n'))

    const opened = await openNodeShop(reading.config)
    onTestFinished(async () => {
      await opened.close()
      await direct.end()
      await database.drop()
      await rm(folder, { recursive: true })
    })
    expect(await direct`select from pg_tables where schemaname = 'public'`).toHaveLength(0)
    // The next visit tries again.
    await opened.prepare()
    expect(await opened.shop.sql`select id from orders`).toHaveLength(0)
  },
)
