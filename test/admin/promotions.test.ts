import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signIn } from '../support/desk.ts'
import { aPromotion, openStraight } from '../support/promotions.ts'
import { AWA, aBook, atCinetpay, formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test, { slug: 'le-livre', title: 'Le livre', price: 5000 })
  await aBook(test, { slug: 'petit', title: 'Le petit', price: 150 })
  moussa = await signIn(test)
})
let codes = 0
beforeEach(() => {
  codes += 1
  test.advance(60_000)
})
afterAll(() => test.close())

const newCode = () => `NOEL${codes}`
const RULES = { code: '', kind: 'percent', value: '20', from: '', until: '', max: '' }
const create = (rules: Record<string, string>) =>
  moussa.post('/admin/promotions', { ...RULES, code: newCode(), ...rules })
const promotionOf = async (code: string) => {
  const [row] = await test.sql`
    select id, code, kind, value, starts_at, ends_at, max_uses, uses, active, version
    from promotions where code = ${code}`
  return row!
}
const idOf = async (slug: string) => {
  const [row] = await test.sql<{ id: number }[]>`select id from books where slug = ${slug}`
  return row!.id
}
const booksOf = async (promotionId: number) => {
  const rows = await test.sql<{ slug: string }[]>`
    select slug from promotion_books join books on books.id = book_id
    where promotion_id = ${promotionId} order by slug`
  return rows.map(({ slug }) => slug)
}
/** The form to change a promotion, with what stands in it. */
const editing = async (id: number) => {
  const html = await moussa.page(`/admin/promotions/${id}`)
  const { action, fields } = formIn(html, /\/promotions\/\d+$/)
  return (changes: Record<string, string>) =>
    moussa.post(action, { ...fields, ...RULES, ...changes })
}

describe('a seller', () => {
  it('makes a code, which works at once', async () => {
    const answer = await create({ value: '20' })
    expect(answer.status).toBe(303)
    const html = await moussa.page(answer.headers.get('location')!)
    expect(html).toContain('Le code est prêt')
    expect(html).toContain(`https://livres.example.net/livres/le-livre?code=${newCode()}`)
    const book = await (await test.request(`/livres/le-livre?code=${newCode()}`)).text()
    expect(book).toMatch(/Payer 4\s000/)
  })

  it('sees what buyers will pay, rounded, at the field', async () => {
    const answer = await create({ value: '50' })
    const html = await moussa.page(answer.headers.get('location')!)
    const rows = [...html.matchAll(/<tr><td class="number">(.*?)<\/td>.*?→ (.*?)<\/td>/g)]
    const told = rows.map(([, price, total]) => `${price} > ${total}`.replace(/[^\d>]/g, ''))
    expect(told).toEqual(['150>100', '5000>2500'])
    expect(html).toMatch(/rien en dessous de 100\s?F/)
  })

  it('types as people do: small letters, spaces, a percent sign, French dates', async () => {
    await create({
      code: ` no él ${codes} `,
      value: '20 %',
      from: '24/12/2026',
      until: '2026-12-31',
      max: '1 000',
    })
    expect(await promotionOf(newCode())).toMatchObject({
      kind: 'percent',
      value: 20,
      startsAt: new Date('2026-12-24T00:00:00Z'),
      // The last day counts whole.
      endsAt: new Date('2027-01-01T00:00:00Z'),
      maxUses: 1000,
    })
    const html = await moussa.page('/admin/promotions')
    expect(html).toContain('du 24 déc. 2026 au 31 déc. 2026')
    expect(html).toContain('À venir')
  })

  it('chooses books, and changes the choice', async () => {
    await create({ [`book-${await idOf('petit')}`]: 'on' })
    const { id } = await promotionOf(newCode())
    expect(await booksOf(id)).toEqual(['petit'])
    const save = await editing(id)
    await save({ code: newCode(), [`book-${await idOf('le-livre')}`]: 'on' })
    expect(await booksOf(id)).toEqual(['le-livre'])
    await (
      await editing(id)
    )({ code: newCode() })
    expect(await booksOf(id)).toEqual([])
  })

  it('stops a code and starts it again; the same button twice is one deed', async () => {
    const id = await aPromotion(test, { code: newCode() })
    const html = await moussa.page(`/admin/promotions/${id}`)
    const { action, fields } = formIn(html, /\/etat$/)
    for (let tap = 0; tap < 2; tap++) expect((await moussa.post(action, fields)).status).toBe(303)
    expect(await promotionOf(newCode())).toMatchObject({ active: false, version: 2 })
    const book = await (await test.request(`/livres/le-livre?code=${newCode()}`)).text()
    expect(book).toContain('est terminée')
    const again = formIn(await moussa.page(`/admin/promotions/${id}`), /\/etat$/)
    await moussa.post(again.action, again.fields)
    expect((await promotionOf(newCode()))['active']).toBe(true)
  })

  it('sees the uses, the sales and what was given away', async () => {
    const code = newCode()
    const id = await aPromotion(test, { code, value: 20, maxUses: 10 })
    for (const [phone, deed] of [
      ['70200001', 'accept'],
      ['70200002', 'wait'],
    ] as const) {
      const page = await (await test.request(`/livres/le-livre?code=${code}`)).text()
      const { action, fields } = formIn(page, /\/acheter$/)
      const bought = await test.post(action, { ...fields, ...AWA, phone })
      if (deed === 'accept') await atCinetpay(test, bought.headers.get('location')!, deed)
    }
    await test.settled()
    const html = (await moussa.page(`/admin/promotions/${id}`)).replace(/[\u00a0\u202f]/g, ' ')
    expect(html).toContain('<dd>2 utilisations sur 10</dd>')
    expect(html).toContain('<dt>Ventes payées</dt><dd>1</dd>')
    expect(html).toMatch(/<dt>Argent reçu<\/dt><dd>4 000 F/)
    expect(html).toMatch(/<dt>Réductions données<\/dt><dd>1 000 F/)
  })

  it('counts no sale that was made in a trial', async () => {
    const id = await aPromotion(test, { code: newCode(), value: 100 })
    await openStraight(test, { promotionId: id, simulated: true })
    expect(await moussa.page(`/admin/promotions/${id}`)).toContain(
      '<dt>Ventes payées</dt><dd>0</dd>',
    )
    await openStraight(test, { promotionId: id })
    expect(await moussa.page(`/admin/promotions/${id}`)).toContain(
      '<dt>Ventes payées</dt><dd>1</dd>',
    )
  })

  const wrong: [string, Record<string, string>][] = [
    ['code', { code: 'AB' }],
    ['code', { code: 'A'.repeat(21) }],
    ['code', { code: 'CINQ€' }],
    ['kind', { kind: 'gift' }],
    ['value', { value: '0' }],
    ['value', { value: '101' }],
    ['value', { value: '-5' }],
    ['value', { value: '1e1' }],
    ['value', { value: '12,5' }],
    ['value', { kind: 'amount', value: '99999999' }],
    ['from', { from: '2026-02-30' }],
    ['until', { until: 'demain' }],
    ['until', { from: '2026-12-24', until: '2026-12-23' }],
    ['max', { max: '0' }],
    ['max', { max: 'dix' }],
  ]
  it.each(wrong)('is told at %s, with what was typed kept: %j', async (field, rules) => {
    const book = `book-${await idOf('petit')}`
    const answer = await create({ ...rules, [book]: 'on' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(`id="${field}-error"`)
    expect(html).toContain('Rien n’a été enregistré')
    for (const [name, value] of Object.entries(rules))
      if (name !== 'kind') expect(html).toContain(`value="${value}"`)
    expect(html).toMatch(new RegExp(`id="${book}"[^>]*checked`))
    const [row] = await test.sql`
      select count(*)::int as count from promotions where created_at = ${test.shop.now()}`
    expect(row!['count']).toBe(0)
  })

  it('is told when a code exists, new or changed', async () => {
    await aPromotion(test, { code: newCode() })
    const answer = await create({})
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Ce code existe déjà')
    const id = await aPromotion(test, { code: `X${newCode()}` })
    const changed = await (await editing(id))({ code: newCode() })
    expect(changed.status).toBe(422)
    expect(await changed.text()).toContain('Ce code existe déjà')
  })

  it('who saves second is told who was first, loses nothing, and may save again', async () => {
    const id = await aPromotion(test, { code: newCode() })
    const fatou = await signIn(test, 'helper', 'Fatou')
    const save = await editing(id)
    const html = await fatou.page(`/admin/promotions/${id}`)
    const { action, fields } = formIn(html, /\/promotions\/\d+$/)
    await fatou.post(action, { ...fields, ...RULES, code: newCode(), value: '30' })

    const answer = await save({ code: newCode(), value: '40' })
    expect(answer.status).toBe(409)
    const told = await answer.text()
    expect(told).toContain('Fatou a enregistré une autre version')
    expect(told).toMatch(/La version enregistrée : −30\s%/)
    expect(told).toContain('value="40"')
    expect(await promotionOf(newCode())).toMatchObject({ value: 30 })

    const again = formIn(told, /\/promotions\/\d+$/)
    await moussa.post(again.action, { ...again.fields, ...RULES, code: newCode(), value: '40' })
    expect(await promotionOf(newCode())).toMatchObject({ value: 40 })
  })
})

describe('the desk’s promotions', () => {
  it('are for who is signed in, and their deeds from our own pages', async () => {
    expect((await test.request('/admin/promotions')).status).toBe(303)
    const headers = { ...moussa.headers, 'sec-fetch-site': 'cross-site' }
    const forged = await test.post('/admin/promotions', { ...RULES, code: newCode() }, headers)
    expect(forged.status).toBe(403)
  })

  it('answer 404 where there is none, and 400 to what no form of ours sends', async () => {
    expect((await moussa.get('/admin/promotions/999999')).status).toBe(404)
    expect((await moussa.post('/admin/promotions/999999', { ...RULES, version: '1' })).status).toBe(
      404,
    )
    const id = await aPromotion(test, { code: newCode() })
    for (const version of ['x', '1.5', '99999999999']) {
      const answer = await moussa.post(`/admin/promotions/${id}`, { ...RULES, version })
      expect(answer.status).toBe(400)
    }
    expect((await moussa.post(`/admin/promotions/${id}/etat`, { active: 'maybe' })).status).toBe(
      400,
    )
  })
})
