import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invitationKey, setupKey } from '../../src/admin/access/keys.ts'
import { wayBackIn } from '../../src/admin/access/invitation.ts'
import { ownPath } from '../../src/admin/access/own-path.ts'
import { setupAddress } from '../../src/admin/access/setup.ts'
import { cookieOf, owner, ownForm, signInForm } from '../support/access.ts'
import { signIn } from '../support/desk.ts'
import { openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const PASSWORD = 'savane violon mercredi papaye'
const OTHER_PASSWORD = 'cheval batterie mangue dimanche'

describe('the first opening', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
  })
  afterAll(() => test.close())

  const setupPath = async () => `/admin/installation/${await setupKey(test.shop.config.appSecret)}`
  const fields = { name: 'Moussa', login: 'Moussa ', password: PASSWORD }

  it('has an address that the console shows, and nothing else opens it', async () => {
    const address = await setupAddress(test.shop)
    expect(address).toBe(`https://livres.example.net${await setupPath()}`)
    expect((await test.request(await setupPath())).status).toBe(200)
    const wrong = `/admin/installation/${'A'.repeat(22)}`
    expect((await test.request(wrong)).status).toBe(404)
    expect((await test.post(wrong, fields, ownForm(test))).status).toBe(404)
  })

  it('says at the door that nobody is in charge yet', async () => {
    const html = await (await test.request('/admin/entrer')).text()
    expect(html).toContain('Ce bureau n’a pas encore de responsable.')
  })

  const mistakes = [
    ['name', { name: ' \u200b ' }, 'Écrivez un nom'],
    ['login', { login: 'mo' }, 'De 3 à 40 lettres'],
    ['login', { login: 'moussa koné' }, 'De 3 à 40 lettres'],
    ['password', { password: 'trop court' }, 'Il est trop court'],
    ['password', { password: 'x'.repeat(129) }, 'Il est trop long'],
    ['password', { password: 'Motdepasse2026!' }, 'très courant'],
    ['password', { password: 'azerty123456789' }, 'très courant'],
    ['password', { password: 'moussa-moussa' }, 'identifiant'],
    ['password', { password: '123456789012' }, 'trop facile'],
    ['password', { password: 'Lagune tambour vendredi citron' }, 'très courant'],
  ] as const
  it.each(mistakes)('gives the form back with a sentence at %s: %j', async (field, wrong, said) => {
    const typed = { ...fields, ...wrong }
    const answer = await test.post(await setupPath(), typed, ownForm(test))
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(`id="${field}-error"`)
    expect(html).toContain(said)
    if (field !== 'name') expect(html).toContain('value="Moussa"')
    expect(html).not.toContain(`value="${typed.password}`)
    expect(html).not.toContain(PASSWORD)
  })

  it('refuses a form from another site', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await test.post(await setupPath(), fields, foreign)).status).toBe(403)
  })

  it('makes one owner of two who come at once, and tells the other', async () => {
    const path = await setupPath()
    const answers = await Promise.all(
      ['moussa', 'autre'].map((login) => test.post(path, { ...fields, login }, ownForm(test))),
    )
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([303, 409])
    const late = answers.find((answer) => answer.status === 409)!
    expect(await late.text()).toContain('juste avant vous')
    expect(late.headers.get('set-cookie')).toBeNull()
    const owners = await test.sql`select id from people where role = 'owner'`
    expect(owners).toHaveLength(1)
    const first = answers.find((answer) => answer.status === 303)!
    const welcome = await test.request(first.headers.get('location')!, {
      headers: { cookie: cookieOf(first) },
    })
    expect(await welcome.text()).toContain('Bienvenue, Moussa')
  })

  it('is over as soon as there is an owner', async () => {
    expect(await setupAddress(test.shop)).toBeUndefined()
    expect((await test.request(await setupPath())).status).toBe(404)
    expect((await test.post(await setupPath(), fields, ownForm(test))).status).toBe(404)
  })

  it('writes no key, login or password into the log', async () => {
    const log = test.lines.join('\n')
    expect(log).toContain('owner.made')
    expect(log).not.toContain(await setupKey(test.shop.config.appSecret))
    expect(log.toLowerCase()).not.toContain('moussa')
    expect(log).not.toContain('savane')
  })
})

describe('at the door', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await owner(test, 'moussa', PASSWORD)
  })
  beforeEach(() => test.advance(25 * 3_600_000))
  afterAll(() => test.close())

  it('sends a stranger to the door, and back afterwards', async () => {
    const sent = await test.request('/admin/acces')
    expect(sent.headers.get('location')).toBe('/admin/entrer?suite=%2Fadmin%2Facces')
    const html = await (await test.request(sent.headers.get('location')!)).text()
    expect(html).toContain('name="suite" value="/admin/acces"')
    const entered = await signInForm(test, 'moussa', PASSWORD, { suite: '/admin/acces' })
    expect(entered.status).toBe(303)
    expect(entered.headers.get('location')).toBe('/admin/acces')
  })

  it('forgives capitals and spaces of a login, and letters typed as other code points', async () => {
    const accents = 'été à Ségou, quatre-vingts'
    await owner(test, 'moussa', accents.normalize('NFC'))
    const entered = await signInForm(test, ' Moussa', accents.normalize('NFD'))
    expect(entered.status).toBe(303)
    await owner(test, 'moussa', PASSWORD)
  })

  const elsewhere = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/admin/..//evil.example',
    '/admin\\..\\evil',
    '/administration',
    '/admin/../livres',
    '/admin/%2e%2e/livres',
    '/admin/acces\n',
    'admin',
    'javascript:alert(1)',
    '',
  ]
  it.each(elsewhere)('does not follow %j', (suite) => {
    expect(ownPath(suite)).toBeUndefined()
  })
  it.each(['/admin', '/admin/acces', '/admin?x=1', '/admin/commandes?q=76%2012'])(
    'follows %s',
    (suite) => {
      expect(ownPath(suite)).toBe(suite)
    },
  )
  it('goes to the desk when it is told to go elsewhere', async () => {
    const entered = await signInForm(test, 'moussa', PASSWORD, { suite: '//evil.example/admin' })
    expect(entered.headers.get('location')).toBe('/admin')
  })

  it('says the same of a wrong password and of an unknown login', async () => {
    const wrong = await signInForm(test, 'moussa', 'pas le bon mot de passe')
    const unknown = await signInForm(test, 'inconnue', PASSWORD)
    expect([wrong.status, unknown.status]).toEqual([422, 422])
    const page = async (answer: Response, login: string) =>
      (await answer.text()).replaceAll(login, 'X')
    expect(await page(wrong, 'moussa')).toBe(await page(unknown, 'inconnue'))
    expect([...wrong.headers.keys()]).toEqual([...unknown.headers.keys()])
  })

  it('shows the way on to somebody who is in already', async () => {
    const moussa = await signIn(test)
    const answer = await moussa.get('/admin/entrer?suite=/admin/acces')
    expect(answer.headers.get('location')).toBe('/admin/acces')
  })

  it('lets a link from WhatsApp in, where the cookie does not come along', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    const answer = await test.request('/admin/acces?x=1&y=2', { headers: link })
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain('http-equiv="refresh" content="0"')
    expect(html).toContain('href="/admin/acces?x=1&amp;y=2"')
    // The page's own visit counts as ours: it is the door, without a second detour.
    const own = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }
    expect((await test.request('/admin/acces', { headers: own })).status).toBe(303)
  })

  it('hashes a password anew at the next entry when the settings of scrypt have changed', async () => {
    // scrypt$13$8$1 of the same password, as an older version would have kept it.
    const { scryptSync } = await import('node:crypto')
    const salt = Buffer.alloc(16, 7)
    const hash = scryptSync(PASSWORD, salt, 32, { N: 2 ** 13, r: 8, p: 1 })
    const old = `scrypt$13$8$1$${salt.toString('base64url')}$${hash.toString('base64url')}`
    await test.sql`update people set password_hash = ${old} where login = 'moussa'`
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
    const [kept] = await test.sql`select password_hash from people where login = 'moussa'`
    expect(kept!['passwordHash']).toMatch(/^scrypt\$14\$8\$5\$/)
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
  })

  it('sends everybody out who presses "Sortir"', async () => {
    const moussa = await signIn(test)
    const out = await moussa.post('/admin/sortir', {})
    expect(out.headers.get('location')).toBe('/admin/entrer?fait=sorti')
    expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/)
    expect((await moussa.get('/admin/acces')).status).toBe(303)
  })
})

describe('one’s own access', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await owner(test, 'moussa', PASSWORD)
  })
  beforeEach(() => test.advance(25 * 3_600_000))
  afterAll(() => test.close())

  const PHONE =
    'Mozilla/5.0 (Linux; Android 13; TECNO) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36'
  const entered = async (userAgent = PHONE) => {
    const answer = await signInForm(test, 'moussa', PASSWORD, {}, { 'user-agent': userAgent })
    const headers = { ...ownForm(test), cookie: cookieOf(answer) }
    return {
      page: async () => (await test.request('/admin/acces', { headers })).text(),
      status: async () => (await test.request('/admin/acces', { headers })).status,
      post: (path: string, fields: Record<string, string>) => test.post(path, fields, headers),
    }
  }

  it('lists where one is in, and ends one of them', async () => {
    const phone = await entered()
    const computer = await entered('Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/120.0')
    const html = await phone.page()
    expect(html).toContain('Chrome sur Android')
    expect(html).toContain('Firefox sur Windows')
    expect(html.match(/celui-ci/g)).toHaveLength(1)
    const [, id] = /name="appareil" value="(\d+)"/.exec(html)!
    const ended = await phone.post('/admin/acces/appareils/arreter', { appareil: id! })
    expect(ended.headers.get('location')).toBe('/admin/acces?fait=appareil')
    expect(await computer.status()).toBe(303)
    expect(await phone.status()).toBe(200)
  })

  it('ends all the others at once', async () => {
    const [here, ...others] = [await entered(), await entered(), await entered()]
    await here.post('/admin/acces/appareils/arreter', { appareil: 'autres' })
    expect(await here.status()).toBe(200)
    for (const other of others) expect(await other.status()).toBe(303)
  })

  it('does not end a session of somebody else', async () => {
    const fatou = await signIn(test, 'helper', 'Fatou')
    const [row] = await test.sql`select id from sessions where person_id = ${fatou.personId}`
    const moussa = await entered()
    await moussa.post('/admin/acces/appareils/arreter', { appareil: String(row!['id']) })
    expect((await fatou.get('/admin/acces')).status).toBe(200)
  })

  it('asks for the present password, and for a good new one', async () => {
    const moussa = await entered()
    const path = '/admin/acces/mot-de-passe'
    const wrong = await moussa.post(path, { present: 'x', password: OTHER_PASSWORD })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('Ce n’est pas votre mot de passe')
    const weak = await moussa.post(path, { present: PASSWORD, password: 'bonjour12345' })
    expect(weak.status).toBe(422)
    expect(await weak.text()).toContain('très courant')
  })

  it('ends after twelve idle hours, and after thirty days however busy', async () => {
    const moussa = await entered()
    test.advance(11.9 * 3_600_000)
    expect(await moussa.status()).toBe(200)
    test.advance(12.1 * 3_600_000)
    expect(await moussa.status()).toBe(303)

    const busy = await entered()
    for (let day = 0; day < 59; day++) {
      test.advance(11.9 * 3_600_000)
      expect(await busy.status()).toBe(200)
    }
    test.advance(24 * 3_600_000)
    expect(await busy.status()).toBe(303)
  })
})

describe('helpers', () => {
  let test: TestShop
  let moussa: Awaited<ReturnType<typeof signIn>>
  beforeAll(async () => {
    test = await openTestShop()
  })
  beforeEach(async () => {
    test.advance(25 * 3_600_000)
    moussa = await signIn(test)
  })
  afterAll(() => test.close())

  /** The invitation that the page shows for this helper. */
  const linkFor = async (login: string) => {
    const html = await moussa.page('/admin/acces/equipe')
    const link = `value="https://livres.example.net(/admin/invitation/${await helperId(login)}[.][^"]+)"`
    return new RegExp(link).exec(html)?.[1]
  }
  const accept = (link: string, password = PASSWORD) =>
    test.post(link, { login: 'x', password }, ownForm(test))
  const helperId = async (login: string) => {
    const [row] = await test.sql<{ id: number }[]>`
      select id from people where login = ${login} and ended_at is null`
    return row!.id
  }

  it('are invited by a link, used once, and choose their own password', async () => {
    const added = await moussa.post('/admin/acces/equipe', { name: 'Fatou', login: 'Fatou' })
    expect(added.status).toBe(303)
    const link = (await linkFor('fatou'))!
    const page = await (await test.request(link)).text()
    expect(page).toContain('Bonjour Fatou')
    const weak = await accept(link, 'court')
    expect(weak.status).toBe(422)
    const accepted = await accept(link)
    expect(accepted.status).toBe(303)
    const headers = { cookie: cookieOf(accepted) }
    expect((await test.request('/admin/acces', { headers })).status).toBe(200)
    expect((await test.request('/admin/acces/equipe', { headers })).status).toBe(403)

    expect((await accept(link, OTHER_PASSWORD)).status).toBe(404)
    expect((await test.request(link)).status).toBe(404)
    expect((await signInForm(test, 'fatou', PASSWORD)).status).toBe(303)
    expect(await linkFor('fatou')).toBeUndefined()
  })

  it('get in once when two use the same link at once', async () => {
    await moussa.post('/admin/acces/equipe', { name: 'Deux', login: 'deux' })
    const link = (await linkFor('deux'))!
    const answers = await Promise.all([accept(link), accept(link, OTHER_PASSWORD)])
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([303, 404])
  })

  it('cannot use a link after seven days, a replaced one, or one for somebody else', async () => {
    await moussa.post('/admin/acces/equipe', { name: 'Ali', login: 'ali' })
    const id = await helperId('ali')
    const first = (await linkFor('ali'))!
    test.advance(1000)
    await moussa.post(`/admin/acces/equipe/${id}/inviter`, {})
    const second = (await linkFor('ali'))!
    expect(second).not.toBe(first)
    expect((await test.request(first)).status).toBe(404)
    expect((await test.request(second.replace(`/${id}.`, `/${id - 1}.`))).status).toBe(404)
    expect((await test.request(second)).status).toBe(200)
    test.advance(7 * 24 * 3_600_000)
    expect((await test.request(second)).status).toBe(404)
    expect((await accept(second)).status).toBe(404)
  })

  it('are refused a login that is taken, with what was typed kept', async () => {
    await moussa.post('/admin/acces/equipe', { name: 'Awa', login: 'awa' })
    const again = await moussa.post('/admin/acces/equipe', { name: 'Awa Deux', login: 'AWA' })
    expect(again.status).toBe(422)
    const html = await again.text()
    expect(html).toContain('déjà pris')
    expect(html).toContain('value="Awa Deux"')
  })

  it('are out at once when their access ends, and their login is free again', async () => {
    await moussa.post('/admin/acces/equipe', { name: 'Binta', login: 'binta' })
    const link = (await linkFor('binta'))!
    const headers = { cookie: cookieOf(await accept(link)) }
    const id = await helperId('binta')
    await moussa.post(`/admin/acces/equipe/${id}/inviter`, {})
    const open = (await linkFor('binta'))!
    const ended = await moussa.post(`/admin/acces/equipe/${id}/arreter`, {})
    expect(ended.headers.get('location')).toBe('/admin/acces/equipe?fait=fin')
    expect((await test.request('/admin/acces', { headers })).status).toBe(303)
    expect((await test.request(open)).status).toBe(404)
    expect((await signInForm(test, 'binta', PASSWORD)).status).toBe(422)
    expect(await moussa.page('/admin/acces/equipe')).not.toContain('Binta')
    const again = await moussa.post('/admin/acces/equipe', { name: 'Binta', login: 'binta' })
    expect(again.status).toBe(303)
  })

  it('cannot end anybody, and nobody can end the owner', async () => {
    const aide = await signIn(test, 'helper', 'Aide')
    for (const path of [`${moussa.personId}/arreter`, `${aide.personId}/arreter`])
      expect((await aide.post(`/admin/acces/equipe/${path}`, {})).status).toBe(403)
    await moussa.post(`/admin/acces/equipe/${moussa.personId}/arreter`, {})
    expect((await moussa.post(`/admin/acces/equipe/${moussa.personId}/inviter`, {})).status).toBe(
      404,
    )
    expect((await moussa.get('/admin/acces')).status).toBe(200)
  })

  it('leave the owner a way back in, through the host’s console', async () => {
    await owner(test, 'patron', PASSWORD)
    const back = await wayBackIn(test.shop)
    expect(back?.login).toBe('patron')
    const answer = await accept(new URL(back!.address).pathname, OTHER_PASSWORD)
    expect(answer.status).toBe(303)
    expect((await signInForm(test, 'patron', OTHER_PASSWORD)).status).toBe(303)
    // The session of before has ended with the password of before.
    expect((await moussa.get('/admin/acces')).status).toBe(303)
  })

  it('are named in the key, which is worth nothing without the secret', async () => {
    const invited = { id: 1, invitedAt: new Date(0) }
    const own = await invitationKey('a secret', invited)
    expect(await invitationKey('another secret', invited)).not.toBe(own)
    expect(await invitationKey('a secret', { ...invited, id: 2 })).not.toBe(own)
  })
})
