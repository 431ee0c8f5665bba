import { describe, expect, it } from 'vitest'
import { gallery, states } from '../../gallery/app.tsx'
import { anOrder, ORDER_KEY, settings } from '../../gallery/samples.ts'
import type { Order } from '../../../src/data/orders/orders.ts'
import { OrderPage } from '../../../src/storefront/delivery/order-page.tsx'
import { ORDER_STATES, shownAs, stateOf } from '../../../src/storefront/delivery/states.ts'
import type { OrderState } from '../../../src/storefront/delivery/states.ts'

const NOT_TWICE = /ne payez pas|do not pay/i
const PAYS = /action="[^"]*\/(?:payer|acheter)"|href="https:\/\/[^"]*cinetpay/

/** What is read without unfolding anything. */
function unfolded(html: string): string {
  const rest = html.replace(/<details[^>]*>(?:(?!<details)[^])*?<\/details>/g, '')
  return rest === html ? html : unfolded(rest)
}
const buttons = (html: string) =>
  [...unfolded(html).matchAll(/<(?:a|button)\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => tag.startsWith('<button') || /class="[^"]*button/.test(tag))
    .filter((tag) => !/class="[^"]*(?:quiet|small-button|link)/.test(tag))

const page = (
  state: OrderState,
  row: Partial<Order>,
  hasCase = false,
  language: 'fr' | 'en' = 'fr',
) =>
  String(
    OrderPage({ order: anOrder(row), state, hasCase, language, settings, orderKey: ORDER_KEY }),
  )

const unpaid = (Object.keys(ORDER_STATES) as OrderState[]).filter((state) => state !== 'paid')
const rows: Partial<Order>[] = [
  { attempts: 1 },
  { attempts: 2, operator: 'WAVE' },
  { attempts: 1, status: 'failed', refusal: 'balance' },
  { attempts: 3, status: 'expired', waiting: 'pay' },
  { attempts: 1, status: 'pending', waiting: 'validate' },
]
const cases = (['fr', 'en'] as const).flatMap((language) =>
  unpaid.flatMap((state) => rows.map((row) => ({ language, state, row }))),
)

describe('the page of an order', () => {
  it.each(cases)(
    'has one action that stands out: $language $state $row',
    ({ language, state, row }) => {
      const html = page(state, row, state === 'debited', language)
      expect(buttons(html)).toHaveLength(shownAs(state).primary ? 1 : 0)
    },
  )

  it('never pays beside “do not pay a second time”, and always offers a way to pay what is owed', () => {
    for (const { language, state, row } of cases)
      for (const hasCase of [false, true]) {
        if (hasCase ? !['debited', 'review'].includes(state) : state === 'debited') continue
        const html = page(state, row, hasCase, language)
        const seen = unfolded(html)
        expect([state, NOT_TWICE.test(seen) && PAYS.test(seen)]).toEqual([state, false])
        const { primary, warns } = shownAs(state)
        expect([state, NOT_TWICE.test(seen)]).toEqual([state, warns === true])
        const isOwed = primary !== undefined && primary !== 'write' && state !== 'opening'
        expect([state, html.includes('/payer"')]).toEqual([state, isOwed])
      }
  })

  it('is that of its state, whatever was said of it', () => {
    const NOTHING = { hasCase: false, silence: undefined, isTrialOver: false, ageMs: 60_000 }
    const away = { denial: null, atOpening: true }
    const told: [OrderState, Partial<Order>, Partial<typeof NOTHING> | object][] = [
      ['pay', { status: 'pending', waiting: null }, {}],
      ['validate', { status: 'pending', waiting: 'validate' }, {}],
      [
        'silent',
        { status: 'pending', waiting: 'pay' },
        { silence: { denial: null, atOpening: false } },
      ],
      ['debited', { status: 'pending', waiting: 'pay' }, { hasCase: true, silence: away }],
      ['debited', { status: 'pending', pageUrl: null }, { hasCase: true, silence: away }],
      ['debited', { status: 'failed', refusal: 'balance' }, { hasCase: true }],
      ['debited', { status: 'expired' }, { hasCase: true }],
      ['opening', { status: 'pending', pageUrl: null }, { ageMs: 2_000 }],
      ['away', { status: 'pending', pageUrl: null }, { ageMs: 2_000, silence: away }],
      [
        'denied',
        { status: 'pending', pageUrl: null },
        { ageMs: 2_000, silence: { ...away, denial: 'keys' } },
      ],
      ['notOpened', { status: 'pending', pageUrl: null }, {}],
      ['notOpened', { status: 'failed', pageUrl: null, refusal: 'other' }, {}],
      ['refused', { status: 'failed', refusal: 'other' }, {}],
      ['returned', { status: 'failed', isClosed: true }, { hasCase: true }],
      ['paid', { status: 'paid' }, { hasCase: true }],
      ['review', { status: 'review' }, { hasCase: true }],
      ['demonstrationOver', { status: 'pending' }, { isTrialOver: true }],
    ]
    for (const [state, row, known] of told)
      expect(stateOf(anOrder(row), { ...NOTHING, ...known })).toBe(state)
  })
})

describe('no page of the shop', () => {
  it.each(['fr', 'en'])('says “do not pay” beside what pays: %s', async (language) => {
    const torn: string[] = []
    for (const { name } of states) {
      const html = await (await gallery.request(`/etat/${language}/${name}`)).text()
      const seen = unfolded(html)
      if (NOT_TWICE.test(seen) && PAYS.test(seen)) torn.push(name)
      if (name.startsWith('commande-') && name !== 'commande-livres' && buttons(html).length > 1)
        torn.push(`${name}: two buttons`)
    }
    expect(torn).toEqual([])
  })
})

describe('a book for nothing, and a pack', () => {
  const shown = async (name: string) => (await gallery.request(`/etat/fr/${name}`)).text()

  it('have their own sentences', async () => {
    const free = await shown('livre-gratuit')
    for (const paying of ['remboursé', 'débité', 'paiement est confirmé'])
      expect(free).not.toContain(paying)
    expect(await shown('livre-lot')).toContain('vous demandez les livres')
    expect(await shown('commande-payee-lot')).toContain('Vos livres sont là')
    expect(await shown('commande-payee-plusieurs')).toContain('Votre livre est là')
    expect(await shown('commande-gratuite')).not.toContain('débité')
  })
})
