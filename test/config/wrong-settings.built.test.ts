import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../src/data/database.ts'
import { cannotListen } from '../../src/lib/listening.ts'
import { built, SHOP_NODE } from '../support/built.ts'
import { freePort } from '../support/cluster.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { SETTINGS } from '../support/shop.ts'

/** Of the addresses for documentation (RFC 5737): no machine has it. */
const NOT_HERE = '192.0.2.1'

// What whoever installs the shop reads when what it needs is not there.
describe.skipIf(!realPostgres)('a shop that was set up wrong', () => {
  let folder: string
  let database: TestDatabase
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kiosque-wrong-settings-'))
    database = await testDatabase()
  })
  afterAll(async () => {
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  const wrong = {
    'a name that the server does not know': {
      change: (url: URL) => (url.pathname = '/nobody_made_it'),
      says: 'The server knows no database of the name in DATABASE_URL.',
    },
    'a user that the server does not know': {
      change: (url: URL) => (url.username = 'nobody_at_all'),
      says: 'The database refuses the user or the password (28000).',
    },
    'a port where nobody is': {
      change: (url: URL) => (url.port = '1'),
      says: 'The database does not answer (ECONNREFUSED).',
    },
  }
  const cases = Object.entries(wrong).map(([name, { change, says }]) => ({ name, change, says }))

  function start(entry: string, words: string[], environment: Record<string, string>) {
    const child = spawn(SHOP_NODE, [built(entry), ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), ...environment },
    })
    let said = ''
    child.stdout.on('data', (data: Buffer) => (said += data))
    child.stderr.on('data', (data: Buffer) => (said += data))
    return { child, ended: once(child, 'close'), said: () => said }
  }
  const STACK = /^ +at .*\.mjs/m

  const wrongUrl = (change: (url: URL) => unknown) => {
    const url = new URL(database.url)
    change(url)
    return url.href
  }

  it.each(cases)('commands tell of $name, and do nothing', async ({ change, says }) => {
    const environment = { DATABASE_URL: wrongUrl(change) }
    for (const words of [['migrate'], ['access'], ['cron'], ['export', 'valise.tar']]) {
      const { ended, said } = start('cli.mjs', words, environment)
      expect([words, await ended]).toEqual([words, [1, null]])
      expect(said()).toContain(says)
      expect(said()).not.toMatch(STACK)
      expect(said()).not.toContain('up to date')
    }
  })

  it.each(cases)('the doctor tells of $name, and looks at the rest', async ({ change, says }) => {
    const { ended, said } = start('cli.mjs', ['doctor'], { DATABASE_URL: wrongUrl(change) })
    expect(await ended).toEqual([1, null])
    expect(said()).toContain(`WRONG  Database: ${says}`)
    expect(said()).toContain('ok     Files:')
    expect(said()).not.toContain('doctor.failed')
  })

  it.each(cases)('the shop tells of $name, and answers 503', async ({ change, says }) => {
    const port = await freePort()
    const environment = { DATABASE_URL: wrongUrl(change), PORT: String(port) }
    const { child, ended, said } = start('node.mjs', [], environment)
    try {
      await expect.poll(said, { timeout: 15_000 }).toContain('Its data:')
      expect(said()).toContain('Kiosque waits for its database:')
      expect(said()).toContain(says)
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(503)
    } finally {
      child.kill('SIGTERM')
      await ended
    }
  })

  it.each([
    ['cli.mjs', ['migrate']],
    ['node.mjs', []],
  ])('%s tells of a folder where it may not write', async (entry, words) => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const environment = { DATABASE_URL: database.url, DATA_DIR: join(file, 'data') }
    const { ended, said } = start(entry, words, environment)
    expect(await ended).toEqual([1, null])
    expect(said()).toContain(`The shop cannot write in DATA_DIR, ${file}/data (ENOTDIR):`)
    expect(said()).not.toMatch(STACK)
  })

  it.each([
    ['cli.mjs', ['doctor']],
    ['node.mjs', []],
  ])('%s tells of a database that a newer version made', async (entry, words) => {
    const newer = await testDatabase()
    const direct = connectTo(newer.url, { max: 1 })
    try {
      await direct`insert into migrations (name, applied_at) values ('9999_later', now())`
      const { ended, said } = start(entry, words, { DATABASE_URL: newer.url })
      expect(await ended).toEqual([1, null])
      expect(said()).toMatch(/^The database has the migration 9999_later.*newer version/m)
      expect(said()).not.toMatch(STACK)
    } finally {
      await direct.end()
      await newer.drop()
    }
  })

  it('the simulator tells of a port that is taken, or none', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    try {
      for (const [value, says] of [
        [String(port), `Port ${port} is taken. Stop what uses it, or set SIMULATOR_PORT`],
        ['http', 'SIMULATOR_PORT is not a port'],
      ] as const) {
        const { ended, said } = start('cli.mjs', ['simulator'], { SIMULATOR_PORT: value })
        expect(await ended).toEqual([1, null])
        expect(said()).toContain(says)
        expect(said()).not.toMatch(STACK)
      }
    } finally {
      taken.close()
    }
  })

  it('the shop tells of a port that is taken, and of an address that is not here', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const PORT = String(port)
    try {
      for (const [environment, says] of [
        [{ PORT, HOST: '127.0.0.1' }, `Port ${port} is taken. Stop what uses it, or set PORT`],
        [{ PORT, HOST: NOT_HERE }, `HOST is ${NOT_HERE}, which is no address of this machine`],
      ] as const) {
        const { ended, said } = start('node.mjs', [], {
          DATABASE_URL: database.url,
          ...SETTINGS,
          ...environment,
        })
        expect(await ended).toEqual([1, null])
        expect(said()).toContain(says)
        expect(said()).not.toMatch(STACK)
      }
    } finally {
      taken.close()
    }
  })

  it('the shop tells of a port that its user may not have', () => {
    expect(cannotListen({ code: 'EACCES' }, { port: 80 })).toMatch(/port 80\. Set PORT to/)
    expect(cannotListen({ code: 'EMFILE' }, { port: 80 })).toBeUndefined()
  })

  it('the shop tells of a parameter that PostgreSQL does not know', async () => {
    const url = `${database.url}?pgbouncer=true`
    const { ended, said } = start('node.mjs', [], { DATABASE_URL: url })
    expect(await ended).toEqual([1, null])
    expect(said()).toMatch(/^DATABASE_URL has the parameter "pgbouncer"/m)
    expect(said()).not.toMatch(STACK)
  })
})
