import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Pool } from '../../src/data/database.ts'
import { installer } from '../../src/entries/installer/app.tsx'
import { envFile, withSetting } from '../../src/entries/installer/env-file.ts'
import type { DatabaseLook, Host } from '../../src/entries/installer/host.ts'
import { nodeHost } from '../../src/entries/installer/node-host.ts'
import { lineLog } from '../../src/lib/log.ts'
import { bringUpToDate } from '../../src/entries/migrations.ts'
import { realPostgres } from '../support/postgres.ts'
import { databaseFields, DEMONSTRATION, settle, visitor } from './installer-visitor.ts'
import { emptyDatabase } from './package-tools.ts'

const ORIGIN = 'https://livres.example.net'
const HOUR_MS = 60 * 60_000

describe.skipIf(!realPostgres)('the installer', () => {
  let root: string
  let database: Awaited<ReturnType<typeof emptyDatabase>>
  let lines: string[]
  let clockMs: number
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'kiosque-installer-'))
    database = await emptyDatabase()
    lines = []
    clockMs = Date.now()
  })
  afterEach(async () => {
    await database.drop()
    rmSync(root, { recursive: true, force: true })
  })

  /** One of the shop's processes, with no more in its memory than any other. */
  function aProcess(special: Partial<Host> = {}, environment: Host['environment'] = {}) {
    const now = () => new Date(clockMs)
    const log = lineLog((line) => void lines.push(line), now)
    const fetch = async () => Response.json({}, { status: 404 })
    const host = { ...nodeHost({ root, environment, log, fetch, now }), ...special }
    const visit = { origin: ORIGIN, isSecure: true }
    return (path: string, init: RequestInit = {}) =>
      installer.request(path, init, { visit, ...host })
  }
  const somebody = (ask = aProcess()) => visitor(ask, ORIGIN)

  async function inside(ask = aProcess()) {
    const moussa = somebody(ask)
    await moussa.go('/')
    await moussa.enter(root)
    return moussa
  }

  it('leads every visit to its door, and shows nobody more', async () => {
    const stranger = somebody()
    for (const path of ['/', '/admin', '/livres/x', '/installer/base', '/installer/panneau']) {
      const seen = await stranger.go(path)
      expect(seen).toMatchObject({ status: 200, path: '/installer' })
      expect(seen.html).toContain('code-installation.txt')
    }
    const code = readFileSync(join(root, 'data', 'code-installation.txt'), 'utf8')
    expect((await stranger.go('/installer')).html).not.toContain(
      /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(code)![0],
    )
    const sent = await stranger.send('/installer/base', databaseFields(database))
    expect(sent.status).toBe(503)
    expect(existsSync(join(root, 'data', 'installation.json'))).toBe(false)
  })

  it('is not opened by a cookie that somebody made up, nor by a form of another site', async () => {
    await somebody().go('/')
    const headers = {
      cookie: '__Host-kiosque-installation=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    }
    expect((await aProcess()('/installer/base', { headers })).status).toBe(303)
    const moussa = await inside()
    const other = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const sent = await moussa.send('/installer/adresse', { address: ORIGIN }, other)
    expect(sent.status).toBe(403)
  })

  it('keeps what was settled, whichever process is asked next', async () => {
    const moussa = await inside()
    await moussa.send('/installer/adresse', { address: 'livres.example.net' })
    await moussa.send('/installer/base', databaseFields(database))
    const again = await inside(aProcess())
    expect((await again.go('/installer')).path).toBe('/installer/paiements')
    const page = await again.go('/installer/base')
    expect(page.html).toContain(`value="${database.name}"`)
  })

  it('holds up a host that lies in the public folder, or is not protected', async () => {
    const look = async () => ({
      nodeVersion: '20.20.2',
      unwritable: [],
      freeBytes: 5e9,
      publicFolder: 'public_html',
    })
    const seen = await (await inside(aProcess({ look }))).go('/installer/hebergeur')
    expect(seen.html).toContain('que tout le monde peut voir')
    expect(seen.html).not.toContain('href="/installer/adresse"')
    const visit = { origin: 'http://livres.example.net', isSecure: false }
    const plain = visitor(aProcess({ visit }), visit.origin)
    await plain.go('/')
    await plain.enter(root)
    expect((await plain.go('/installer/hebergeur')).html).toContain(
      'ouvrez cette page avec https://',
    )
  })

  it('refuses an address at which its data can be read by everybody', async () => {
    const moussa = await inside(aProcess({ isDataPublic: async () => true }))
    const seen = await moussa.send('/installer/adresse', { address: ORIGIN })
    expect(seen.status).toBe(422)
    expect(seen.html).toContain('peut être lu par tout le monde')
  })

  const wrong: [string, (fields: Record<string, string>) => Record<string, string>, string][] = [
    ['a name that is not there', (f) => ({ ...f, name: 'inconnue' }), 'ne connaît pas de base'],
    ['a port where nothing is', (f) => ({ ...f, port: '1' }), 'ne répond pas (ECONNREFUSED)'],
    ['a server that is not there', (f) => ({ ...f, host: 'base.invalid' }), 'ne répond pas ('],
    ['an address that is none', () => ({ url: 'mysql://a:b@c/d' }), 'commence par postgres://'],
    ['a password with a bare %', () => ({ url: 'postgres://a:b%zz@c/d' }), 'écrivez % comme %25'],
    ['nothing', () => ({}), 'Écrivez le nom du serveur'],
  ]
  it.each(wrong)('says what is wrong with a database: %s', async (_, change, says) => {
    const moussa = await inside()
    const seen = await moussa.send('/installer/base', change(databaseFields(database)))
    expect(seen.status).toBe(422)
    expect(seen.html).toContain(says)
    // Nothing typed is lost.
    const { user } = change(databaseFields(database))
    if (user) expect(seen.html).toContain(`value="${user}"`)
  })

  it('gives up on a server that accepts and closes', async () => {
    const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await new Promise((resolve) => rude.once('listening', resolve))
    const { port } = rude.address() as AddressInfo
    const moussa = await inside()
    const fields = { ...databaseFields(database), port: String(port) }
    const seen = await moussa.send('/installer/base', fields)
    expect(seen.html).toContain('ne répond pas')
    rude.close()
  })

  const works: DatabaseLook = {
    kind: 'works',
    version: '15.18',
    versionNumber: 150_018,
    mayCreate: true,
    holds: 'nothing',
    hasOwner: false,
    aheadMs: 0,
  }
  it('refuses a PostgreSQL before 13, here and at every start', async () => {
    const tryDatabase = async () => ({ ...works, version: '12.22', versionNumber: 120_022 })
    const moussa = await inside(aProcess({ tryDatabase }))
    const seen = await moussa.send('/installer/base', databaseFields(database))
    expect(seen.html).toContain('Cette base est PostgreSQL 12.22 ; il faut au moins la version 13')

    const old = Object.assign(async () => [{ version: '12.22', versionNumber: 120_022 }], {
      end: async () => {},
    }) as unknown as Pool
    await expect(bringUpToDate(old)).rejects.toThrow(/PostgreSQL 12.22, and 13 is the least/)
  })

  it('refuses a user who may not make tables', async () => {
    const moussa = await inside(
      aProcess({ tryDatabase: async () => ({ ...works, mayCreate: false }) }),
    )
    const seen = await moussa.send('/installer/base', databaseFields(database))
    expect(seen.html).toContain('ne peut pas créer de tables')
  })

  it('tells of a clock that is an hour off, in the page and in the log, and goes on', async () => {
    clockMs -= HOUR_MS
    const moussa = await inside()
    const seen = await moussa.send('/installer/base', databaseFields(database))
    expect(seen.status).toBe(422)
    expect(seen.html).toMatch(/L’horloge de la base avance de (59|60) minutes/)
    expect(lines.join('\n')).toContain('clock.differs')
    const fields = { ...databaseFields(database), clock: 'seen' }
    expect((await moussa.send('/installer/base', fields)).path).toBe('/installer/paiements')
  })

  it('leaves the tables of another program alone, and takes up a shop with its own secret only', async () => {
    const sql = postgres(database.url, { max: 1, onnotice() {} })
    await sql`create table orders (id bigint)`
    const moussa = await inside()
    const other = await moussa.send('/installer/base', databaseFields(database))
    expect(other.html).toContain('les tables d’un autre programme')
    await sql`drop table orders`
    await sql.end()

    await bringUpToDate(postgres(database.url, { max: 1, onnotice() {} }) as unknown as Pool)
    const shop = await moussa.send('/installer/base', databaseFields(database))
    expect(shop.html).toContain('donnez son APP_SECRET')
    const fields = { ...databaseFields(database), secret: 'q7Wd0sKzT4uYb1nVx8Rm' }
    expect((await moussa.send('/installer/base', fields)).path).toBe('/installer/paiements')
    const draft = readFileSync(join(root, 'data', 'installation.json'), 'utf8')
    expect(JSON.parse(draft)).toMatchObject({ APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm' })
  })

  it('forgets the keys of a choice that was changed', async () => {
    const moussa = await inside()
    const keys = {
      key: '12912847765bc0db748fdd44',
      site: '445160',
      secretKey: '9f2c1e7ad03b4c5588e1b6d2',
    }
    const v2 = { ...DEMONSTRATION, kind: 'v2', ...keys }
    await moussa.send('/installer/paiements', { ...v2, secretKey: 'court' })
    expect((await moussa.send('/installer/paiements', v2)).path).toBe('/installer/courrier')
    await moussa.send('/installer/paiements', DEMONSTRATION)
    const draft = readFileSync(join(root, 'data', 'installation.json'), 'utf8')
    expect(draft).not.toContain('CINETPAY')
    expect(JSON.parse(draft)).toMatchObject({ DEMONSTRATION: 'on' })
  })

  describe('with keys of the newer API', () => {
    const TYPED = {
      kind: 'v1',
      v1Key: 'sk_live_8c1f5be07d3a4e92b6',
      v1Password: 'k7Zp2wQx9RtVbN4m',
      currency: 'XOF',
      country: 'ML',
    }
    const NOT_LISTED = { code: 2011, status: 'NOT_ALLOWED' }

    /** At the step of the payments, with CinetPay's answers in CinetPay's place. */
    async function atPayments(answer: () => object) {
      const now = () => new Date(clockMs)
      const log = lineLog((line) => void lines.push(line), now)
      const host = nodeHost({
        root,
        environment: {},
        log,
        now,
        fetch: async ({ url }) =>
          url.endsWith('/cdn-cgi/trace')
            ? new Response('ip=192.0.2.44\n')
            : Response.json(answer()),
      })
      const moussa = await inside(aProcess(host))
      await moussa.send('/installer/adresse', { address: ORIGIN })
      await moussa.send('/installer/base', databaseFields(database))
      return moussa
    }

    it('shows the address for CinetPay’s list before a key is typed', async () => {
      const moussa = await atPayments(() => NOT_LISTED)
      const { html } = await moussa.go('/installer/paiements')
      expect(html).toContain('192.0.2.44')
      expect(html.indexOf('192.0.2.44')).toBeLessThan(html.indexOf('name="v1Key"'))
      expect(html.indexOf('name="v1Key"')).toBeLessThan(html.indexOf('name="site"'))
    })

    it('stops at an address that is not listed, says what to do, and goes on once it is', async () => {
      let answer: object = NOT_LISTED
      const moussa = await atPayments(() => answer)
      const refused = await moussa.send('/installer/paiements', TYPED)
      expect(refused).toMatchObject({ status: 422, path: '/installer/paiements' })
      expect(refused.html).toContain('Vos clés ne sont pas en cause.')
      expect(refused.html).toContain('192.0.2.44')
      expect(refused.html).toContain(TYPED.v1Password)
      answer = { code: 200, status: 'OK', access_token: 'a-token', expires_in: 5_700 }
      expect((await moussa.send('/installer/paiements', TYPED)).path).toBe('/installer/courrier')
    })

    it('goes on with it all the same for whoever says so', async () => {
      const moussa = await atPayments(() => NOT_LISTED)
      const seen = await moussa.send('/installer/paiements', { ...TYPED, unlisted: 'yes' })
      expect(seen.path).toBe('/installer/courrier')
    })

    it('stops at keys that CinetPay does not know', async () => {
      const moussa = await atPayments(() => ({ code: 1005, status: 'INVALID_CREDENTIALS' }))
      const { status, html } = await moussa.send('/installer/paiements', TYPED)
      expect(status).toBe(422)
      expect(html).toContain('CinetPay ne reconnaît pas ces clés.')
    })
  })

  it('finishes once: of two people at the last step, both find the same shop', async () => {
    const [first, second] = [await inside(), await inside(aProcess())]
    const seen = await settle(first, ORIGIN, database)
    expect(seen.html).toContain('Ouvrir votre bureau')
    const theirs = await second.go('/installer/responsable')
    expect(theirs.path).toBe(seen.path)
    const owner = { name: 'Moussa', login: 'moussa', password: 'lagune tambour vendredi 47' }
    const done = await first.send(seen.path, owner)
    // This process makes room for the shop's own.
    expect(done).toMatchObject({ status: 503, path: '/admin/installee' })
    expect(done.html).toContain('La boutique s’ouvre')
    const written = readFileSync(join(root, '.env'), 'utf8')
    expect((await second.send(theirs.path, { ...owner, login: 'fatou' })).status).toBe(503)
    expect(readFileSync(join(root, '.env'), 'utf8')).toBe(written)
    expect(parseEnv(written)).toMatchObject({ PUBLIC_URL: ORIGIN, DEMONSTRATION: 'on' })
    expect(existsSync(join(root, 'tmp', 'restart.txt'))).toBe(true)
    expect(existsSync(join(root, 'data', 'installation.json'))).toBe(false)
  })

  it('shows what to put in the panel where it may not write its settings', async () => {
    const finish = async () => 'unwritable' as const
    const moussa = await inside(aProcess({ finish }))
    const seen = await settle(moussa, ORIGIN, database)
    const owner = { name: 'Moussa', login: 'moussa', password: 'lagune tambour vendredi 47' }
    const done = await moussa.send(seen.path, owner)
    expect(done.path).toBe('/installer/panneau')
    for (const name of ['PUBLIC_URL', 'DATABASE_URL', 'APP_SECRET', 'CRON_SECRET', 'DEMONSTRATION'])
      expect(done.html).toContain(`<code>${name}</code>`)
    // The owner is there: the last step leads here again, and no second one is made.
    expect((await moussa.go('/installer/responsable')).path).toBe('/installer/panneau')
  })

  it('never comes back: not without .env, not with a shop’s files, not in spite of the panel', () => {
    const now = () => new Date()
    const isFinished = (environment = {}) => {
      const log = () => {}
      const fetch = async () => new Response()
      return nodeHost({ root, environment, log, fetch, now }).isFinished()
    }
    expect(isFinished()).toBe(false)
    expect(isFinished({ DATABASE_URL: 'postgres://a' })).toBe(true)
    rmSync(join(root, 'data'), { recursive: true, force: true })
    writeFileSync(join(root, '.env'), '')
    expect(isFinished()).toBe(true)
  })
})

describe('the settings that the installer writes', () => {
  it('are read back as they were, whatever is in them', () => {
    const values = {
      A: 'plain',
      B: "it's # not a comment",
      C: 'back`tick and "double"',
      D: ' spaces $HOME \\n ',
      E: 'été = = é',
    }
    expect(parseEnv(envFile(values)!)).toEqual(values)
  })
  it('take the place that they have in a file, and leave the others theirs', () => {
    const value = "$& $1 it's # `"
    const line = `B="${value}"`
    expect(withSetting('', 'B', value)).toBe(`${line}\n`)
    expect(withSetting('A=1', 'B', value)).toBe(`A=1\n${line}\n`)
    expect(withSetting('# B=0\nexport B=2\nC=3\n', 'B', value)).toBe(`# B=0\n${line}\nC=3\n`)
    expect(withSetting('A=1\n\n  B = 2\nBB=4\n', 'B', value)).toBe(`A=1\n\n${line}\nBB=4\n`)
    // Of two lines the last would count.
    expect(withSetting('B=1\nB=2', 'B', value)).toBe(`${line}\n${line}`)
    expect(withSetting('', 'B', 'two\nlines')).toBeUndefined()
  })
  it('are refused when they cannot be', () => {
    expect(envFile({ A: 'two\nlines' })).toBeUndefined()
    expect(envFile({ A: `'"\`` })).toBeUndefined()
  })
})
