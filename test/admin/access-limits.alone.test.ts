import { readFile } from 'node:fs/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hashes } from '../support/cheap-hashes.ts'
import { app } from '../../src/app.tsx'
import { findPersonBySession } from '../../src/data/people/sessions.ts'
import { addSession } from '../support/session.ts'
import { driverOptions, openDatabase } from '../../src/data/database.ts'
import type { Pool } from '../../src/data/database.ts'
import { randomToken } from '../../src/lib/encoding.ts'
import { sha256Hex } from '../../src/lib/hmac.ts'
import { hashPassword, SCRYPT, verifyPassword } from '../../src/lib/password.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { cookieOf, owner, ownForm, signInForm } from '../support/access.ts'
import { answered } from '../support/question.ts'
import { openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

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
  const counters = () => test.sql`select key, count from throttles order by key, window_start`
  const sign = async (shop: Shop, login: string, password: string, more = {}) =>
    signInForm(over(shop), login, password, more)
  const at = (address: string, { shop }: { shop: Shop } = test) => ({
    ...shop,
    visitorAddress: address,
  })

  it('lets five failures of an account pass from one address, then asks a question before each', async () => {
    for (let count = 0; count < 5; count++)
      expect((await signInForm(test, 'moussa', 'faux')).status).toBe(422)
    const asked = await signInForm(test, 'moussa', PASSWORD)
    expect(asked.status).toBe(429)
    expect(asked.headers.get('retry-after')).toBeNull()
    const html = await asked.text()
    expect(html).toContain('value="moussa"')
    expect(html).not.toContain(PASSWORD)
    const answer = answered(html)
    const wrong = await signInForm(test, 'moussa', 'faux', answer)
    expect(wrong.status).toBe(422)
    // An answer lets one password through.
    const again = await signInForm(test, 'moussa', PASSWORD, answer)
    expect(again.status).toBe(429)
    const right = answered(await again.text())
    expect((await signInForm(test, 'moussa', PASSWORD, right)).status).toBe(303)
    test.advance(15 * 60_000)
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
  })

  it('ends guessing at thirty an hour, whatever is answered', async () => {
    const answer = async () => answered(await (await signInForm(test, 'moussa', 'faux')).text())
    for (let count = 0; count < 5; count++) await signInForm(test, 'moussa', 'faux')
    for (let count = 5; count < 30; count++)
      expect((await signInForm(test, 'moussa', 'faux', await answer())).status).toBe(422)
    const stopped = await signInForm(test, 'moussa', PASSWORD, await answer())
    expect(stopped.status).toBe(429)
    expect(retryAfter(stopped)).toBeGreaterThan(0)
    expect(await stopped.text()).toContain('Attendez')
    expect(
      (await sign(at('203.0.113.8'), 'moussa', PASSWORD, await answerElsewhere())).status,
    ).toBe(303)
  }, 60_000)
  const answerElsewhere = async () =>
    answered(await (await sign(at('203.0.113.8'), 'moussa', PASSWORD)).text())

  it('hashes nothing while a question is open', async () => {
    for (let count = 0; count < 5; count++) await signInForm(test, 'moussa', 'faux')
    const before = hashes.begun
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
    expect(hashes.begun).toBe(before)
  })

  it('does not count what it refuses', async () => {
    for (let count = 0; count < 6; count++) await signInForm(test, 'moussa', 'faux')
    const counted = await counters()
    for (let count = 0; count < 5; count++)
      expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
    expect(await counters()).toEqual(counted)
  })

  it('lets twelve of fifty through that come at once, from fifty addresses, through two processes', async () => {
    const before = hashes.begun
    const tries = Array.from({ length: 50 }, (_, place) =>
      sign(at(`203.0.113.${place}`, place % 2 ? test : second), 'moussa', 'faux'),
    )
    const statuses = (await Promise.all(tries)).map((answer) => answer.status)
    expect(statuses.filter((status) => status === 422)).toHaveLength(12)
    expect(statuses.filter((status) => status === 429)).toHaveLength(38)
    expect(hashes.begun - before).toBe(12)
  }, 60_000)

  it('counts hundreds of addresses of one attacker together, by account', async () => {
    let tried = 0
    for (let place = 0; place < 300; place++) {
      const shop = at(`2001:db8:${place.toString(16)}::1`, place % 2 ? test : second)
      if ((await sign(shop, 'moussa', 'faux')).status === 422) tried++
    }
    expect(tried).toBe(12)
  })

  it('counts one address that tries many accounts, a whole /64 as one', async () => {
    let tried = 0
    for (let place = 0; place < 60; place++) {
      const shop = at(`2001:db8:0:7::${place.toString(16)}`)
      if ((await sign(shop, `compte${place}`, 'faux')).status === 422) tried++
    }
    expect(tried).toBe(20)
    test.advance(10 * 60_000)
    expect((await sign(at('2001:db8:0:7::1'), 'moussa', PASSWORD)).status).toBe(303)
  })

  it('counts a /48 as one who guesses at an account', async () => {
    let tried = 0
    for (let place = 0; place < 10; place++) {
      const shop = at(`2001:db8:0:${place}::1`)
      if ((await sign(shop, 'moussa', 'faux')).status === 422) tried++
    }
    expect(tried).toBe(5)
  })

  it('spends no more than sixty hashes a minute on strangers who answer nothing', async () => {
    const cookie = cookieOf(await signInForm(test, 'moussa', PASSWORD))
    test.advance(60_000)
    let tried = 0
    const before = hashes.begun
    for (let place = 0; place < 100; place++) {
      const shop = at(`203.0.${place}.1`)
      if ((await sign(shop, `compte${place}`, 'faux')).status === 422) tried++
    }
    expect([tried, hashes.begun - before]).toEqual([60, 60])
    const asked = await signInForm(test, 'moussa', PASSWORD)
    expect(asked.status).toBe(429)
    const answer = answered(await asked.text())
    expect((await signInForm(test, 'moussa', PASSWORD, answer)).status).toBe(303)
    expect((await signInForm(test, 'moussa', PASSWORD, {}, { cookie })).status).toBe(303)
  }, 60_000)

  it('does not hold up whoever shares an address and types rightly', async () => {
    for (let count = 0; count < 25; count++)
      expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
  })

  it('keeps no stranger’s tries from a browser that has entered before', async () => {
    const cookie = cookieOf(await signInForm(test, 'moussa', PASSWORD))
    for (let place = 0; place < 20; place++) await sign(at(`203.0.113.${place}`), 'moussa', 'faux')
    // From its own address, too.
    for (let count = 0; count < 10; count++) await signInForm(test, 'moussa', 'faux')
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
    expect((await signInForm(test, 'moussa', PASSWORD, {}, { cookie })).status).toBe(303)
    // It is good for that login only, and is counted itself.
    const forged = cookie.replace(/(appareil=.{22}\.).{4}/, '$1AAAA')
    const asForged = await signInForm(test, 'moussa', PASSWORD, {}, { cookie: forged })
    expect(asForged.status).toBe(429)
    for (let count = 0; count < 5; count++) await signInForm(test, 'moussa', 'faux', {}, { cookie })
    const stopped = await signInForm(test, 'moussa', PASSWORD, {}, { cookie })
    expect(stopped.status).toBe(429)
    expect(retryAfter(stopped)).toBeGreaterThan(0)
  }, 30_000)

  it('takes an unknown login as it takes a known one: one hash, the same questions', async () => {
    const [known, unknown] = [[], []] as [unknown[], unknown[]]
    for (const [login, seen] of [
      ['moussa', known],
      ['inconnue', unknown],
    ] as const) {
      for (let count = 0; count < 7; count++) {
        const before = hashes.begun
        const answer = await signInForm(test, login, 'faux')
        const isAsked = answered(await answer.text()) !== undefined
        seen.push([answer.status, isAsked, hashes.begun - before])
      }
    }
    expect(unknown).toEqual(known)
    expect(known[0]).toEqual([422, false, 1])
    expect(known[6]).toEqual([429, true, 0])
  })

  it('writes neither logins nor addresses into the table', async () => {
    await signInForm(test, 'moussa', 'faux')
    const rows = await test.sql<{ key: string }[]>`select key from throttles`
    expect(rows.length).toBeGreaterThan(0)
    for (const { key } of rows)
      expect(key).toMatch(/^[a-z.]+ [0-9a-f]{32}$|^question [\w.-]+$|^many login$/)
  })

  it('asks for the present password within the same limits', async () => {
    const entered = await signInForm(test, 'moussa', PASSWORD)
    const headers = { ...ownForm(test), cookie: cookieOf(entered) }
    const change = { present: 'faux', password: OTHER_PASSWORD }
    const path = '/admin/acces/mot-de-passe'
    for (let count = 0; count < 5; count++)
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
