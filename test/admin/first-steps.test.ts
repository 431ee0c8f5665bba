import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings } from '../../src/config/settings.ts'
import { aBook, anOrder, atCinetpay, KEYS, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { signIn } from '../support/desk.ts'
import { noticeFields, notify } from '../support/notices.ts'

const STEPS = '/admin/premiers-pas'

type Desk = Awaited<ReturnType<typeof signIn>>

/** What the page says of each step. */
async function states(desk: Desk) {
  const html = await desk.page(STEPS)
  const steps = [...html.matchAll(/<li id="(\w+)"><details([^>]*)>.*?class="badge[^>]*>([^<]*)</gs)]
  return Object.fromEntries(
    steps.map(([, step, open, state]) => [step, open?.includes('open') ? `${state}, open` : state]),
  )
}

/** The book becomes one that somebody made at the desk. */
const own = (test: TestShop, desk: Desk) =>
  test.sql`update books set changed_by = ${desk.personId}`.then()

describe('the first steps of a shop with keys', () => {
  let test: TestShop
  let owner: Desk
  beforeAll(async () => {
    test = await openTestShop()
    owner = await signIn(test)
    await aBook(test)
  })
  beforeEach(() => {
    test.intercept(undefined)
    test.advance(11 * 60_000)
  })
  afterAll(() => test.close())

  it('are the owner’s', async () => {
    const helper = await signIn(test, 'helper', 'Fatou')
    expect((await helper.get(STEPS)).status).toBe(403)
    expect((await helper.get(`${STEPS}/cinetpay`)).status).toBe(403)
    expect((await helper.post(`${STEPS}/cinetpay`, {})).status).toBe(403)
    expect((await helper.post(`${STEPS}/plus-tard`, { step: 'shop' })).status).toBe(403)
    expect(await helper.page('/admin')).not.toContain('Pour ouvrir la boutique')
  })

  it('are told by what is there', async () => {
    expect(await states(owner)).toEqual({
      shop: 'À faire, open',
      cinetpay: 'Fait',
      book: 'À faire',
      sale: 'À faire',
    })
    expect(await owner.page('/admin')).toContain(`href="${STEPS}#shop"`)

    const form = { version: '0', suite: 'premiers-pas', name: 'Chez Moussa', tagline: '' }
    const answer = await owner.post('/admin/reglages/boutique', {
      ...form,
      country: '',
      whatsapp: '',
      email: '',
    })
    expect(answer.headers.get('location')).toBe(`${STEPS}?fait=enregistre`)
    const saved = await owner.page(`${STEPS}?fait=enregistre`)
    expect(saved).toContain('On continue')
    // What was just done is not asked for again, here or at home.
    expect(saved).not.toContain('Donnez un nom')
    expect(saved).toContain('Il reste à dire qui vend')
    expect(await owner.page('/admin')).toMatch(/Prochaine étape\s?: Indiquer qui vend/)
    // The legal pages are made from who sells.
    expect(await states(owner)).toMatchObject({ shop: 'À faire, open', book: 'À faire' })
    const seller = {
      seller: 'Moussa Diarra',
      address: 'Bamako',
      phone: '76123456',
      host: 'Un hébergeur',
    }
    await test.sql`
      insert into settings (section, value, version, changed_at)
      values ('legal', ${test.sql.json({ ...defaultSettings.legal, ...seller })}, 1, now())`
    test.advance(3_000)
    expect(await states(owner)).toMatchObject({ shop: 'Fait', book: 'À faire, open' })

    await own(test, owner)
    expect(await states(owner)).toMatchObject({ book: 'Fait', sale: 'À faire, open' })
    expect(await owner.page(STEPS)).toContain('href="/livres/le-livre"')

    const { payPage } = await anOrder(test, 'le-livre')
    await atCinetpay(test, payPage, 'accept')
    await test.settled()
    expect(await states(owner)).toMatchObject({ sale: 'Fait' })
    expect(await owner.page(STEPS)).toContain('Votre boutique est ouverte')
    expect(await owner.page('/admin')).not.toContain('Pour ouvrir la boutique')
  })

  it('can be left, taken up again, and kept off the first page', async () => {
    await test.sql`update books set changed_by = null`
    expect(await states(owner)).toMatchObject({ book: 'À faire, open' })
    await owner.post(`${STEPS}/plus-tard`, { step: 'book', later: 'yes' })
    expect(await states(owner)).toMatchObject({ book: 'Plus tard', sale: 'À faire, open' })
    await owner.post(`${STEPS}/plus-tard`, { step: 'book', later: 'no' })
    expect(await states(owner)).toMatchObject({ book: 'À faire, open' })
    expect((await owner.post(`${STEPS}/plus-tard`, { step: 'other' })).status).toBe(400)

    expect(await owner.page('/admin')).toContain('Pour ouvrir la boutique')
    await owner.post(`${STEPS}/accueil`, { hidden: 'yes' })
    expect(await owner.page('/admin')).not.toContain('Pour ouvrir la boutique')
    await owner.post(`${STEPS}/accueil`, { hidden: 'no' })
    expect(await owner.page('/admin')).toContain('Pour ouvrir la boutique')
  })

  it('show which keys are given and where CinetPay calls, and never a key', async () => {
    const html = await owner.page(`${STEPS}/cinetpay`)
    for (const name of Object.keys(KEYS)) expect(html).toContain(name)
    for (const value of Object.values(KEYS)) expect(html).not.toContain(value)
    expect(html).toContain('https://livres.example.net/payment/callback/')
    expect(html).toContain('https://livres.example.net/payment/return/')
  })

  const answers: [string, () => Response | Promise<Response>, string][] = [
    [
      'a wrong key',
      () => Response.json({ code: '609', message: 'AUTH_NOT_FOUND' }, { status: 400 }),
      'wrong-key',
    ],
    [
      'a wrong site',
      () => Response.json({ code: 613, message: 'x' }, { status: 400 }),
      'wrong-site',
    ],
    [
      'an error of its own',
      () => Response.json({ code: '600', message: 'x' }, { status: 400 }),
      'works',
    ],
    [
      'nothing sure',
      () => Response.json({ code: '624', message: 'x' }, { status: 400 }),
      'unclear',
    ],
    [
      'a closed door',
      () => Response.json({ code: '403', message: 'x' }, { status: 403 }),
      'unclear',
    ],
    [
      'trouble over there',
      () => Response.json({ code: '600', message: 'x' }, { status: 502 }),
      'unclear',
    ],
    ['a page', () => new Response('<h1>1010</h1>', { status: 403 }), 'unclear'],
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
  ]
  it.each(answers)('tell what the test of the keys says: %s', async (_, answer, kind) => {
    let sent = ''
    test.intercept(async (request) => {
      sent = await request.clone().text()
      return answer()
    })
    const response = await owner.post(`${STEPS}/cinetpay`, {})
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(`data-probe="${kind}"`)
    expect((JSON.parse(sent) as { transaction_id: string }).transaction_id).toMatch(
      /^[0-9A-F]{24}$/,
    )
    expect(test.lines.at(-2)).toContain('provider.probed')
    for (const value of Object.values(KEYS)) expect(test.lines.join('\n')).not.toContain(value)
  })

  it('tell of the true CinetPay, played: these keys work, and moved nothing', async () => {
    const count = () => test.sql`select count(*)::int as n from notices`
    const before = await count()
    expect(await (await owner.post(`${STEPS}/cinetpay`, {})).text()).toContain('data-probe="works"')
    expect(await count()).toEqual(before)
  })

  it('say that the Secret Key is right once a signed notice has come', async () => {
    await test.sql`delete from notices`
    expect(await owner.page(`${STEPS}/cinetpay`)).toContain('ne peut pas être testée d’ici')
    const { transactionId } = await anOrder(test, 'le-livre', { phone: '70 00 00 11' })
    await notify(test, noticeFields(transactionId))
    expect(await owner.page(`${STEPS}/cinetpay`)).toContain('La Secret Key est valide')
  })
})

describe('the first steps of a demonstration', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop({
      CINETPAY_API_KEY: undefined as never,
      CINETPAY_SITE_ID: undefined as never,
      CINETPAY_SECRET: undefined as never,
      DEMONSTRATION: 'on',
    })
  })
  afterAll(() => test.close())

  it('explain the simulator, and offer no test of keys that are not there', async () => {
    const owner = await signIn(test)
    const html = await owner.page(`${STEPS}/cinetpay`)
    expect(html).toContain('un simulateur remplace CinetPay')
    expect(html).not.toContain('Tester les clés')
    expect(html).toContain('manquante')
    expect(await states(owner)).toMatchObject({ cinetpay: 'À faire' })
    expect(await owner.page(STEPS)).toContain('Mettez d’abord un livre')
  })
})

describe('the desk’s first page', () => {
  let test: TestShop
  let owner: Desk
  beforeAll(async () => {
    test = await openTestShop()
    owner = await signIn(test)
    await aBook(test)
  })
  afterAll(() => test.close())

  it('is for whoever is signed in, and empty at first', async () => {
    expect((await test.request('/admin')).status).toBe(303)
    const html = await owner.page('/admin')
    expect(html).toContain('Aucune vente')
    expect(html).toContain('Rien à traiter')
    expect(html).toContain('Aucune commande')
    const helper = await signIn(test, 'helper', 'Fatou')
    expect((await helper.get('/admin')).status).toBe(200)
  })

  it('tells today’s sales, what is to look at, and the latest five orders', async () => {
    const phones = ['01', '02', '03', '04', '05', '06']
    const orders = []
    for (const end of phones) {
      test.advance(1_000)
      orders.push(await anOrder(test, 'le-livre', { phone: `70 22 00 ${end}` }))
    }
    await atCinetpay(test, orders[0]!.payPage, 'accept')
    await atCinetpay(test, orders[1]!.payPage, 'accept')
    await atCinetpay(test, orders[2]!.payPage, 'accept', 'check-wrong-amount')
    await test.settled()
    const html = await owner.page('/admin')
    expect(html).toMatch(/10\s000\sF\sCFA<\/strong> <span>2 ventes/)
    expect(html).toContain('1 paiement d’un montant inattendu')
    const listed = [...html.matchAll(/href="\/admin\/commandes\/([0-9A-Z]{8})"/g)].map(
      ([, code]) => code,
    )
    expect(listed).toEqual(
      orders
        .slice(1)
        .reverse()
        .map(({ code }) => code),
    )

    test.advance(24 * 60 * 60_000 - 60_000)
    const nextDay = await signIn(test)
    expect(await nextDay.page('/admin')).toContain('Aucune vente')
  })
})
