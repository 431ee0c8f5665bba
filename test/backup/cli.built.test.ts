import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { built, SHOP_NODE } from '../support/built.ts'
import { testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'

const LONG_MS = 120_000
const cli = built('cli.mjs')
/** With signs that mean something in a `.env`, and to `String.replace`. */
const APP_SECRET = "q7Wd$&0s KzT#4uYb'1nVx8Rm"
const PASSPHRASE = 'savane violon mercredi papaye'

let folder: string
const databases: TestDatabase[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosque-cli-'))
  for (let i = 0; i < 4; i++) databases.push(await testDatabase())
  await run(0, ['seed', '--orders', '300'])
}, LONG_MS)
afterAll(async () => {
  for (const each of databases) await each.drop()
  await rm(folder, { recursive: true })
})

type Asked = { env?: Record<string, string>; killAfterMs?: number }

/** A command in a folder of its own, whose `.env` it may write. */
async function run(i: number, words: string[], { env = {}, killAfterMs }: Asked = {}) {
  const child = spawn(SHOP_NODE, [cli, ...words], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databases[i]!.url,
      DATA_DIR: join(folder, `data-${i}`),
      ...('APP_SECRET' in env || env['KEPT'] ? {} : { APP_SECRET }),
      ...env,
    },
  })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data))
  child.stderr.on('data', (data: Buffer) => (said += data))
  const ended = once(child, 'close')
  if (killAfterMs !== undefined) {
    await Promise.race([pause(killAfterMs), ended])
    child.kill('SIGKILL')
  }
  const [code] = (await ended) as [number | null]
  return { code, said }
}

async function ordersIn(i: number): Promise<number> {
  const { sql, close } = openDatabase(() => connectTo(databases[i]!.url))
  const [row] = await sql<{ orders: number }[]>`select count(*)::int as orders from orders`
  await close()
  return row!.orders
}

describe('npm run export and import', () => {
  it(
    'carry the shop and, under a passphrase, its secret; and tell what they do',
    async () => {
      const path = join(folder, 'valise.tar')
      const env = { SUITCASE_PASSPHRASE: PASSPHRASE }
      const made = await run(0, ['export', path], { env })
      expect(made).toMatchObject({ code: 0 })
      expect(made.said).toMatch(/MB, [\s\S]*is whole: \d+ bytes/)
      expect((await stat(path)).mode & 0o777).toBe(0o600)
      expect((await readFile(path)).includes(APP_SECRET)).toBe(false)
      expect(await run(0, ['export', path])).toMatchObject({ code: 1 })

      const other = { APP_SECRET: 'another-secret-9Wd0sKz' }
      const refused = await run(1, ['import', path], { env: other })
      expect(refused).toMatchObject({ code: 1 })
      expect(refused.said).toContain('APP_SECRET is not the suitcase’s')
      expect(await ordersIn(1)).toBe(0)

      await writeFile(
        join(folder, '.env'),
        '# Mine\nAPP_SECRET=another-secret-9Wd0sKz\nPORT=3001\n',
      )
      const done = await run(1, ['import', path], { env: { ...env, KEPT: '1' } })
      expect(done.said).toContain('The shop is unpacked: 300 orders')
      const kept = await readFile(join(folder, '.env'), 'utf8')
      expect(kept).toMatch(/^# Mine\nAPP_SECRET=/)
      expect(parseEnv(kept)).toEqual({ APP_SECRET, PORT: '3001' })
      expect(await run(1, ['import', path])).toMatchObject({ code: 1 })
      expect(await ordersIn(1)).toBe(300)
      await rm(join(folder, '.env'))
    },
    LONG_MS,
  )

  it(
    'killed at any moment, leave the shop empty or whole, and may be run again',
    async () => {
      const path = join(folder, 'deux.tar')
      await run(0, ['export', path])
      for (let killAfterMs = 500; killAfterMs < 4_000; killAfterMs += 500) {
        await run(2, ['import', path], { killAfterMs })
        expect([0, 300]).toContain(await ordersIn(2))
      }
      const last = await run(2, ['import', path])
      expect(last.said).toMatch(/The shop is unpacked: 300 orders|This shop is not empty/)
      expect(await ordersIn(2)).toBe(300)
      expect(await run(2, ['doctor', '--ledger'])).toMatchObject({ code: 0 })
    },
    LONG_MS,
  )

  it('say how they are written, and what is not there', async () => {
    expect(await run(3, ['import'])).toMatchObject({ code: 2 })
    const absent = await run(3, ['import', join(folder, 'absent.tar')])
    expect(absent.said).toContain('There is no file')
    expect(absent.code).toBe(1)
  })
})
