import { afterAll, beforeAll, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { findSign } from '../../src/data/signs-of-life.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { signIn } from '../support/desk.ts'
import { openPatient } from '../support/patient.ts'

const PAGE = '/admin/diagnostic'
const MINUTE_MS = 60_000

let test: Awaited<ReturnType<typeof openPatient>>
let moussa: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  const patient = await openPatient(MAIL_SETTINGS)
  const request = async (path: string, init?: RequestInit) => app.request(path, init, patient.shop)
  test = { ...patient, request }
  moussa = await signIn(test)
})
afterAll(() => test.close())

const phoneIn = (page: string) =>
  /class="address" href="https:\/\/livres\.example\.net(\/diagnostic\/telephone\/[^"]+)"/.exec(
    page,
  )![1]!

/** Somebody opens an address, from an address of their own. */
const visit = async (path: string, from: string, headers: Record<string, string> = {}, later = 0) =>
  app.request(
    path,
    { headers },
    {
      ...test.shop,
      visitorAddress: from,
      now: () => new Date(Date.now() + later),
    },
  )

it('shows at once what is known, and everything at the press of a button', async () => {
  const page = await moussa.page(PAGE)
  expect(page).toContain('Tâche planifiée (cron)')
  expect(page).not.toContain('Base de données')
  test.proxy.does('refuses-posts')
  test.dns['livres.example.net'] = ['v=spf1 a ~all']
  const examined = await (await moussa.post(PAGE, {})).text()
  test.heal()
  expect(examined).toContain('2 choses à corriger')
  const red = examined.slice(examined.indexOf('id="rouge"'), examined.indexOf('id="savoir"'))
  expect(red).toContain('Un pare-feu refuse l’appel')
  expect(red).toContain('Désactivez ModSecurity')
  expect(red).toContain('Pages légales')
  expect(examined.slice(examined.indexOf('id="vert"'))).toContain('PostgreSQL')
})

it('is the owner’s', async () => {
  const helper = await signIn(test, 'helper', 'Fatou')
  expect((await helper.get(PAGE)).status).toBe(403)
  expect((await helper.post(PAGE, {})).status).toBe(403)
  expect((await test.request(PAGE)).status).toBe(303)
})

it('a phone that opens the code’s address is noted, and told over which network it came', async () => {
  const path = phoneIn(await moussa.page(PAGE))
  const head = await visit(path, '203.0.113.9')
  expect(head.status).toBe(200)
  expect(await head.text()).toContain('La boutique répond.')
  expect(await findSign(test.sql, 'phone')).toMatchObject({ way: 'other' })

  await test.sql`delete from signs_of_life`
  const same = await visit(path, test.shop.visitorAddress)
  expect(await same.text()).toContain('même réseau que le bureau')
  expect(await findSign(test.sql, 'phone')).toMatchObject({ way: 'same' })
  expect(await moussa.page(PAGE)).toContain('par le même réseau')
})

it('neither a preview, nor an old or made-up code, is a phone', async () => {
  await test.sql`delete from signs_of_life`
  const path = phoneIn(await moussa.page(PAGE))
  await visit(path, '203.0.113.9', { 'user-agent': 'WhatsApp/2.23.20' })
  expect((await visit(path, '203.0.113.9', {}, 11 * MINUTE_MS)).status).toBe(410)
  const [end] = path.slice(-1)
  const forged = path.slice(0, -1) + (end === 'A' ? 'B' : 'A')
  expect((await visit(forged, '203.0.113.9')).status).toBe(410)
  expect(await findSign(test.sql, 'phone')).toBeUndefined()
})

it('a trial letter leaves for the address that was typed, some times an hour', async () => {
  const sent = await moussa.post(`${PAGE}/courrier`, { to: 'moussa@example.org' })
  expect(await sent.text()).toContain('L’essai est parti pour moussa@example.org.')
  expect(test.mailbox.mails).toMatchObject([
    { to: 'moussa@example.org', subject: 'Essai de votre boutique' },
  ])

  const wrong = await moussa.post(`${PAGE}/courrier`, { to: 'moussa@' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toMatch(/value="moussa@"[^]*ne semble pas valide/)

  test.mailbox.troubles.push(403)
  const refused = await moussa.post(`${PAGE}/courrier`, { to: 'moussa@example.org' })
  expect(await refused.text()).toContain('Réessayez dans une minute')

  for (let i = 0; i < 3; i++) await moussa.post(`${PAGE}/courrier`, { to: 'moussa@example.org' })
  const many = await moussa.post(`${PAGE}/courrier`, { to: 'moussa@example.org' })
  expect(many.status).toBe(422)
  expect(await many.text()).toContain('Trop d’essais')
})
