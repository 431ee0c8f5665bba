import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { forgetUnpaid } from '../../../src/scheduler/forget.ts'
import { aBook, anOrder, atCinetpay, openTestShop, statusOf } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'
import { signIn } from '../../support/desk.ts'
import { noticeFields, notify } from '../../support/notices.ts'

let test: TestShop
let owner: Awaited<ReturnType<typeof signIn>>
let helper: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  owner = await signIn(test)
  helper = await signIn(test, 'helper', 'Fatou')
})
beforeEach(() => test.advance(11 * 60_000))
afterAll(() => test.close())

const ROOM = '/admin/reglages/vie-privee'
const DAY_MS = 24 * 60 * 60_000

const seek = async (sought: string) => (await owner.post(ROOM, { sought })).text()
const erase = (sought: string, typed: Record<string, string> = {}) =>
  owner.post(`${ROOM}/effacer`, { sought, why: 'asked', confirm: 'EFFACER', ...typed })

let nextPhone = 70_10_00_00
/** Somebody new, whose name, number and e-mail stand nowhere else. */
function somebody() {
  const digits = String(nextPhone++)
  return {
    name: `Kadidia${digits} Sangaré`,
    phone: digits.replace(/(..)/g, '$1 ').trim(),
    country: 'ML',
    email: `kadidia.${digits}@example.com`,
    digits,
  }
}

type Somebody = ReturnType<typeof somebody>

/** An order with a trace of its buyer in every place that has one. */
async function aTracedOrder(buyer: Somebody) {
  const order = await anOrder(test, 'le-livre', buyer)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  await notify(test, noticeFields(order.transactionId, { cel_phone_num: buyer.digits }))
  const { personId } = owner
  const now = test.shop.now()
  const why = `${buyer.name} (${buyer.phone}, ${buyer.email})`
  await test.sql`
    with the_order as (select id from orders where code = ${order.code}), noted as (
      insert into order_notes (order_id, person_id, text, at)
      select id, ${personId}, ${`Appelée : ${why}`}, ${now} from the_order
    ), done as (
      insert into order_deeds (order_id, kind, reason, person_id, at)
      select id, 'revoke', ${`Demande de ${why}`}, ${personId}, ${now} from the_order
    )
    insert into refunds (payment_id, order_id, amount, reason, reference, person_id, at)
    select payments.id, the_order.id, 5000, ${`Remboursé à ${why}`}, ${`OM ${buyer.phone}`},
      ${personId}, ${now}
    from the_order
    join payments on payments.order_id = the_order.id`
  await test.sql`
    insert into simulated_transactions (site_id, transaction_id, token, body)
    select '1', transaction_id, provider_token, ${test.sql.json({ phone: buyer.digits, state: 'ACCEPTED' })}
    from payments
    where transaction_id = ${order.transactionId}`
  return order
}

/** Every text and jsonb value of every table that contains the words, whatever tables there are. */
async function findEverywhere(...words: string[]) {
  const columns = await test.sql<{ tableName: string; columnName: string }[]>`
    select columns.table_name, columns.column_name
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public'
      and table_type = 'BASE TABLE'
      and data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea')`
  expect(columns.length).toBeGreaterThan(60)
  const found: string[] = []
  for (const { tableName, columnName } of columns)
    for (const word of words) {
      const rows = await test.sql`
        select 1
        from ${test.sql(tableName)}
        where position(lower(${word}) in lower(${test.sql(columnName)}::text)) > 0
          or position(${word.replace(/\D/g, '') || '-none-'} in
            regexp_replace(${test.sql(columnName)}::text, '[^0-9]', '', 'g')) > 0
            and ${/^[\d ]+$/.test(word)}
        limit 1`
      if (rows.length > 0) found.push(`${tableName}.${columnName}`)
    }
  return [...new Set(found)].sort()
}

describe('what is known of a buyer', () => {
  it('is the owner’s to see, to give and to erase', async () => {
    const fields = { sought: '70 00 00 00', why: 'asked', confirm: 'EFFACER' }
    for (const path of [ROOM, `${ROOM}/copie`, `${ROOM}/effacer`]) {
      expect((await helper.post(path, fields)).status).toBe(403)
      expect((await test.post(path, fields)).status).toBe(403)
      expect((await test.post(path, fields, { cookie: owner.headers.cookie })).status).toBe(403)
    }
    const asked = await owner.get(`${ROOM}/copie`)
    expect([asked.status, asked.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('is found by phone, however it is typed, and by e-mail', async () => {
    const buyer = somebody()
    await anOrder(test, 'le-livre', buyer)
    const { digits } = buyer
    for (const sought of [digits, `+223${digits}`, buyer.phone, `00223 ${digits}`, buyer.email]) {
      const html = await seek(sought)
      expect(html).toContain(buyer.name)
      expect(html).toContain(buyer.email)
    }
    expect(await seek(buyer.email.toUpperCase())).toContain(buyer.name)
    expect(await seek('79 99 99 99')).toContain('Rien n’est connu de +223 79 99 99 99')
    expect((await owner.post(ROOM, { sought: 'kadi' })).status).toBe(422)
    expect((await owner.post(ROOM, { sought: '' })).status).toBe(422)
  })

  it('leads to the other contacts that its orders bear', async () => {
    const buyer = somebody()
    await anOrder(test, 'le-livre', buyer)
    expect(await seek(buyer.digits)).not.toContain('Chercher aussi')
    const elsewhere = { ...somebody(), email: buyer.email }
    await anOrder(test, 'le-livre', elsewhere)
    await anOrder(test, 'le-livre', { ...elsewhere, email: '' })
    expect(await seek(buyer.digits)).toContain(`Chercher aussi ${buyer.email}`)
    const html = await seek(buyer.email)
    expect(html).toContain('2 commandes de')
    expect(html).toContain(`Chercher aussi +223${elsewhere.digits}`)
  })

  it('is given away whole, as a file', async () => {
    const buyer = somebody()
    const order = await aTracedOrder(buyer)
    const answer = await owner.post(`${ROOM}/copie`, { sought: buyer.digits })
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="personne-\d{4}-\d\d-\d\d\.json"$/,
    )
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const { orders } = (await answer.json()) as { orders: Record<string, never>[] }
    expect(orders).toHaveLength(1)
    expect(orders[0]).toMatchObject({
      code: order.code,
      amount: 5000,
      book: 'Le livre',
      buyer: { name: buyer.name, phone: `+223${buyer.digits}`, email: buyer.email },
      payments: [{ transactionId: order.transactionId, status: 'accepted' }],
      notes: [{ text: expect.stringContaining('Appelée') }],
      reasons: [{ reason: expect.stringContaining('Demande de') }],
      refunds: [{ amount: 5000 }],
    })
    expect(JSON.stringify(orders[0]!['events'])).toContain('order.paid')
    expect(JSON.stringify(orders[0]!['notices'])).toContain('cpm_trans_id')
  })
})

describe('erasing a buyer', () => {
  it('asks for the word and the reason, and keeps what was typed', async () => {
    const buyer = somebody()
    await anOrder(test, 'le-livre', buyer)
    const refused: Record<string, string>[] = [
      { confirm: 'effacez' },
      { confirm: '' },
      { why: '' },
      { why: 'other' },
    ]
    for (const typed of refused) {
      const answer = await erase(buyer.digits, typed)
      expect(answer.status).toBe(422)
      const html = await answer.text()
      expect(html).toContain(buyer.name)
      if (typed['confirm']) expect(html).toContain(`value="${typed['confirm']}"`)
    }
    expect(await findEverywhere(buyer.name)).toEqual(['orders.buyer_name'])
  })

  it('leaves no trace of the person in any table or log line, and the accounts whole', async () => {
    const buyer = somebody()
    const first = await aTracedOrder(buyer)
    const second = await anOrder(test, 'le-livre', { ...buyer, phone: `+223 ${buyer.phone}` })
    const other = somebody()
    await anOrder(test, 'le-livre', other)
    const traces = [buyer.name, buyer.digits, buyer.email]
    expect(await findEverywhere(...traces)).toEqual([
      'order_deeds.reason',
      'order_notes.text',
      'orders.buyer_name',
      'orders.email',
      'orders.phone_e164',
      'orders.phone_typed',
      'refunds.reason',
      'refunds.reference',
      'simulated_transactions.body',
    ])
    const accounts = () => test.sql`
      select
        orders.code, orders.amount, orders.currency, orders.status, orders.created_at,
        orders.paid_at, payments.transaction_id, payments.operator, payments.operator_reference,
        payments.status as payment_status
      from orders
      join payments on payments.order_id = orders.id
      where orders.code in (${first.code}, ${second.code})
      order by payments.id`
    const before = await accounts()
    const hashes = await test.sql<{ formHash: string }[]>`
      select form_hash from orders where code in (${first.code}, ${second.code})`

    const answer = await erase(buyer.digits)
    expect(answer.headers.get('location')).toBe(`${ROOM}?efface=2`)
    expect(await owner.page(`${ROOM}?efface=2`)).toContain('effacée de 2 commandes')

    expect(await findEverywhere(...traces)).toEqual([])
    expect(await findEverywhere(...hashes.map(({ formHash }) => formHash))).toEqual([])
    const lines = test.lines.join('\n')
    for (const trace of [...traces, buyer.phone]) expect(lines).not.toContain(trace)
    const [notice] = await test.sql`
      select record from notices
      where transaction_id = ${first.transactionId} and kind = 'notice'
      limit 1`
    expect(Object.keys(notice!['record'])).not.toContain('cel_phone_num')

    expect(await accounts()).toEqual(before)
    expect(await findEverywhere(other.name)).toEqual(['orders.buyer_name'])
    expect(await seek(buyer.digits)).toContain('Rien n’est connu')
    expect(await seek(buyer.email)).toContain('Rien n’est connu')
  })

  it('keeps an operator’s reference, unless it is the person’s own number', async () => {
    const buyer = somebody()
    const [taken, named] = [
      await anOrder(test, 'le-livre', buyer),
      await anOrder(test, 'le-livre', buyer),
    ]
    const refer = (to: string, transactionId: string) =>
      test.sql`update payments set operator_reference = ${to} where transaction_id = ${transactionId}`
    await refer('MP261102.1003.A12345', taken.transactionId)
    await refer(`Wave ${buyer.phone}`, named.transactionId)
    await erase(buyer.digits)
    const rows = await test.sql`
      select operator_reference from payments
      where transaction_id in (${taken.transactionId}, ${named.transactionId})
      order by id`
    expect(rows.map((row) => row['operatorReference'])).toEqual(['MP261102.1003.A12345', ''])
  })

  it('ends the links of the person', async () => {
    const buyer = somebody()
    const { page, payPage } = await anOrder(test, 'le-livre', buyer)
    await atCinetpay(test, payPage, 'accept')
    await test.settled()
    const html = await (await test.request(page)).text()
    const file = /href="(\/d\/[^"?]*)/.exec(html)![1]!
    const given = await test.request(file)
    expect(given.status).toBe(200)
    await given.arrayBuffer()
    await erase(buyer.email)
    expect((await test.request(page)).status).toBe(404)
    expect((await test.request(file)).status).toBe(404)
  })

  it('is told in the ledger and the journal without a word of who it was', async () => {
    const buyer = somebody()
    const { code } = await anOrder(test, 'le-livre', buyer)
    await erase(buyer.digits, { why: 'authority' })
    const [event] = await test.sql`
      select events.detail, events.person_id from events
      join orders on orders.id = events.order_id
      where orders.code = ${code} and events.kind = 'person.erased'`
    expect(event).toEqual({ detail: {}, personId: owner.personId })
    expect(await owner.page(ROOM)).toMatch(/Moussa · 1 commande · une autorité le demande/)
  })

  it('is for ever: neither a late notice nor a change that waited brings the person back', async () => {
    const buyer = somebody()
    const { code, transactionId } = await anOrder(test, 'le-livre', buyer)
    await erase(buyer.digits)
    await notify(test, noticeFields(transactionId, { cel_phone_num: buyer.digits }))
    const rows = await test.sql`
      select record from notices where transaction_id = ${transactionId} and kind = 'notice'`
    expect(rows).toHaveLength(1)
    expect(Object.keys(rows[0]!['record'])).not.toContain('cel_phone_num')

    for (const change of [
      test.sql`update orders set buyer_name = ${buyer.name} where code = ${code}`,
      test.sql`update orders set phone_e164 = '+22370000000' where code = ${code}`,
      test.sql`update orders set erased_at = null, phone_e164 = '+22370000000' where code = ${code}`,
      test.sql`update orders set form_hash = 'erased-again' where code = ${code}`,
    ])
      await expect(change.then()).rejects.toMatchObject({ name: 'PostgresError' })
  })

  it('never loses money that comes late', async () => {
    const buyer = somebody()
    const { code, payPage } = await anOrder(test, 'le-livre', buyer)
    await erase(buyer.digits)
    await atCinetpay(test, payPage, 'accept')
    await test.settled()
    const [order] = await test.sql`select status, amount from orders where code = ${code}`
    expect(order).toEqual({ status: 'paid', amount: 5000 })
    expect(await findEverywhere(buyer.name, buyer.digits, buyer.email)).toEqual([])
  })

  it('done twice at once is done once', async () => {
    const buyer = somebody()
    await anOrder(test, 'le-livre', buyer)
    const answers = await Promise.all([erase(buyer.digits), erase(buyer.digits)])
    const done = new Set(answers.map((answer) => answer.headers.get('location')))
    expect(done).toEqual(new Set([`${ROOM}?efface=0`, `${ROOM}?efface=1`]))
  })
})

describe('who ordered and never paid', () => {
  const settle = async (unpaidDays: number) => {
    await test.sql`delete from settings`
    await test.sql`
      insert into settings (section, value, changed_at)
      values ('retention', ${test.sql.json({ unpaidDays })}, now())`
  }

  it('is forgotten after the days of the settings, whose page still opens', async () => {
    await settle(30)
    const buyer = somebody()
    const { page } = await anOrder(test, 'le-livre', buyer)
    const late = somebody()
    test.advance(29 * DAY_MS)
    await anOrder(test, 'le-livre', late)
    await forgetUnpaid(test.shop)
    expect(await findEverywhere(buyer.name)).toEqual(['orders.buyer_name'])
    test.advance(2 * DAY_MS)
    expect(await forgetUnpaid(test.shop)).toBeGreaterThan(0)
    expect(await findEverywhere(buyer.name, buyer.digits, buyer.email)).toEqual([])
    expect(await findEverywhere(late.name)).toEqual(['orders.buyer_name'])
    expect((await test.request(page)).status).toBe(200)
    expect(await forgetUnpaid(test.shop)).toBe(0)
  })

  it('is forgotten by a pass of the scheduler', async () => {
    await settle(10)
    const buyer = somebody()
    await anOrder(test, 'le-livre', buyer)
    test.advance(11 * DAY_MS)
    const { cronSecret } = test.shop.config
    await test.post('/cron', {}, { authorization: `Bearer ${cronSecret}` })
    expect(await findEverywhere(buyer.name, buyer.digits, buyer.email)).toEqual([])
  })

  it('is kept when the settings say never, when it was paid, and when it must be looked at', async () => {
    const [kept, paid, held] = [somebody(), somebody(), somebody()]
    await settle(0)
    await anOrder(test, 'le-livre', kept)
    const toPay = await anOrder(test, 'le-livre', paid)
    await atCinetpay(test, toPay.payPage, 'accept')
    const toHold = await anOrder(test, 'le-livre', held)
    await atCinetpay(test, toHold.payPage, 'accept', 'check-wrong-amount')
    await test.settled()
    expect(await statusOf(test, toHold.page)).toBe('review')
    test.advance(400 * DAY_MS)
    expect(await forgetUnpaid(test.shop)).toBe(0)
    await settle(1)
    test.advance(3_000)
    expect(await forgetUnpaid(test.shop)).toBeGreaterThan(0)
    expect(await findEverywhere(kept.name)).toEqual([])
    expect(await findEverywhere(paid.name)).toEqual(['orders.buyer_name'])
    expect(await findEverywhere(held.name)).toEqual(['orders.buyer_name'])
  })
})
