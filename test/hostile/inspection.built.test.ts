import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { lineLog } from '../../src/lib/log.ts'
import { inspectBeside } from '../../src/entries/node/inspect.ts'
import { lendFrom } from '../../src/entries/node/lend.ts'
import { built } from '../support/built.ts'
import { signIn } from '../support/desk.ts'
import { hostilePdfs } from '../support/hostile-pdf.ts'
import { testDatabase } from '../support/postgres.ts'
import { onNode } from '../support/running.ts'
import type { TestShop } from '../support/shop.ts'
import { sender } from '../support/uploads.ts'

describe('the thread that looks', () => {
  const lines: string[] = []
  const log = lineLog(
    (line) => void lines.push(line),
    () => new Date(),
  )
  const file = { key: 'books/a', sizeBytes: 9, stamp: 'all' as const }
  const running = (code: string, deadlineMs?: number) =>
    inspectBeside({
      lend: lendFrom('/nowhere'),
      log,
      entry: new URL(`data:text/javascript,${encodeURIComponent(code)}`),
      ...(deadlineMs && { deadlineMs }),
    })
  const tooMuch = { ok: false, fault: 'too-much-work' }

  it('is ended at its deadline', async () => {
    expect(await running('for (;;);', 200).inspect(file)).toEqual(tooMuch)
    expect(lines.at(-1)).toContain('"why":"deadline"')
  })

  it('is ended when it wants too much memory', async () => {
    const code = 'const all = []; for (;;) all.push({ a: [1, 2, 3] })'
    expect(await running(code).inspect(file)).toEqual(tooMuch)
    expect(lines.at(-1)).toContain('"why":"memory"')
  })

  it('says what the storage says, and the next one looks all the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kiosque-look-'))
    const entry = pathToFileURL(built('inspect-worker.mjs'))
    const { inspect } = inspectBeside({ lend: lendFrom(folder), log, entry })
    mkdirSync(join(folder, 'books'))
    const bytes = hostilePdfs['arrays in arrays']![1]()
    writeFileSync(join(folder, 'books', 'b'), bytes)
    const looks = [
      inspect(file),
      inspect({ ...file, key: 'books/b', sizeBytes: bytes.length }),
      inspect({ ...file, key: 'books/c' }),
    ]
    const [first, second, third] = await Promise.allSettled(looks)
    expect(first).toMatchObject({ reason: { code: 'ENOENT' } })
    expect(second).toMatchObject({ value: { ok: false, fault: 'pdf-broken' } })
    expect(third!.status).toBe('rejected')
    rmSync(folder, { recursive: true })
  })

  it('is one at a time', async () => {
    const code = `
      const { parentPort, workerData } = await import('node:worker_threads')
      const { writeFileSync, rmSync } = await import('node:fs')
      const mark = workerData.file.key
      writeFileSync(mark, '', { flag: 'wx' })
      await new Promise((done) => setTimeout(done, 20))
      rmSync(mark)
      parentPort.postMessage({ ok: false, fault: 'other-type' })`
    const { inspect } = running(code)
    const key = join(tmpdir(), `kiosque-look-${process.pid}`)
    const looks = Array.from({ length: 4 }, () => inspect({ ...file, key }))
    for (const look of looks) expect((await look).ok).toBe(false)
  })
})

it('a process that is stopped gives back what it looks at', async () => {
  const database = await testDatabase()
  const running = await onNode({ DATABASE_URL: database.url })
  const { sql, close } = openDatabase(() => connectTo(database.url))
  try {
    const shop = { now: () => new Date(), config: { publicUrl: running.url } }
    const { headers } = await signIn({ shop, sql } as unknown as TestShop)
    const visit = (path: string, init?: RequestInit) => fetch(running.url + path, init)
    const send = sender(visit, headers)
    const [book] = await sql`select slug from books order by id limit 1`
    const long = hostilePdfs['tables of many parts in a chain']![1]()
    const uploading = send.whole(book!['slug'] as string, long).catch((error: unknown) => error)
    const state = async () => (await sql`select state from uploads`)[0]?.['state'] as unknown
    await expect.poll(state, { timeout: 10_000, interval: 5 }).toBe('checking')
    await running.stop()
    await uploading
    expect(await state()).toBe('open')
  } finally {
    await close()
    await database.drop()
  }
})
