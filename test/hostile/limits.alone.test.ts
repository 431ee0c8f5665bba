import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import '../support/cheap-hashes.ts'
import { app } from '../../src/app.tsx'
import { addPromotion } from '../../src/data/orders/promotions.ts'
import { examine } from '../../src/doctor/examine.ts'
import { newCode } from '../../src/lib/crockford.ts'
import { cookieOf, owner, signInForm } from '../support/access.ts'
import { form } from '../support/form.ts'
import { answered } from '../support/question.ts'
import { aBook, anOrder, atCinetpay, AWA, buyFrom, formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** A limit slows the stranger, never the person; and a hundred guesses at once are a hundred. */
const HOUR_MS = 60 * 60_000
const PASSWORD = 'un baobab sous la pluie'
const HERE = '198.51.100.7'
const ELSEWHERE = '203.0.113.9'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  await owner(test, 'moussa', PASSWORD)
})
beforeEach(() => {
  test.shop.visitorAddress = HERE
  // A new window of every limit: nobody's acts are left over.
  test.advance(25 * HOUR_MS)
})
afterAll(() => test.close())

const from = async <T>(address: string, deed: () => Promise<T>): Promise<T> => {
  const before = test.shop.visitorAddress
  test.shop.visitorAddress = address
  try {
    return await deed()
  } finally {
    test.shop.visitorAddress = before
  }
}
const atOnce = (count: number, deed: (i: number) => Promise<Response>) =>
  Promise.all(Array.from({ length: count }, (_, i) => deed(i)))
const count = (answers: Response[], status: number) =>
  answers.filter((answer) => answer.status === status).length
const counters = async () =>
  JSON.stringify(await test.sql`select key, count from throttles order by key, window_start`)

let last = 70_80_00_00
const aPhone = () => String(last++)
async function paid(phone: string) {
  const order = await anOrder(test, 'le-livre', { phone })
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  return order
}
const seek = (phone: string, proof: string, more = {}) =>
  test.post('/retrouver', { country: 'ML', phone, proof, ...more })
const TYPED = { country: 'ML', operator: 'orange', amount: '5000', message: '' }
const claim = (phone: string, reference: string) =>
  test.post('/retrouver/debite', { ...TYPED, phone, reference })

describe('a hundred guesses at once are a hundred', () => {
  it('at the last digits of a phone, of which both doors have one counter', async () => {
    const order = await paid('76 12 34 56')
    const html = await (await test.request(order.page)).text()
    const file = /href="(\/d\/[^"?]+)/.exec(html)![1]!
    const digits = (i: number) => ({ digits: String(1000 + i) })
    const [atFile, atPage] = await Promise.all([
      atOnce(60, (i) => test.post(file, digits(i))),
      atOnce(60, (i) => test.post(`${order.page}/ouvrir`, digits(60 + i))),
    ])
    expect(count([...atFile, ...atPage], 422)).toBe(10)
    expect(count([...atFile, ...atPage], 429)).toBe(110)
  })

  it('at the last digits, from a thousand addresses: a hundred an hour', async () => {
    const order = await paid('76 12 34 56')
    const answers = await atOnce(150, async (i) => {
      const shop = { ...test.shop, visitorAddress: `203.0.${i}.1` }
      return app.request(`${order.page}/ouvrir`, form({ digits: String(1000 + i) }), shop)
    })
    expect(count(answers, 422)).toBe(100)
    // Whoever bought goes by phone and code meanwhile, and is known from then on.
    test.shop.visitorAddress = ELSEWHERE
    const found = await seek('76123456', order.code)
    expect(found.headers.get('location')).toBe(order.page)
    const opened = await test.request(order.page, { headers: { cookie: cookieOf(found) } })
    expect(await opened.text()).toContain('/d/')
  })

  it('at a promotion’s code, in the address and in the form', async () => {
    const judged = (html: string) => html.includes('Nous ne connaissons pas ce code')
    const answers = await atOnce(250, (i) => test.request(`/livres/le-livre?code=NOEL${i}`))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(texts.filter(judged)).toHaveLength(200)
    const { action, fields } = formIn(
      await (await test.request('/livres/le-livre')).text(),
      /acheter$/,
    )
    const sent = await test.post(action, { ...fields, ...AWA, code: 'NOEL999' })
    expect(sent.status).toBe(422)
    expect(judged(await sent.text())).toBe(false)
  })

  it('at an order’s code', async () => {
    const phone = aPhone()
    const answers = await atOnce(100, () => seek(phone, newCode()))
    expect([count(answers, 422), count(answers, 429)]).toEqual([8, 92])
  })

  it('at an operator’s reference, of which both doors have one counter', async () => {
    const phone = aPhone()
    const guess = (i: number) => `MP261102.${1000 + i}.A00001`
    for (let i = 0; i < 8; i++)
      expect((await seek(phone, 'MP261102.9999.A0000' + i)).status).toBe(422)
    const person = async (i: number) =>
      seek(phone, guess(i), answered(await (await seek(phone, guess(i))).text()))
    const [found, claimed] = await Promise.all([
      atOnce(30, person),
      atOnce(30, (i) => claim(phone, guess(50 + i))),
    ])
    expect(count(found, 422) + count(claimed, 303)).toBe(40 - 8)
  }, 30_000)

  it('at a password, for one account and for many', async () => {
    const one = await atOnce(100, () => signInForm(test, 'moussa', 'faux'))
    expect([count(one, 422), count(one, 429)]).toEqual([5, 95])
    test.advance(HOUR_MS)
    const many = await atOnce(100, (i) => signInForm(test, `compte${i}`, 'faux'))
    expect([count(many, 422), count(many, 429)]).toEqual([20, 80])
  }, 30_000)

  it('at a purchase with one phone', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const phone = aPhone()
    const answers = await atOnce(100, (i) => {
      const { action, fields } = formIn(page, /acheter$/)
      return test.post(action, { ...fields, ...AWA, phone, name: `Awa ${i}` })
    })
    expect([count(answers, 303), count(answers, 429)]).toEqual([8, 92])
  }, 30_000)
})

describe('a stranger elsewhere', () => {
  it('who knows a phone holds up no purchase of its owner', async () => {
    const phone = aPhone()
    await from(ELSEWHERE, async () => {
      for (let i = 0; i < 30; i++) await buyFrom(test, 'le-livre', { phone })
    })
    for (let i = 0; i < 8; i++)
      expect((await buyFrom(test, 'le-livre', { phone })).status).toBe(303)
  })

  it('who knows a phone holds up no way to its books, nor a claim', async () => {
    const phone = aPhone()
    const order = await paid(phone)
    await from(ELSEWHERE, async () => {
      for (let i = 0; i < 30; i++) await seek(phone, newCode())
      await atOnce(50, (i) => seek(phone, `MP261102.${1000 + i}.A00001`))
      await atOnce(5, () => claim(phone, ''))
    })
    expect((await seek(phone, order.code)).headers.get('location')).toBe(order.page)
    expect((await claim(phone, '')).status).toBe(303)
  }, 30_000)

  it('who tries passwords keeps the owner out from nowhere', async () => {
    await from(ELSEWHERE, async () => {
      await atOnce(75, () => signInForm(test, 'moussa', 'faux'))
      await atOnce(75, (i) => signInForm(test, `compte${i}`, 'faux'))
    })
    expect((await signInForm(test, 'moussa', PASSWORD)).status).toBe(303)
  }, 30_000)

  it('who has a thousand addresses makes the owner answer a question, on a new device only', async () => {
    const cookie = cookieOf(await signInForm(test, 'moussa', PASSWORD))
    test.advance(2 * HOUR_MS)
    for (let i = 0; i < 40; i++)
      await from(`203.0.${i}.1`, () => signInForm(test, 'moussa', 'faux'))
    expect((await signInForm(test, 'moussa', PASSWORD, {}, { cookie })).status).toBe(303)
    const asked = await signInForm(test, 'moussa', PASSWORD)
    expect(asked.status).toBe(429)
    const answer = answered(await asked.text())
    expect((await signInForm(test, 'moussa', PASSWORD, answer)).status).toBe(303)
  }, 30_000)

  it('is told of to the seller, by the log and by the check-up', async () => {
    const phone = aPhone()
    const said = async () =>
      (await examine(test.shop, 'fr')).filter(({ name }) => name === 'Tentatives d’intrusion')
    expect((await said()).map(({ isAdvice }) => isAdvice)).toEqual([undefined])
    for (let i = 0; i < 60; i++) await from(`203.0.${i}.1`, () => seek(phone, newCode()))
    const [told, ...more] = await said()
    expect(more).toEqual([])
    expect(told).toMatchObject({ isWell: true, isAdvice: true })
    expect(told!.says).toContain('Retrouver mes livres')
    expect(test.lines.join('\n')).toContain('guesses.many')
    expect(test.lines.join('\n')).not.toContain(phone)
  }, 30_000)

  it('uses up nothing by what is refused', async () => {
    const phone = aPhone()
    await atOnce(9, () => buyFrom(test, 'le-livre', { phone }))
    await atOnce(9, () => seek(phone, newCode()))
    await atOnce(6, () => signInForm(test, 'moussa', 'faux'))
    await atOnce(4, () => claim(phone, ''))
    const before = await counters()
    for (let i = 0; i < 20; i++) {
      await buyFrom(test, 'le-livre', { phone })
      await seek(phone, newCode())
      await signInForm(test, 'moussa', 'faux')
    }
    await claim(phone, '')
    expect(await counters()).toBe(before)
  }, 30_000)
})

describe('a town behind one address', () => {
  it('buys: two thousand people within ten minutes', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter$/)
    const statuses = new Set<number>()
    for (let i = 0; i < 2_000; i += 10) {
      const answers = await atOnce(10, (j) => {
        return test.post(action, { ...fields, ...AWA, phone: String(71_000_000 + i + j) })
      })
      for (const answer of answers) statuses.add(answer.status)
    }
    expect([...statuses]).toEqual([303])
    const wrong = await atOnce(100, () => seek(aPhone(), newCode()))
    expect(count(wrong, 422)).toBe(100)
  }, 120_000)

  it('types one wrong code two thousand times, and is refused no right one', async () => {
    const promotion = { code: 'RENTREE', kind: 'percent', value: 10 } as const
    const [person] = await test.sql<{ id: number }[]>`select id from people`
    const rules = { ...promotion, startsAt: null, endsAt: null, maxUses: null }
    await addPromotion(test.sql, { ...rules, bookIds: [] }, person!.id, test.shop.now())
    for (let i = 0; i < 2_000; i += 100)
      await atOnce(100, () => test.request('/livres/le-livre?code=RENTRE'))
    const html = await (await test.request('/livres/le-livre?code=RENTREE')).text()
    expect(html).toContain('class="code-applied"')
  }, 60_000)

  const crowd = (kind: string) =>
    test.sql`update throttles set count = 1000000 where key like ${`${kind} %`}`

  it('is asked a question past that, and goes on with all that was typed', async () => {
    const phone = aPhone()
    await buyFrom(test, 'le-livre', { phone })
    await crowd('buy.address')
    const typed = { ...AWA, phone, email: 'awa@example.net', name: 'Awa « la grande »' }
    const asked = await buyFrom(test, 'le-livre', typed)
    expect(asked.status).toBe(429)
    const html = await asked.text()
    expect(html).toContain('Beaucoup de demandes viennent de votre réseau')
    for (const value of [phone, 'awa@example.net', 'Awa « la grande »'])
      expect(html).toContain(`value="${value}"`)
    const { action, fields } = formIn(html, /acheter$/)
    const sent = { ...fields, ...typed, ...answered(html) }
    const wrong = await test.post(action, { ...sent, answer: '00000' })
    expect(wrong.status).toBe(429)
    const again = await wrong.text()
    // A question is good for one answer.
    expect((await test.post(action, sent)).status).toBe(429)
    const right = { ...sent, ...answered(again) }
    const bought = await test.post(action, right)
    expect(bought.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com\//)
    const other = { ...right, phone: aPhone() }
    expect((await test.post(action, other)).status).toBe(429)
  })

  it('is not asked about an order that its first tap opened', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter$/)
    const sent = { ...fields, ...AWA, phone: aPhone() }
    for (let i = 0; i < 7; i++)
      expect((await test.post(action, { ...sent, name: `Awa ${i}` })).status).toBe(303)
    const taps = [await test.post(action, sent), await test.post(action, sent)]
    expect(taps.map(({ status }) => status)).toEqual([303, 303])
    expect(taps[0]!.headers.get('location')).toBe(taps[1]!.headers.get('location'))
  })

  it('uses up nothing of a phone by what the address refuses', async () => {
    const phone = aPhone()
    await buyFrom(test, 'le-livre', { phone: aPhone() })
    await crowd('buy.address')
    const before = await counters()
    for (let i = 0; i < 3; i++)
      expect((await buyFrom(test, 'le-livre', { phone })).status).toBe(429)
    const left = JSON.parse(await counters()) as { key: string; count: number }[]
    expect(left.filter(({ key, count }) => key.startsWith('buy.') && count > 0)).toEqual(
      (JSON.parse(before) as typeof left).filter(
        ({ key, count }) => key.startsWith('buy.') && count > 0,
      ),
    )
  })

  it.each([
    ['forged', (token: string) => token.replace(/.{4}$/, 'AAAA')],
    [
      'later',
      (token: string) => token.replace(/^[^.]+/, (at) => (parseInt(at, 36) + 9e5).toString(36)),
    ],
    ['of another nonce', (token: string) => token.replace(/\..{4}/, '.AAAA')],
    ['empty', () => ''],
  ])('is not let through by a token that is %s', async (_, made) => {
    await buyFrom(test, 'le-livre', { phone: aPhone() })
    await crowd('buy.address')
    const html = await (await buyFrom(test, 'le-livre', { phone: aPhone() })).text()
    const { action, fields } = formIn(html, /acheter$/)
    const { question, answer } = answered(html)!
    const sent = { ...fields, ...AWA, phone: aPhone(), answer, question: made(question) }
    expect((await test.post(action, sent)).status).toBe(429)
    test.advance(31 * 60_000)
    await buyFrom(test, 'le-livre', { phone: aPhone() })
    await crowd('buy.address')
    expect((await test.post(action, { ...sent, question })).status).toBe(429)
  })

  it('is asked at /retrouver, at a claim and at a code, too', async () => {
    const phone = aPhone()
    const order = await paid(phone)
    await seek(aPhone(), newCode())
    await claim(aPhone(), '')
    await test.request('/livres/le-livre?code=FAUX')
    await Promise.all(['find.address', 'case.address', 'code.address'].map(crowd))

    const asked = await seek(phone, order.code)
    expect(asked.status).toBe(429)
    const found = await seek(phone, order.code, answered(await asked.text()))
    expect(found.headers.get('location')).toBe(order.page)

    const claimed = await claim(phone, 'MP261102.1111.A00001')
    expect(claimed.status).toBe(429)
    const html = await claimed.text()
    expect(html).toContain('value="MP261102.1111.A00001"')
    const { action, fields } = formIn(html, /debite$/)
    const typed = { country: 'ML', phone, operator: 'orange', amount: '5000' }
    const told = { ...fields, ...typed, ...answered(html) }
    expect((await test.post(action, told)).status).toBe(303)

    const page = await (await test.request('/livres/le-livre?code=FAUX2')).text()
    expect(page).toContain('Trop de codes faux')
    const query = new URLSearchParams({ code: 'FAUX2', ...answered(page) })
    const judged = await (await test.request(`/livres/le-livre?${query}`)).text()
    expect(judged).toContain('Nous ne connaissons pas ce code')
  }, 20_000)
})
