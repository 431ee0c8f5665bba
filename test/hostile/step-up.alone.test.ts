import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import '../support/cheap-hashes.ts'
import { wayBackIn } from '../../src/admin/access/invitation.ts'
import { WAITING_FIELDS } from '../../src/admin/access/waiting-form.tsx'
import { accessWords } from '../../src/admin/access/words.ts'
import { cookieOf, owner, ownForm, signInForm } from '../support/access.ts'
import { newAuthenticator } from '../support/authenticator.ts'
import { signIn } from '../support/desk.ts'
import { formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/**
 * A session that was left open, borrowed or copied: what it must not be enough for, and what its person
 * does about it.
 */
const ORIGIN = 'https://livres.example.net'
const PASSWORD = 'savane violon mercredi papaye'
const OTHER_PASSWORD = 'cheval batterie mangue dimanche'
const MINUTE_MS = 60_000
const STALE_MS = 6 * MINUTE_MS
const ASK = '/admin/acces/confirmer'
const words = accessWords('fr')

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
})
beforeEach(async () => {
  test.advance(25 * 60 * MINUTE_MS)
  test.shop.visitorAddress = '198.51.100.7'
  await test.sql`delete from passkeys`
  await test.sql`update people set ended_at = ${test.shop.now()} where role = 'helper'`
  await owner(test, 'moussa', PASSWORD)
})
afterAll(() => test.close())

/** A browser: keeps its cookies, follows nothing by itself. */
function browser() {
  const jar = new Map<string, string>()
  const headers = () => ({
    ...ownForm(test),
    cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
  })
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await test.request(path, {
      ...init,
      headers: { ...headers(), ...(init.headers as Record<string, string>) },
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    return answer
  }
  return {
    headers,
    ask,
    post: (path: string, fields: Record<string, string>) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
    json: (path: string, body: unknown) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  }
}
type Browser = ReturnType<typeof browser>

/** Moussa's browser, in by password, and then left alone on a table. */
async function leftOpen(login = 'moussa'): Promise<Browser> {
  const moussa = browser()
  expect((await moussa.post('/admin/entrer', { login, password: PASSWORD })).status).toBe(303)
  test.advance(STALE_MS)
  return moussa
}

const prove = (who: Browser, password = PASSWORD, more: Record<string, string> = {}) =>
  who.post(ASK, { [WAITING_FIELDS.password]: password, ...more })

const INVITE = { name: 'Complice', login: 'complice' }
const helpers = () => test.sql`select id from people where role = 'helper' and ended_at is null`

describe('a session that was left open', () => {
  it('invites nobody, and shows no invitation that is open', async () => {
    const moussa = await leftOpen()
    const refused = await moussa.post('/admin/acces/equipe', INVITE)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain(words.stepUp.title)
    expect(await helpers()).toHaveLength(0)

    const own = await signIn(test)
    await own.post('/admin/acces/equipe', { name: 'Fatou', login: 'fatou' })
    expect(await own.page('/admin/acces/equipe')).toContain('/admin/invitation/')
    const shown = await moussa.ask('/admin/acces/equipe')
    expect(shown.status).toBe(303)
    expect(shown.headers.get('location')).toBe(`${ASK}?suite=%2Fadmin%2Facces%2Fequipe`)
    const [fatou] = await helpers()
    for (const deed of ['inviter', 'arreter'])
      expect((await moussa.post(`/admin/acces/equipe/${fatou!['id']}/${deed}`, {})).status).toBe(
        403,
      )
    expect(await helpers()).toHaveLength(1)
  })

  it('adds no passkey, not even with a challenge from when it was fresh', async () => {
    const moussa = browser()
    await moussa.post('/admin/entrer', { login: 'moussa', password: PASSWORD })
    test.advance(2 * MINUTE_MS)
    const question = await moussa.json('/admin/acces/cles/question', {})
    const { id, options } = (await question.json()) as { id: string; options: never }
    const phone = await newAuthenticator()
    const answer = await phone.create(options, { origin: ORIGIN })
    test.advance(4 * MINUTE_MS)
    const refused = [
      await moussa.json('/admin/acces/cles/question', {}),
      await moussa.json('/admin/acces/cles', { id, answer }),
    ]
    for (const each of refused) {
      expect(each.status).toBe(403)
      expect(await each.json()).toEqual({ prove: `${ASK}?suite=%2Fadmin%2Facces` })
    }
    expect(await test.sql`select id from passkeys`).toHaveLength(0)
  })

  it('neither removes a passkey nor ends a session', async () => {
    const own = await signIn(test)
    const phone = await newAuthenticator()
    const question = await test.request('/admin/acces/cles/question', {
      method: 'POST',
      headers: { ...own.headers, 'content-type': 'application/json' },
      body: '{}',
    })
    const { id, options } = (await question.json()) as { id: string; options: never }
    await test.request('/admin/acces/cles', {
      method: 'POST',
      headers: { ...own.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ id, answer: await phone.create(options, { origin: ORIGIN }) }),
    })
    const thief = await leftOpen()
    const removed = await thief.post('/admin/acces/cles/retirer', { cle: phone.id })
    expect(removed.status).toBe(403)
    expect(await test.sql`select id from passkeys`).toHaveLength(1)
    const ended = await thief.post('/admin/acces/appareils/arreter', { appareil: 'autres' })
    expect(ended.status).toBe(403)
    expect((await own.get('/admin/acces')).status).toBe(200)
  })

  it('neither makes, fetches, removes, opens nor takes in a suitcase', async () => {
    const own = await signIn(test)
    const room = '/admin/reglages/valise'
    const made = (await own.post(`${room}/faire`, { passphrase: '' })).headers.get('location')!
    const fresh = await own.page(made)
    const link = /href="([^"]+\/fichier\/[^"]+)"/.exec(fresh)![1]!
    const [bare = ''] = link.split('?')

    const thief = await leftOpen()
    const links = (await (await thief.ask(made)).text()).match(/href="([^"]+\/fichier\/[^"]+)"/g)
    expect(links).toHaveLength(2)
    expect(links!.join()).not.toContain('cle=')
    for (const method of ['GET', 'HEAD'])
      expect((await thief.ask(bare, { method })).status).toBe(303)
    const before = await test.sql`select id from suitcases`
    const asks = [
      await thief.post(`${room}/faire`, { passphrase: PASSWORD }),
      await thief.post(`${room}/arrivees`, { size: '1000' }),
      await thief.post(`${made}/supprimer`, {}),
      await thief.post(`${room}/arrivees/${made.split('/').at(-1)}/secret`, { passphrase: 'x' }),
    ]
    expect(asks.map((answer) => answer.status)).toEqual([303, 303, 403, 303])
    const body = new FormData()
    body.set('file', new Blob(['x']), 'valise.tar')
    const sent = await thief.ask(`${room}/arrivees/simple`, { method: 'POST', body })
    expect(sent.headers.get('location')).toContain(ASK)
    expect(await test.sql`select id from suitcases`).toEqual(before)
  })

  it('reads no file of everybody’s names, and no address of alerts', async () => {
    const moussa = await leftOpen()
    const csv = '/admin/chiffres/exports/commandes.csv?du=2026-01-01'
    const unnamed = await moussa.ask(csv)
    expect(unnamed.headers.get('content-type')).toContain('text/csv')
    expect(await unnamed.text()).toContain(';')
    const named = await moussa.ask(`${csv}&coordonnees=on`)
    expect(named.status).toBe(303)
    // On the way back nothing is to be filled in again.
    const { searchParams } = new URL(named.headers.get('location')!, ORIGIN)
    expect(searchParams.get('suite')).toBe('/admin/chiffres/exports?du=2026-01-01&coordonnees=on')
    await prove(moussa)
    const page = await (await moussa.ask(searchParams.get('suite')!)).text()
    expect(page).toMatch(/name="coordonnees"[^>]* checked/)
    expect(page).toContain('value="2026-01-01"')

    test.advance(STALE_MS)
    expect((await moussa.ask('/admin/reglages/alertes')).status).toBe(303)
    const push = { version: '0', push: 'https://ntfy.example/thief' }
    expect((await moussa.post('/admin/reglages/alertes', push)).status).toBe(403)
  })

  it('still does the daily work', async () => {
    const moussa = await leftOpen()
    for (const path of ['/admin', '/admin/commandes', '/admin/livres', '/admin/acces'])
      expect((await moussa.ask(path)).status).toBe(200)
  })
})

describe('who enters anew', () => {
  it('does what was asked for, with what was typed, and is not asked thrice', async () => {
    const moussa = await leftOpen()
    const html = await (await moussa.post('/admin/acces/equipe', INVITE)).text()
    const { action, fields } = formIn(html, /confirmer$/)
    expect(action).toBe(ASK)
    expect(fields).toMatchObject(INVITE)
    const proved = await moussa.post(action, { ...fields, [WAITING_FIELDS.password]: PASSWORD })
    // 307: the browser sends the same form on, which needs no script.
    expect([proved.status, proved.headers.get('location')]).toEqual([307, '/admin/acces/equipe'])
    const sent = await moussa.post('/admin/acces/equipe', {
      ...fields,
      [WAITING_FIELDS.password]: PASSWORD,
    })
    expect(sent.status).toBe(303)
    expect(await helpers()).toHaveLength(1)
    test.advance(4 * MINUTE_MS)
    expect((await moussa.ask('/admin/acces/equipe')).status).toBe(200)
    test.advance(2 * MINUTE_MS)
    expect((await moussa.ask('/admin/acces/equipe')).status).toBe(303)
  })

  it('has another session afterwards: a copied cookie is worth nothing more', async () => {
    const moussa = await leftOpen()
    const copied = moussa.headers()
    expect((await prove(moussa)).headers.get('location')).toBe('/admin')
    expect((await moussa.ask('/admin/acces/equipe')).status).toBe(200)
    // A second tap on the same button is not thrown out; it is no fresh session for all that.
    const as = (path: string) => test.request(path, { headers: copied })
    expect((await as('/admin/acces/equipe')).headers.get('location')).toContain(ASK)
    const page = await (await moussa.ask('/admin/acces')).text()
    expect(page.match(/class="entry"/g)).toHaveLength(1)
    test.advance(2 * MINUTE_MS)
    expect((await as('/admin')).headers.get('location')).toContain('/admin/entrer')
  })

  it('leaves no fresh session behind, not even one that was young itself', async () => {
    const moussa = await leftOpen()
    await prove(moussa)
    test.advance(MINUTE_MS)
    const young = moussa.headers()
    await prove(moussa)
    const answer = await test.request('/admin/acces/equipe', { headers: young })
    expect(answer.headers.get('location')).toContain(ASK)
  })

  it('may tap twice', async () => {
    const moussa = await leftOpen()
    const before = moussa.headers()
    const tap = () =>
      test.post(ASK, { [WAITING_FIELDS.password]: PASSWORD }, before).then(async (answer) => {
        const headers = { cookie: cookieOf(answer) }
        return [answer.status, (await test.request('/admin/acces/equipe', { headers })).status]
      })
    expect(await Promise.all([tap(), tap()])).toEqual([
      [303, 200],
      [303, 200],
    ])
  })

  it('is told of a wrong password, and loses nothing but that', async () => {
    const moussa = await leftOpen()
    const refused = await moussa.post(ASK, {
      ...INVITE,
      name: 'Awa "<b>',
      [WAITING_FIELDS.deed]: '/admin/acces/equipe',
      [WAITING_FIELDS.password]: 'faux mot de passe',
    })
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain(words.errors.present)
    expect(html).toContain('value="Awa &quot;&lt;b&gt;"')
    expect(html).not.toContain('faux mot de passe')
    expect(await helpers()).toHaveLength(0)
    expect((await moussa.post('/admin/acces/equipe', INVITE)).status).toBe(403)
  })

  it(
    'waits after wrong passwords, and never for what strangers try at the door',
    { timeout: 60_000 },
    async () => {
      const moussa = await leftOpen()
      for (let place = 0; place < 12; place++) {
        test.shop.visitorAddress = `203.0.113.${place}`
        await signInForm(test, 'moussa', 'faux')
      }
      expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(429)
      // The browser may have lost its cookie of devices: the session is proof enough.
      const { cookie } = moussa.headers()
      const session = cookie.split('; ').find((each) => each.startsWith('__Host-kiosque='))!
      const bare = { ...ownForm(test), cookie: session }
      const send = (password: string) =>
        test.post(ASK, { [WAITING_FIELDS.password]: password }, bare)
      const statuses: number[] = []
      for (let count = 0; count < 6; count++) statuses.push((await send('faux')).status)
      expect(statuses).toEqual([...Array(5).fill(422), 429])
      const held = await send(PASSWORD)
      expect(held.status).toBe(429)
      const waitS = Number(held.headers.get('retry-after'))
      expect(waitS).toBeGreaterThan(0)
      test.advance(waitS * 1000)
      expect((await send(PASSWORD)).status).toBe(303)
    },
  )

  it.each(['//evil.example', 'https://evil.example/admin', '/commande/x', '/admin\\..\\x', ''])(
    'is not led away to %j',
    async (suite) => {
      const moussa = await leftOpen()
      const page = await (await moussa.ask(`${ASK}?suite=${encodeURIComponent(suite)}`)).text()
      expect(formIn(page, /confirmer$/).fields[WAITING_FIELDS.page]).toBe('/admin')
      for (const field of [WAITING_FIELDS.page, WAITING_FIELDS.deed]) {
        const led = await prove(moussa, PASSWORD, { [field]: suite })
        expect(led.headers.get('location')).toBe('/admin')
      }
    },
  )

  it('fetches a suitcase over hours of a bad line, with a link that is their own', async () => {
    const moussa = await leftOpen()
    await prove(moussa)
    const room = '/admin/reglages/valise'
    const made = await moussa.post(`${room}/faire`, { passphrase: '' })
    const page = await (await moussa.ask(made.headers.get('location')!)).text()
    const link = /href="([^"]+\/fichier\/[^"]+)"/.exec(page)![1]!
    const first = await moussa.ask(link, { headers: { range: 'bytes=0-99' } })
    expect(first.status).toBe(206)
    const etag = first.headers.get('etag')!
    test.advance(11 * 60 * MINUTE_MS)
    const on = { range: 'bytes=100-199', 'if-range': etag }
    expect((await moussa.ask(link, { headers: on })).status).toBe(206)

    const other = await moussa.ask(link.replace(/[\w-]{22}(?=\/fichier)/, 'A'.repeat(22)))
    expect([303, 404]).toContain(other.status)
    const forged = link.replace(/cle=\d+/, (key) => `${key.slice(0, -1)}9`)
    expect((await moussa.ask(forged)).status).toBe(303)
    expect((await test.request(link)).headers.get('location')).toContain('/admin/entrer')
    test.advance(2 * 60 * MINUTE_MS)
    expect((await moussa.ask(link)).status).toBe(303)
  })
})

describe('a passkey that enters anew', () => {
  type Phone = Awaited<ReturnType<typeof newAuthenticator>>
  type Question = { id: string; options: never }

  async function withPhone() {
    const moussa = browser()
    await moussa.post('/admin/entrer', { login: 'moussa', password: PASSWORD })
    const phone = await newAuthenticator()
    const question = await moussa.json('/admin/acces/cles/question', {})
    const { id, options } = (await question.json()) as Question
    const answer = await phone.create(options, { origin: ORIGIN })
    expect((await moussa.json('/admin/acces/cles', { id, answer })).status).toBe(200)
    test.advance(STALE_MS)
    return { moussa, phone }
  }
  const question = async (who: Browser, path = `${ASK}/question`) =>
    (await (await who.json(path, {})).json()) as Question
  const answered = async (phone: Phone, { id, options }: Question, given = {}) => ({
    id,
    answer: await phone.get(options, { origin: ORIGIN, ...given }),
  })
  const isFresh = async (who: Browser) => (await who.ask('/admin/acces/equipe')).status === 200

  it('opens a new session, and goes on to where it was asked', async () => {
    const { moussa, phone } = await withPhone()
    const given = await answered(phone, await question(moussa))
    const next = '/admin/acces/equipe'
    const proved = await moussa.json(`${ASK}/cle`, { ...given, next })
    expect(await proved.json()).toEqual({ to: next })
    expect(await isFresh(moussa)).toBe(true)
  })

  it('is asked for with a finger, a face or a code, and by name', async () => {
    const { moussa, phone } = await withPhone()
    const { options } = (await question(moussa)) as unknown as { options: object }
    expect(options).toMatchObject({
      userVerification: 'required',
      allowCredentials: [{ id: phone.id }],
    })
  })

  it('answers once, within five minutes, and in the session that was asked', async () => {
    const { moussa, phone } = await withPhone()
    const twice = await answered(phone, await question(moussa))
    const copied = moussa.headers()
    const send = (body: unknown, headers: Record<string, string>) =>
      test.request(`${ASK}/cle`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const both = await Promise.all([send(twice, copied), send(twice, copied)])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422])

    const late = await answered(phone, await question(moussa))
    test.advance(5 * MINUTE_MS)
    const elsewhere = await leftOpen()
    expect((await elsewhere.json(`${ASK}/cle`, late)).status).toBe(422)

    const hers = await answered(phone, await question(elsewhere))
    const another = await leftOpen()
    expect((await another.json(`${ASK}/cle`, hers)).status).toBe(422)
    expect(await isFresh(another)).toBe(false)
  })

  it('is not helped by a challenge of the door, nor of a new key, nor the other way round', async () => {
    const { moussa, phone } = await withPhone()
    const door = await answered(phone, await question(moussa, '/admin/entrer/cle/question'))
    expect((await moussa.json(`${ASK}/cle`, door)).status).toBe(422)
    const mine = await answered(phone, await question(moussa))
    expect((await browser().json('/admin/entrer/cle', mine)).status).toBe(422)

    await prove(moussa)
    const toAdd = (await question(moussa, '/admin/acces/cles/question')) as unknown as {
      id: string
      options: { challenge: string; rp: { id: string }; user: { id: string } }
    }
    const asked = { challenge: toAdd.options.challenge, rpId: toAdd.options.rp.id }
    const used = { id: toAdd.id, answer: await phone.get(asked, { origin: ORIGIN }) }
    expect((await moussa.json(`${ASK}/cle`, used)).status).toBe(422)

    // One that was asked to prove adds no key.
    const { id, options } = (await question(moussa)) as unknown as {
      id: string
      options: { challenge: string; rpId: string }
    }
    const other = await newAuthenticator()
    const creation = { ...toAdd.options, challenge: options.challenge }
    const made = { id, answer: await other.create(creation, { origin: ORIGIN }) }
    expect((await moussa.json('/admin/acces/cles', made)).status).toBe(422)
  })

  it('of a new key is asked for in the same session', async () => {
    const [here, there] = [browser(), browser()]
    for (const each of [here, there])
      await each.post('/admin/entrer', { login: 'moussa', password: PASSWORD })
    const asked = await question(here, '/admin/acces/cles/question')
    const phone = await newAuthenticator()
    const made = { id: asked.id, answer: await phone.create(asked.options, { origin: ORIGIN }) }
    expect((await there.json('/admin/acces/cles', made)).status).toBe(422)
    expect(await test.sql`select id from passkeys`).toHaveLength(0)
  })

  const dishonest: [string, Parameters<Phone['get']>[1] | object][] = [
    ['with nobody verified', { verified: false }],
    ['with a counter that went back', { counter: 1 }],
    ['for another site', { origin: 'https://evil.example' }],
    ['for another host', { rpId: 'evil.example' }],
    ['to another challenge', { challenge: 'A'.repeat(43) }],
    ['of another kind', { type: 'webauthn.create' }],
  ]
  it.each(dishonest)('is refused with an answer %s', async (_, given) => {
    const { moussa, phone } = await withPhone()
    // The counter is at 2 by now.
    const right = await answered(phone, await question(moussa))
    expect((await moussa.json(`${ASK}/cle`, right)).status).toBe(200)
    test.advance(STALE_MS)
    const wrong = await answered(phone, await question(moussa), given)
    const refused = await moussa.json(`${ASK}/cle`, wrong)
    expect([refused.status, refused.headers.get('set-cookie')]).toEqual([422, null])
    expect(await isFresh(moussa)).toBe(false)
  })

  it('of somebody else proves nothing', async () => {
    const { phone } = await withPhone()
    const fatou = await signIn(test, 'helper', 'Fatou')
    test.advance(STALE_MS)
    const ask = (path: string, body: unknown) =>
      test.request(path, {
        method: 'POST',
        headers: { ...fatou.headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const asked = (await (await ask(`${ASK}/question`, {})).json()) as Question
    expect((await ask(`${ASK}/cle`, await answered(phone, asked))).status).toBe(422)
  })

  it('allows a new password without the old one, for five minutes; a password does not', async () => {
    const { moussa, phone } = await withPhone()
    const change = () => moussa.post('/admin/acces/mot-de-passe', { password: OTHER_PASSWORD })
    expect((await change()).status).toBe(422)
    await prove(moussa)
    expect((await change()).status).toBe(422)
    expect(await (await moussa.ask('/admin/acces')).text()).toContain('name="present"')

    await moussa.json(`${ASK}/cle`, await answered(phone, await question(moussa)))
    expect(await (await moussa.ask('/admin/acces')).text()).not.toContain('name="present"')
    test.advance(STALE_MS)
    expect((await change()).status).toBe(422)
    await moussa.json(`${ASK}/cle`, await answered(phone, await question(moussa)))
    expect((await change()).status).toBe(303)
    const entered = await signInForm(test, 'moussa', OTHER_PASSWORD)
    expect(entered.status).toBe(303)
  })

  it('is the only way for who has no password, and the page says what it needs', async () => {
    const { moussa, phone } = await withPhone()
    await test.sql`update people set password_hash = null where login = 'moussa'`
    const page = await (await moussa.ask(ASK)).text()
    expect(page).not.toContain('type="password"')
    expect(page).toContain(words.stepUp.keyNeedsScript)
    expect(page).toContain('Run JS script')
    expect((await prove(moussa, '')).status).toBe(422)
    await moussa.json(`${ASK}/cle`, await answered(phone, await question(moussa)))
    expect(await isFresh(moussa)).toBe(true)
  })

  it('that a thief added is gone after the way back in', async () => {
    const { phone } = await withPhone()
    const { address } = (await wayBackIn(test.shop))!
    const back = await test.post(
      new URL(address).pathname,
      { password: OTHER_PASSWORD },
      ownForm(test),
    )
    expect(back.status).toBe(303)
    const door = browser()
    const asked = await question(door, '/admin/entrer/cle/question')
    expect((await door.json('/admin/entrer/cle', await answered(phone, asked))).status).toBe(422)
  })
})
