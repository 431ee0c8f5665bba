import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cookieOf, owner, ownForm } from '../support/access.ts'
import { newAuthenticator } from '../support/authenticator.ts'
import { signIn } from '../support/desk.ts'
import { openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const ORIGIN = 'https://livres.example.net'
type Phone = Awaited<ReturnType<typeof newAuthenticator>>
type Question<T> = { id: string; options: T }
type Creation = { challenge: string; rp: { id: string }; user: { id: string } }
type Request_ = { challenge: string; rpId: string }

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  await owner(test, 'moussa', 'savane violon mercredi papaye')
})
beforeEach(async () => {
  test.advance(25 * 3_600_000)
  await test.sql`delete from passkeys`
  moussa = await signIn(test)
})
afterAll(() => test.close())

async function send(path: string, body: unknown, headers: Record<string, string> = ownForm(test)) {
  return test.request(path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function askToAdd(who = moussa) {
  return (await (
    await send('/admin/acces/cles/question', {}, who.headers)
  ).json()) as Question<Creation>
}

async function add(phone: Phone, who = moussa) {
  const { id, options } = await askToAdd(who)
  const answer = await phone.create(options, { origin: ORIGIN })
  return send('/admin/acces/cles', { id, answer }, who.headers)
}

async function askToEnter() {
  return (await (await send('/admin/entrer/cle/question', {})).json()) as Question<Request_>
}

async function enter(phone: Phone, given: Partial<Parameters<Phone['get']>[1]> = {}) {
  const { id, options } = await askToEnter()
  const answer = await phone.get(options, { origin: ORIGIN, ...given })
  return send('/admin/entrer/cle', { id, answer, next: '/admin/acces' })
}

describe('a passkey', () => {
  it('is added by whoever is in, and opens the desk without a name', async () => {
    const phone = await newAuthenticator()
    const added = await add(phone)
    expect(await added.json()).toEqual({ to: '/admin/acces?fait=cle' })
    expect(await moussa.page('/admin/acces')).toContain('pas encore utilisée')

    const entered = await enter(phone)
    expect(entered.status).toBe(200)
    expect(await entered.json()).toEqual({ to: '/admin/acces' })
    const headers = { cookie: cookieOf(entered) }
    const html = await (await test.request('/admin/acces', { headers })).text()
    expect(html).toContain('utilisée le')
    expect((await enter(phone)).status).toBe(200)
  })

  it('is asked for a finger, a face or a code, and to be found without a name', async () => {
    const { options } = (await askToAdd()) as unknown as Question<Record<string, unknown>>
    expect(options).toMatchObject({
      rp: { id: 'livres.example.net' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const question = (await askToEnter()) as unknown as Question<Record<string, unknown>>
    expect(question.options).toMatchObject({ userVerification: 'required' })
    expect(question.options['allowCredentials']).toBeUndefined()
  })

  const dishonest: [string, Partial<Parameters<Phone['get']>[1]>][] = [
    ['for another site', { origin: 'https://evil.example' }],
    ['for another host', { rpId: 'evil.example' }],
    ['to another challenge', { challenge: 'A'.repeat(43) }],
    ['of another kind', { type: 'webauthn.create' }],
    ['with nobody verified', { verified: false }],
    ['with a counter that went back', { counter: 1 }],
  ]
  it.each(dishonest)('is refused at the door with an answer %s', async (_, given) => {
    const phone = await newAuthenticator()
    await add(phone)
    expect((await enter(phone)).status).toBe(200)
    const refused = await enter(phone, given)
    expect(refused.status).toBe(422)
    expect(refused.headers.get('set-cookie')).toBeNull()
  })

  const unsound: [string, Partial<Parameters<Phone['create']>[1]>][] = [
    ['for another site', { origin: 'https://evil.example' }],
    ['for another host', { rpId: 'evil.example' }],
    ['to another challenge', { challenge: 'A'.repeat(43) }],
    ['with nobody verified', { verified: false }],
  ]
  it.each(unsound)('is not kept when it was made %s', async (_, given) => {
    const phone = await newAuthenticator()
    const { id, options } = await askToAdd()
    const answer = await phone.create(options, { origin: ORIGIN, ...given })
    const refused = await send('/admin/acces/cles', { id, answer }, moussa.headers)
    expect(refused.status).toBe(422)
    expect(await test.sql`select id from passkeys where id = ${phone.id}`).toHaveLength(0)
  })

  it('is refused when it is unknown, or signed by another key', async () => {
    const [known, stranger] = [await newAuthenticator(), await newAuthenticator()]
    await add(known)
    const { id, options } = await askToEnter()
    const answer = await stranger.get(options, { origin: ORIGIN })
    const borrowed = await known.get(options, { origin: ORIGIN })
    expect((await send('/admin/entrer/cle', { id, answer })).status).toBe(422)
    const again = await askToEnter()
    const forged = await stranger.get(again.options, { origin: ORIGIN })
    const { userHandle } = borrowed.response
    const posing = {
      ...forged,
      id: known.id,
      rawId: known.id,
      response: { ...forged.response, userHandle },
    }
    expect((await send('/admin/entrer/cle', { id: again.id, answer: posing })).status).toBe(422)
  })

  it('answers a challenge once, within five minutes, and at its own place', async () => {
    const phone = await newAuthenticator()
    await add(phone)
    const { id, options } = await askToEnter()
    const answer = await phone.get(options, { origin: ORIGIN })
    const both = await Promise.all([1, 2].map(() => send('/admin/entrer/cle', { id, answer })))
    expect(both.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([200, 422])

    const anew = await phone.get(options, { origin: ORIGIN })
    expect((await send('/admin/entrer/cle', { id, answer: anew })).status).toBe(422)

    const slow = await askToEnter()
    const late = await phone.get(slow.options, { origin: ORIGIN })
    test.advance(5 * 60_000)
    expect((await send('/admin/entrer/cle', { id: slow.id, answer: late })).status).toBe(422)

    // A challenge of the door adds no key, and one of somebody else neither.
    moussa = await signIn(test)
    const fatou = await signIn(test, 'helper', 'Fatou')
    const hers = await askToAdd(fatou)
    const other = await newAuthenticator()
    const made = await other.create(hers.options, { origin: ORIGIN })
    const stolen = { id: hers.id, answer: made }
    expect((await send('/admin/acces/cles', stolen, moussa.headers)).status).toBe(422)
    const door = await askToEnter()
    const user = hers.options.user
    const asIf = await other.create(
      { ...door.options, rp: { id: door.options.rpId }, user },
      { origin: ORIGIN },
    )
    const answered = { id: door.id, answer: asIf }
    expect((await send('/admin/acces/cles', answered, moussa.headers)).status).toBe(422)
  })

  it('leaves nothing behind when it is asked for, and remembers an answer for its five minutes', async () => {
    const phone = await newAuthenticator()
    await add(phone)
    test.advance(6 * 60_000)
    const kept = () => test.sql`select id from challenges`
    for (let i = 0; i < 20; i++) await askToEnter()
    const door = await askToEnter()
    const answer = await phone.get(door.options, { origin: ORIGIN })
    const answered = { id: door.id, answer }
    expect((await send('/admin/entrer/cle', answered)).status).toBe(200)
    expect(await kept()).toHaveLength(1)
    expect((await send('/admin/entrer/cle', answered)).status).toBe(422)
    test.advance(6 * 60_000)
    expect((await send('/admin/entrer/cle', answered)).status).toBe(422)
  })

  it('is not taken from another person by adding it again', async () => {
    const phone = await newAuthenticator()
    await add(phone)
    const fatou = await signIn(test, 'helper', 'Fatou')
    expect((await add(phone, fatou)).status).toBe(422)
    const [row] = await test.sql`select person_id from passkeys where id = ${phone.id}`
    expect(row!['personId']).toBe(moussa.personId)
  })

  it('is renamed and removed by its owner only', async () => {
    const phone = await newAuthenticator()
    await add(phone)
    const fatou = await signIn(test, 'helper', 'Fatou')
    const named = { cle: phone.id, label: 'Le téléphone de Moussa' }
    expect((await fatou.post('/admin/acces/cles/nommer', named)).status).toBe(404)
    await fatou.post('/admin/acces/cles/retirer', { cle: phone.id })
    expect((await enter(phone)).status).toBe(200)
    const blank = await moussa.post('/admin/acces/cles/nommer', { ...named, label: ' ' })
    expect(blank.status).toBe(422)
    await moussa.post('/admin/acces/cles/nommer', named)
    expect(await moussa.page('/admin/acces')).toContain('Le téléphone de Moussa')
    const removed = await moussa.post('/admin/acces/cles/retirer', { cle: phone.id })
    expect(removed.headers.get('location')).toBe('/admin/acces?fait=retiree')
    expect((await enter(phone)).status).toBe(422)
  })

  it('stays when it is the last way in', async () => {
    const fatou = await signIn(test, 'helper', 'Fatou')
    const phone = await newAuthenticator()
    await add(phone, fatou)
    await test.sql`update people set password_hash = null where id = ${fatou.personId}`
    const kept = await fatou.post('/admin/acces/cles/retirer', { cle: phone.id })
    expect(kept.headers.get('location')).toBe('/admin/acces?fait=derniere')
    expect((await enter(phone)).status).toBe(200)
  })

  it('opens nothing once its owner’s access has ended', async () => {
    const fatou = await signIn(test, 'helper', 'Fatou')
    const phone = await newAuthenticator()
    await add(phone, fatou)
    await moussa.post(`/admin/acces/equipe/${fatou.personId}/arreter`, {})
    expect((await enter(phone)).status).toBe(422)
  })

  it('is not kept beyond ten', async () => {
    const fatou = await signIn(test, 'helper', 'Fatou')
    for (let count = 0; count < 10; count++)
      expect((await add(await newAuthenticator(), fatou)).status).toBe(200)
    expect((await add(await newAuthenticator(), fatou)).status).toBe(422)
  })

  it('is held up by nobody, however many try beside it', async () => {
    const phone = await newAuthenticator()
    await add(phone)
    const stranger = await newAuthenticator()
    for (let count = 0; count < 40; count++) expect((await enter(stranger)).status).toBe(422)
    expect((await enter(phone)).status).toBe(200)
  })

  const garbage: [string, unknown][] = [
    ['nothing', null],
    ['an empty object', {}],
    ['an answer that is none', { id: 'x', answer: { id: 'x', rawId: 'x', type: 'public-key' } }],
    ['a NUL', { id: 'x\0', answer: {} }],
    ['too much', { id: 'x'.repeat(40_000) }],
  ]
  it.each(garbage)('refuses %s in place of an answer', async (_, body) => {
    expect((await send('/admin/entrer/cle', body)).status).toBe(400)
    expect((await send('/admin/acces/cles', body, moussa.headers)).status).toBe(400)
  })

  it('is asked for and answered from our own pages only', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await send('/admin/entrer/cle/question', {}, foreign)).status).toBe(403)
    expect((await send('/admin/entrer/cle', {}, foreign)).status).toBe(403)
    expect((await send('/admin/acces/cles', {}, { ...moussa.headers, ...foreign })).status).toBe(
      403,
    )
  })
})
