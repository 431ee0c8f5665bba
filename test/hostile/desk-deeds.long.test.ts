import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allDeeds } from '../../src/admin/deeds/all.ts'
import { desk } from '../../src/admin/desk.ts'
import { STEP_UP_DEEDS } from '../../src/admin/step-up.tsx'
import { CARRIED_TABLES } from '../../src/data/archive/tables.ts'
import { ownForm } from '../support/access.ts'
import { signIn } from '../support/desk.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** Every deed of the desk, as its router knows them, and who may do it: a new one has to be put here. */
const AT_THE_DOOR = `
  /admin/entrer /admin/sortir /admin/entrer/cle/question /admin/entrer/cle
  /admin/installation/:key /admin/invitation/:key`
const OWNERS = `
  /admin/acces/equipe /admin/acces/equipe/:id/inviter /admin/acces/equipe/:id/arreter
  /admin/commandes/:code/rembourser
  /admin/reglages/boutique /admin/reglages/apparence /admin/reglages/identite
  /admin/reglages/pages /admin/reglages/messages /admin/reglages/aides /admin/reglages/alertes
  /admin/reglages/ventes
  /admin/reglages/frais /admin/reglages/conservation /admin/reglages/telechargements
  /admin/reglages/vie-privee /admin/reglages/vie-privee/copie
  /admin/reglages/vie-privee/effacer
  /admin/reglages/apparence/logo /admin/reglages/apparence/logo/enlever
  /admin/diagnostic /admin/diagnostic/courrier
  /admin/reglages/valise/faire /admin/reglages/valise/:id/supprimer
  /admin/reglages/valise/arrivees /admin/reglages/valise/arrivees/simple
  /admin/reglages/valise/arrivees/:id/:number /admin/reglages/valise/arrivees/:id/finir
  /admin/reglages/valise/arrivees/:id/secret
  /admin/premiers-pas/plus-tard /admin/premiers-pas/accueil /admin/premiers-pas/cinetpay
  /admin/version`
const OWNERS_PAGES =
  /^\/admin\/(reglages|premiers-pas|version|installee|diagnostic|acces\/equipe)(\/|$)|\/rembourser$/
const ANYBODYS = `
  /admin/acces/mot-de-passe /admin/acces/cles/question /admin/acces/cles
  /admin/acces/cles/nommer /admin/acces/cles/retirer /admin/acces/appareils/arreter
  /admin/acces/confirmer /admin/acces/confirmer/question /admin/acces/confirmer/cle
  /admin/promotions /admin/promotions/:id /admin/promotions/:id/etat
  /admin/livres/nouveau /admin/livres/:slug/modifier /admin/livres/:slug/couverture
  /admin/livres/:slug/couverture/enlever /admin/livres/:slug/emplacements/:slot
  /admin/livres/:slug/versions/:id/retirer /admin/livres/:slug/versions/:id/remettre
  /admin/livres/:slug/versions/:id/annoncer /admin/livres/:slug/publier
  /admin/livres/:slug/programmer /admin/livres/:slug/retirer /admin/livres/:slug/archiver
  /admin/livres/:slug/desarchiver /admin/livres/:slug/fichiers
  /admin/livres/:slug/fichiers/simple
  /admin/envois/:id/:number /admin/envois/:id/finir /admin/envois/:id/abandonner
  /admin/commandes/nouvelle /admin/commandes/:code/verifier /admin/commandes/:code/classer
  /admin/commandes/:code/payee /admin/commandes/:code/fermer /admin/commandes/:code/rouvrir
  /admin/commandes/:code/lien /admin/commandes/:code/contact /admin/commandes/:code/note
  /admin/commandes/:code/envoye /admin/commandes/:code/renvoyer /admin/commandes/:code/relancer
  /admin/clients/:code/note /admin/clients/:code/silence
  /admin/reclamations/:id/classer`
const [door, owners, anybodys] = [AT_THE_DOOR, OWNERS, ANYBODYS].map((list) =>
  list.trim().split(/\s+/),
) as [string[], string[], string[]]

const LONG_MS = 180_000
const bare = (path: string) => path.replace(/\{[^/]*\}/g, '')
const askingAnew = allDeeds.filter(({ stepUp }) => stepUp)
const guards = new Set([...STEP_UP_DEEDS, ...askingAnew].map(({ path }) => bare(path)))
const routed = (methods: string[]) => [
  ...new Set(
    desk.routes
      .filter(({ method, path }) => methods.includes(method) && !path.includes('*'))
      .map(({ path }) => bare(path)),
  ),
]
const deeds = routed(['POST', 'PUT', 'DELETE', 'PATCH'])

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
let helper: Awaited<ReturnType<typeof signIn>>
let code: string
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  const order = await anOrder(test, 'le-livre')
  code = order.code
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  moussa = await signIn(test)
  helper = await signIn(test, 'helper', 'Fanta')
})
afterAll(() => test.close())

const filled = (path: string, places: Record<string, string> = {}) =>
  path.replace(/:(\w+)/g, (_, name: string) => {
    const known: Record<string, string> = { slug: 'le-livre', code, slot: 'livre' }
    return places[name] ?? known[name] ?? '1'
  })
const sent = (path: string, headers: Record<string, string>, method = 'POST') =>
  test.request(filled(path), {
    method,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    ...(method === 'POST' && { body: 'x=1' }),
  })

/** All that the shop holds, in few letters. */
async function everything(): Promise<string> {
  const tables = [...CARRIED_TABLES.map(({ name }) => name), 'suitcases', 'uploads']
  const sums = await Promise.all(
    tables.map(async (table) => {
      const [row] = await test.sql<{ sum: string | null }[]>`
        select md5(string_agg(row::text, '' order by row::text)) as sum
        from ${test.sql(table)} row`
      return `${table} ${row!.sum}`
    }),
  )
  return sums.join('\n')
}

describe('every deed', () => {
  it('is known here with who may do it', () => {
    expect(deeds.toSorted()).toEqual([...door, ...owners, ...anybodys].toSorted())
  })

  it('that asks for the person anew is one of them', () => {
    const known = new Set([...deeds, ...routed(['GET'])])
    expect([...guards].filter((path) => !known.has(bare(path)))).toEqual([])
  })

  it(
    'is refused to who is not signed in, and changes nothing',
    async () => {
      const before = await everything()
      for (const path of [...owners, ...anybodys]) {
        const answer = await sent(path, ownForm(test))
        expect([path, answer.status]).toEqual([path, 403])
        expect(await answer.text()).toContain('Votre session a pris fin')
      }
      expect(await everything()).toBe(before)
    },
    LONG_MS,
  )

  it(
    'is refused to another site, though the cookie came along',
    async () => {
      const before = await everything()
      const foreign: Record<string, string>[] = [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
        {},
      ]
      for (const path of deeds)
        for (const headers of foreign) {
          const answer = await sent(path, { cookie: moussa.headers.cookie, ...headers })
          expect([path, answer.status]).toEqual([path, 403])
        }
      expect(await everything()).toBe(before)
    },
    LONG_MS,
  )

  it(
    'of the owner’s is refused to a helper, page and post',
    async () => {
      const before = await everything()
      for (const path of owners) {
        const answer = await sent(path, helper.headers)
        expect([path, answer.status]).toEqual([path, 403])
      }
      const pages = routed(['GET']).filter((path) => OWNERS_PAGES.test(path))
      expect(pages.length).toBeGreaterThan(20)
      for (const path of pages)
        for (const method of ['GET', 'HEAD']) {
          const answer = await sent(path, helper.headers, method)
          expect([path, answer.status]).toEqual([path, 403])
        }
      expect(await everything()).toBe(before)
    },
    LONG_MS,
  )

  it(
    'is no matter of a GET, whatever stands in its address',
    async () => {
      const before = await everything()
      const typed = 'fait=1&deed=save&confirm=EFFACER&sought=76123456&why=asked&id=1&version=0'
      for (const path of deeds)
        for (const method of ['GET', 'HEAD'])
          await test.request(`${filled(path)}?${typed}`, { method, headers: moussa.headers })
      await test.settled()
      expect(await everything()).toBe(before)
    },
    LONG_MS,
  )

  const PLACES = ['%00', '%ff', '..%2f..', '__proto__', '9'.repeat(15), 'a'.repeat(3_000)]
  const BODIES: [string, string][] = [
    ['application/x-www-form-urlencoded', 'a=%00'],
    ['application/x-www-form-urlencoded', 'login=a&login=b'],
    ['application/x-www-form-urlencoded', '__proto__=x&version=1e999&id=-1&constructor=1'],
    ['application/x-www-form-urlencoded', `name=${'x'.repeat(700_000)}`],
    ['multipart/form-data; boundary=x', '--x\r\n\r\n'],
    ['multipart/form-data', ''],
    ['application/json', '{"id":{},"answer":[]}'],
    ['application/json', '['.repeat(20_000)],
    ['text/html', '<x>'],
  ]
  it(
    'takes hostile input without falling over',
    async () => {
      const faults: string[] = []
      for (const path of deeds) {
        for (const [type, body] of BODIES) {
          const headers = { ...moussa.headers, 'content-type': type }
          // Signing out would end it here.
          if (path === '/admin/sortir') headers.cookie = ''
          const answer = await test.request(filled(path), { method: 'POST', headers, body })
          if (answer.status >= 500) faults.push(`${path} ${type} ${body.slice(0, 20)}`)
        }
        if (!path.includes(':')) continue
        for (const place of PLACES) {
          const places = { slug: place, code: place, id: place, number: place, key: place, slot: place } // prettier-ignore
          const answer = await test.request(filled(path, places), {
            method: 'POST',
            headers: { ...moussa.headers, 'content-type': 'application/x-www-form-urlencoded' },
            body: 'x=1',
          })
          if (answer.status >= 500) faults.push(`${path} at ${place.slice(0, 10)}`)
        }
      }
      expect(faults).toEqual([])
      expect((await moussa.get('/admin')).status).toBe(200)
      expect(test.lines.filter((line) => line.includes('request.failed'))).toEqual([])
    },
    LONG_MS,
  )
})

describe('what is sent besides', () => {
  it('makes nobody an owner', async () => {
    const more = { role: 'owner', id: '1', password_hash: 'x', invitedAt: '2000-01-01' }
    const own = await signIn(test)
    await own.post('/admin/acces/equipe', { name: 'Binta', login: 'binta', ...more })
    const [row] = await test.sql`
      select role, password_hash from people where login = 'binta'`
    expect(row).toEqual({ role: 'helper', passwordHash: null })
  })

  it('takes no word of where the shop is from a request', async () => {
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
      'x-original-url': '/admin/reglages',
      'x-rewrite-url': '/admin/reglages',
    }
    const own = await signIn(test)
    for (const path of [
      '/admin',
      '/admin/acces/equipe',
      `/admin/commandes/${code}`,
      '/admin/version',
    ]) {
      const answer = await test.request(path, { headers: { ...own.headers, ...forged } })
      expect([path, answer.status]).toEqual([path, 200])
      expect(await answer.text()).not.toContain('evil.example')
    }
    const out = await test.request('/admin/acces', { headers: forged })
    expect(out.headers.get('location')).toBe('/admin/entrer?suite=%2Fadmin%2Facces')
  })
})
