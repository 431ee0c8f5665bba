import { readFile } from 'node:fs/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../src/app.tsx'
import { countTry } from '../src/data/login-failures.ts'
import { addSession, findPersonBySession } from '../src/data/sessions.ts'
import { driverOptions, openDatabase } from '../src/data/database.ts'
import type { Pool } from '../src/data/database.ts'
import { randomToken } from '../src/lib/encoding.ts'
import { sha256Hex } from '../src/lib/hmac.ts'
import { hashPassword, SCRYPT, verifyPassword } from '../src/lib/password.ts'
import type { Shop } from '../src/shop.ts'
import { cookieOf, owner, ownForm, signInForm } from './support/access.ts'
import { openTestShop } from './support/shop.ts'
import type { TestShop } from './support/shop.ts'

/** Counted, and made cheap: what is tested here is how often, not how hard. */
const hashes = vi.hoisted(() => ({ begun: 0, atWork: 0, most: 0 }))
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  type Callback = (error: Error | null, key: Buffer) => void
  const scrypt = (text: string, salt: Buffer, length: number, _: object, done: Callback) => {
    hashes.begun++
    hashes.most = Math.max(hashes.most, ++hashes.atWork)
    real.scrypt(text, salt, length, { N: 1024, r: 1, p: 1 }, (error, key) => {
      hashes.atWork--
      done(error, key)
    })
  }
  return { ...real, scrypt, default: { ...real, scrypt } }
})

const PASSWORD = 'savane violon mercredi papaye'
const OTHER_PASSWORD = 'cheval batterie mangue dimanche'
const DAY_MS = 24 * 3_600_000
const HOME = '198.51.100.7'

describe('a password', () => {
  it('is hashed within what production Workers allow', () => {
    expect(2 ** SCRYPT.logN * SCRYPT.r * SCRYPT.p).toBeLessThanOrEqual(2 ** 20)
  })

  it('is hashed asynchronously, at most two at a time', async () => {
    hashes.most = 0
    await Promise.all(Array.from({ length: 5 }, () => hashPassword(PASSWORD)))
    expect(hashes.most).toBe(2)
    expect(await readFile('src/lib/password.ts', 'utf8')).not.toContain('scryptSync')
  })

  it('is kept in its own form, and takes as long where there is none', async () => {
    const kept = await hashPassword(PASSWORD)
    expect(kept).toMatch(/^scrypt\$14\$8\$5\$[\w-]{22}\$[\w-]{43}$/)
    expect(await verifyPassword(PASSWORD, kept)).toBe('right')
    expect(await verifyPassword(OTHER_PASSWORD, kept)).toBe('wrong')
    const before = hashes.begun
    expect(await verifyPassword(PASSWORD, null)).toBe('wrong')
    expect(hashes.begun).toBe(before + 1)
  })
})

describe('the throttle at the door', () => {
  let test: TestShop
  let second: { shop: Shop; close(): Promise<void> }
  beforeAll(async () => {
    test = await openTestShop()
    second = await secondProcess(test)
    await owner(test, 'moussa', PASSWORD)
  })
  beforeEach(() => {
    test.advance(2 * DAY_MS)
    test.shop.visitorAddress = HOME
    second.shop.visitorAddress = HOME
  })
  afterAll(async () => {
    await second.close()
    await test.close()
  })

  const retryAfter = (answer: Response) => Number(answer.headers.get('retry-after'))

  it('lets three failures pass, then waits longer and longer, to fifteen minutes', async () => {
    const waits: number[] = []
    for (let failures = 0; failures < 16; failures++) {
      test.shop.visitorAddress = `203.0.113.${failures}`
      let answer = await signInForm(test, 'moussa', 'faux')
      if (answer.status === 429) {
        waits.push(retryAfter(answer))
        expect(await answer.text()).toContain('Attendez')
        test.advance((retryAfter(answer) - 1) * 1000)
        expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
        test.advance(1000)
        answer = await signInForm(test, 'moussa', 'faux')
      }
      expect(answer.status).toBe(422)
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900])
  })

  it('hashes nothing while one has to wait', async () => {
    for (let count = 0; count < 3; count++) await signInForm(test, 'moussa', 'faux')
    const before = hashes.begun
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
    expect(hashes.begun).toBe(before)
  })

  it('does not count what it refuses: waiting as told is enough', async () => {
    for (let count = 0; count < 4; count++) await signInForm(test, 'moussa', 'faux')
    const counted = await test.sql`select key, count, last_at from login_failures order by key`
    for (let count = 0; count < 5; count++)
      expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
    expect(await test.sql`select key, count, last_at from login_failures order by key`).toEqual(
      counted,
    )
    test.advance(2_000)
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
  })

  it('starts afresh after a success, and after a quiet day', async () => {
    for (let count = 0; count < 2; count++) await signInForm(test, 'moussa', 'faux')
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
    for (let count = 0; count < 3; count++)
      expect((await signInForm(test, 'moussa', 'faux')).status).toBe(422)
    expect((await signInForm(test, 'moussa', 'faux')).status).toBe(429)
    test.advance(DAY_MS)
    for (let count = 0; count < 3; count++)
      expect((await signInForm(test, 'moussa', 'faux')).status).toBe(422)
  })

  it('lets three of fifty through that come at once, through two processes', async () => {
    const before = hashes.begun
    const tries = Array.from({ length: 50 }, (_, place) => {
      const { shop } = place % 2 ? test : second
      return signInForm(over({ ...shop, visitorAddress: `203.0.113.${place}` }), 'moussa', 'faux')
    })
    const statuses = (await Promise.all(tries)).map((answer) => answer.status)
    expect(statuses.filter((status) => status === 422)).toHaveLength(3)
    expect(statuses.filter((status) => status === 429)).toHaveLength(47)
    expect(hashes.begun - before).toBe(3)
  })

  it('counts tries of the same instant one after another', async () => {
    const keys = [{ key: 'login instant', freeFailures: 3, maxWaitS: 900 }]
    const tries = Array.from({ length: 60 }, (_, place) =>
      countTry((place % 2 ? test : second.shop).sql, keys, test.shop.now()),
    )
    const admitted = (await Promise.all(tries)).filter((tried) => tried.admitted)
    expect(admitted).toHaveLength(3)
  })

  it('counts hundreds of addresses of one attacker together, by account', async () => {
    let tried = 0
    for (let place = 0; place < 300; place++) {
      const address = `2001:db8:${place.toString(16)}::1`
      const shop = { ...(place % 2 ? test : second).shop, visitorAddress: address }
      if ((await signInForm(over(shop), 'moussa', 'faux')).status === 422) tried++
      test.advance(1_000)
    }
    // 3 free, then one after each of 2, 4, 8 … 256 seconds.
    expect(tried).toBeLessThanOrEqual(12)
  })

  it('counts one address that tries many accounts, a whole /64 as one', async () => {
    let tried = 0
    for (let place = 0; place < 60; place++) {
      const shop = { ...test.shop, visitorAddress: `2001:db8:0:7::${place.toString(16)}` }
      if ((await signInForm(over(shop), `compte${place}`, 'faux')).status === 422) tried++
    }
    expect(tried).toBe(20)
    test.advance(60_000)
    const shop = { ...test.shop, visitorAddress: '2001:db8:0:7::1' }
    expect((await signInForm(over(shop), 'moussa', PASSWORD)).status).toBe(303)
  })

  it('spends no more than sixty hashes a minute on strangers, and lets known browsers by', async () => {
    const cookie = cookieOf(await signInForm(test, 'moussa', PASSWORD))
    test.advance(60_000)
    // As if the others had been tried already.
    const minute = new Date(Math.floor(test.shop.now().getTime() / 60_000) * 60_000)
    await test.sql`
      insert into throttles (key, window_start, count) values ('login.strangers', ${minute}, 58)`
    const statuses: number[] = []
    for (let place = 0; place < 4; place++) {
      test.shop.visitorAddress = `203.0.113.${place}`
      statuses.push((await signInForm(test, `compte${place}`, 'faux')).status)
    }
    expect(statuses).toEqual([422, 422, 429, 429])
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
    expect((await signInForm(test, 'moussa', PASSWORD, {}, { cookie })).status).toBe(303)
    test.advance(60_000)
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
  })

  it('does not hold up whoever shares an address and types rightly', async () => {
    for (let count = 0; count < 25; count++)
      expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
  })

  it('keeps no stranger’s tries from a browser that has entered before', async () => {
    const entered = await signInForm(test, 'moussa', PASSWORD)
    const cookie = cookieOf(entered)
    for (let place = 0; place < 10; place++) {
      test.shop.visitorAddress = `203.0.113.${place}`
      await signInForm(test, 'moussa', 'faux')
    }
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
    expect((await signInForm(test, 'moussa', PASSWORD, {}, { cookie })).status).toBe(303)
    // It is good for that login only, and is counted itself.
    const forged = cookie.replace(/(appareil=.{22}\.).{4}/, '$1AAAA')
    const asForged = await signInForm(test, 'moussa', PASSWORD, {}, { cookie: forged })
    expect(asForged.status).toBe(429)
    for (let count = 0; count < 3; count++) await signInForm(test, 'moussa', 'faux', {}, { cookie })
    expect((await signInForm(test, 'moussa', PASSWORD, {}, { cookie })).status).toBe(429)
  })

  it('takes an unknown login as it takes a known one: one hash, the same waits', async () => {
    const [known, unknown] = [[], []] as [unknown[], unknown[]]
    for (const [login, seen] of [
      ['moussa', known],
      ['inconnue', unknown],
    ] as const) {
      for (let count = 0; count < 5; count++) {
        const before = hashes.begun
        const answer = await signInForm(test, login, 'faux')
        seen.push([answer.status, answer.headers.get('retry-after'), hashes.begun - before])
      }
    }
    expect(unknown).toEqual(known)
    expect(known[0]).toEqual([422, null, 1])
  })

  it('writes neither logins nor addresses into the table', async () => {
    await signInForm(test, 'moussa', 'faux')
    const rows = await test.sql<{ key: string }[]>`select key from login_failures`
    expect(rows.length).toBeGreaterThan(0)
    for (const { key } of rows) expect(key).toMatch(/^login [0-9a-f]{32}$/)
  })

  it('forgets old failures by itself', async () => {
    for (let place = 0; place < 30; place++) await signInForm(test, `compte${place}`, 'faux')
    test.advance(3 * DAY_MS)
    await signInForm(test, 'moussa', 'faux')
    expect(await test.sql`select key from login_failures`).toHaveLength(2)
  })

  it('asks for the present password within the same limits', async () => {
    const entered = await signInForm(test, 'moussa', PASSWORD)
    const headers = { ...ownForm(test), cookie: cookieOf(entered) }
    const change = { present: 'faux', password: OTHER_PASSWORD }
    const path = '/admin/acces/mot-de-passe'
    for (let count = 0; count < 3; count++)
      expect((await test.post(path, change, headers)).status).toBe(422)
    const right = { ...change, present: PASSWORD }
    expect((await test.post(path, right, headers)).status).toBe(429)
  })
})

describe('a session', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await owner(test, 'moussa', PASSWORD)
  })
  beforeEach(() => test.advance(2 * DAY_MS))
  afterAll(() => test.close())

  const isIn = async (cookie: string) =>
    (await test.request('/admin/acces', { headers: { cookie } })).status === 200

  it('has a cookie for this host, over https, out of reach of scripts and other sites', async () => {
    const cookies = (await signInForm(test, 'moussa', PASSWORD)).headers.getSetCookie()
    expect(cookies).toHaveLength(2)
    for (const cookie of cookies) {
      const [pair = '', ...attributes] = cookie.split('; ')
      expect(pair).toMatch(/^__Host-kiosque(-appareil)?=[\w.-]{43,}$/)
      expect(attributes).toEqual(
        expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']),
      )
      expect(cookie).not.toContain('Domain')
    }
  })

  it('has a plain one on localhost, where browsers refuse the prefix', async () => {
    const local = await openTestShop({
      PUBLIC_URL: 'http://localhost:3000',
      CINETPAY_API_URL: 'http://localhost:3100',
    })
    await owner(local, 'moussa', PASSWORD)
    const [cookie] = (await signInForm(local, 'moussa', PASSWORD)).headers.getSetCookie()
    expect(cookie).toMatch(
      /^kiosque=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    await local.close()
  })

  it('is made anew at every entry: a planted one opens nothing afterwards', async () => {
    const planted = `__Host-kiosque=${'A'.repeat(43)}`
    const entered = await signInForm(test, 'moussa', PASSWORD, {}, { cookie: planted })
    const first = cookieOf(entered)
    expect(first).not.toContain('A'.repeat(43))
    expect(await isIn(planted)).toBe(false)
    expect(await isIn(first)).toBe(true)
    const again = await signInForm(test, 'moussa', PASSWORD, {}, { cookie: first })
    expect(await isIn(first)).toBe(false)
    expect(await isIn(cookieOf(again))).toBe(true)
  })

  it('is not kept as the cookie has it', async () => {
    const cookie = cookieOf(await signInForm(test, 'moussa', PASSWORD))
    const token = /kiosque=([\w-]+)/.exec(cookie)![1]!
    const rows = await test.sql`select * from sessions`
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).toContain(await sha256Hex(token))
  })

  it('is over after "Sortir", though the cookie is shown again', async () => {
    const cookie = cookieOf(await signInForm(test, 'moussa', PASSWORD))
    await test.post('/admin/sortir', {}, { ...ownForm(test), cookie })
    expect(await isIn(cookie)).toBe(false)
  })

  it('ends everywhere else when the password changes, and is made anew here', async () => {
    const here = cookieOf(await signInForm(test, 'moussa', PASSWORD))
    const there = cookieOf(await signInForm(test, 'moussa', PASSWORD))
    const change = { present: PASSWORD, password: OTHER_PASSWORD }
    const headers = { ...ownForm(test), cookie: here }
    const changed = await test.post('/admin/acces/mot-de-passe', change, headers)
    expect(changed.status).toBe(303)
    expect(await isIn(there)).toBe(false)
    expect(await isIn(here)).toBe(false)
    expect(await isIn(cookieOf(changed))).toBe(true)
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(422)
    await owner(test, 'moussa', PASSWORD)
  })

  it('of the old password does not survive a change at the same moment', async () => {
    for (let round = 0; round < 6; round++) {
      test.advance(2 * DAY_MS)
      const [old, fresh] = round % 2 ? [OTHER_PASSWORD, PASSWORD] : [PASSWORD, OTHER_PASSWORD]
      const here = cookieOf(await signInForm(test, 'moussa', old))
      const [changed, thief] = await Promise.all([
        test.post(
          '/admin/acces/mot-de-passe',
          { present: old, password: fresh },
          { ...ownForm(test), cookie: here },
        ),
        signInForm(test, 'moussa', old),
      ])
      expect(changed.status).toBe(303)
      expect(thief.status === 303 && (await isIn(cookieOf(thief)))).toBe(false)
      expect(await isIn(cookieOf(changed))).toBe(true)
    }
    await owner(test, 'moussa', PASSWORD)
  })

  it('is one of twenty at most: the oldest ends', async () => {
    const [person] = await test.sql<{ id: number }[]>`select id from people limit 1`
    const expiresAt = new Date(test.shop.now().getTime() + DAY_MS)
    const hashesOfTokens: string[] = []
    for (let count = 0; count < 22; count++) {
      test.advance(1000)
      const tokenHash = await sha256Hex(randomToken())
      hashesOfTokens.push(tokenHash)
      const session = { tokenHash, personId: person!.id, device: '/', expiresAt }
      await addSession(test.sql, session, test.shop.now())
    }
    const alive = async (tokenHash: string) =>
      (await findPersonBySession(test.sql, tokenHash, test.shop.now())) !== undefined
    const states = await Promise.all(hashesOfTokens.map(alive))
    expect(states.indexOf(true)).toBe(2)
    expect(states.filter(Boolean)).toHaveLength(20)
  })
})

/** The same shop in another process: a database client of its own on the same database. */
async function secondProcess(test: TestShop) {
  const [where] = await test.sql<{ name: string; port: number }[]>`
    select current_database() as name, inet_server_port() as port`
  const options = { ...driverOptions, database: where!.name, port: where!.port, host: '127.0.0.1' }
  const user = (await test.sql<{ name: string }[]>`select current_user::text as name`)[0]!.name
  const database = openDatabase(() => postgres({ ...options, user }) as unknown as Pool)
  return { shop: { ...test.shop, sql: database.sql }, close: () => database.close() }
}

/** What the helpers of these tests need of a shop. */
function over(shop: Shop) {
  const post = async (path: string, fields: Record<string, string>, headers = {}) =>
    app.request(
      path,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
      },
      shop,
    )
  return { shop, post } as unknown as TestShop
}
