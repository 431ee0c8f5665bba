import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { walk } from '../runtimes/walk.ts'
import { bodyOf, bytesAt } from './bytes.ts'
import { testDatabase } from './postgres.ts'
import { onNode } from './running.ts'
import type { Running } from './running.ts'

export type BigBook = Awaited<ReturnType<typeof sellBigBook>>

/**
 * The built server on a real PostgreSQL, and a book that somebody bought there, of which a new
 * version of this size lies on the disk. The server may be killed and started again.
 */
export async function sellBigBook(sizeBytes: number, name = 'Le gros livre.pdf') {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-big-'))
  const start = () => onNode({ DATABASE_URL: database.url, DATA_DIR: folder })
  let running: Running = await start()
  const opened = openDatabase(() => connectTo(database.url))
  const bought = await walk(running.url)
  const code = /commande\/(\w+)\./.exec(bought.orderPage)![1]!

  const hash = createHash('sha256')
  const STEP = 1_000_000
  for (let at = 0; at < sizeBytes; at += STEP)
    hash.update(bytesAt(at, Math.min(STEP, sizeBytes - at)))
  const sha256 = hash.digest('hex')
  const storageKey = 'books/big.pdf'
  await diskStorage(join(folder, 'files')).put(storageKey, bodyOf(sizeBytes), sizeBytes)
  await opened.sql`
    insert into files (
      book_id, version, name, storage_key, media_type, size_bytes, sha256, created_at
    )
    select book_id, 99, ${name}, ${storageKey}, 'application/pdf', ${sizeBytes}, ${sha256}, ${new Date()}
    from orders
    where code = ${code}`
  // What the walk took of the version before is another story.
  await opened.sql`delete from downloads`
  const orderPage = new URL(bought.orderPage, running.url).pathname
  const html = await (await fetch(new URL(orderPage, running.url))).text()
  const path = /href="(\/d\/[^"]+\?telecharger)"/.exec(html)![1]!
  return {
    sql: opened.sql,
    code,
    sha256,
    /** On the disk. */
    stored: join(folder, 'files', storageKey),
    /** Of the file and of the order's page. */
    path,
    orderPage,
    running: () => running,
    url: () => running.url,
    async killAndStartAgain() {
      await running.kill!()
      running = await start()
    },
    async close() {
      await running.stop()
      await opened.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
