import type { InventedOrder, InventedPayment } from './rows.ts'
import { newCode } from '../../src/lib/crockford.ts'
import { hex, randomBytes, randomToken } from '../../src/lib/encoding.ts'
import { INVENTED_CODES, inventRecords } from './cinetpay-invented.ts'
import type { Currency } from '../../src/money/currency.ts'
import type { RefusalReason } from '../../src/money/provider.ts'
import { nextCheckAt, PAYMENT_LIFE_MS } from '../../src/payment/schedule.ts'
import { choose, oneOf } from './people.ts'
import type { Person, Weighted } from './people.ts'
import type { Draw } from '../random.ts'

export type OnSale = { id: number; fileId: number; price: number; currency: Currency }

type Ending =
  'paid' | 'hand' | 'retried' | 'double' | 'refunded' | 'revoked' | 'failed' | 'expired' | 'review'

/** How orders end, in a thousand. */
const ENDINGS: Weighted<Ending> = [
  [748, 'paid'],
  [15, 'hand'],
  [48, 'retried'],
  [5, 'double'],
  [8, 'refunded'],
  [2, 'revoked'],
  [104, 'failed'],
  [68, 'expired'],
  [2, 'review'],
]

const REFUSALS: Weighted<RefusalReason> = [
  [52, 'balance'],
  [16, 'code'],
  [20, 'cancelled'],
  [5, 'limit'],
  [3, 'number'],
  [4, 'other'],
]

const REFUND_REASONS = [
  'A payé deux fois par erreur.',
  'Le livre ne s’ouvrait pas sur son téléphone.',
  'S’est trompé de livre.',
]
const HAND_REASONS = ['Payé au stand du marché.', 'Payé à la sortie de la lecture.', 'Dépôt reçu.']
const REVOKE_REASON = 'Le fichier a été partagé dans un groupe.'

/** This share of what was paid twice was given back. */
const GIVEN_BACK_SHARE = 0.7
/** This share of the buyers has downloaded the book. */
const READ_SHARE = 0.75
/** The provider's own words are kept for this share of the sales. */
const NOTICED_SHARE = 0.12

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** The provider whose page an order of today waits at. */
type Waits = string | undefined
type Sale = { book: OnSale; buyer: Person; createdAt: Date; waitsAt: Waits; now: Date }

/** One order as it could have gone, from its opening at `createdAt` to where it stands at `now`. */
export function inventSale(
  draw: Draw,
  { book, buyer, createdAt, waitsAt, now }: Sale,
): InventedOrder {
  const age = now.getTime() - createdAt.getTime()
  const after = (ms: number) => new Date(Math.min(createdAt.getTime() + ms, now.getTime()))
  const order: InventedOrder = {
    code: newCode(),
    formHash: `demonstration-${randomToken()}`,
    bookId: book.id,
    fileId: book.fileId,
    amount: book.price,
    currency: book.currency,
    status: 'pending',
    buyerName: buyer.name,
    phoneTyped: buyer.phoneTyped,
    phoneE164: buyer.phoneE164,
    email: buyer.email,
    createdAt,
    paidAt: null,
    payments: [],
    events: [{ at: createdAt, kind: 'order.opened', detail: {} }],
    notices: [],
    grantedBy: null,
    revokedAt: null,
    refund: null,
    deed: null,
  }
  const operator = choose(draw, buyer.operators)

  const open = (at: Date, provider: InventedPayment['provider'] = 'simulator') => {
    const payment: InventedPayment = {
      attempt: order.payments.length + 1,
      transactionId: hex(randomBytes(12)).toUpperCase(),
      provider,
      status: 'pending',
      refusal: null,
      providerCode: null,
      operator: null,
      operatorReference: null,
      createdAt: at,
      acceptedAt: null,
      closedAt: null,
      lastCheckAt: null,
      nextCheckAt: null,
    }
    if (payment.attempt > 1) order.events.push({ at, kind: 'payment.opened', detail: {} })
    order.payments.push(payment)
    return payment
  }
  const accept = (payment: InventedPayment, at: Date) => {
    const reference = inventReference(draw, operator, at)
    Object.assign(payment, { status: 'accepted', operator, acceptedAt: at })
    Object.assign(payment, { providerCode: INVENTED_CODES.accepted })
    Object.assign(payment, { operatorReference: reference, lastCheckAt: at })
    const isDouble = order.paidAt !== null
    const detail = { amount: order.amount, operator, reference }
    order.events.push({ at, kind: 'notice.received', detail: {} })
    order.events.push({ at, kind: isDouble ? 'payment.double' : 'order.paid', detail })
    if (isDouble) return
    Object.assign(order, { status: 'paid', paidAt: at, grantedBy: payment.attempt })
    if (draw() < NOTICED_SHARE) order.notices.push(...noticesOf(order, payment))
    const readAt = at.getTime() + (1 + 25 * draw() ** 3) * MINUTE_MS
    if (draw() < READ_SHARE && readAt < now.getTime())
      order.events.push({ at: new Date(readAt), kind: 'file.sent', detail: { file: book.fileId } })
  }
  const refuse = (payment: InventedPayment, at: Date) => {
    const why = choose(draw, REFUSALS)
    const code = INVENTED_CODES[why]
    Object.assign(payment, { status: 'refused', refusal: why, providerCode: code, lastCheckAt: at })
    order.status = 'failed'
    order.events.push({ at, kind: 'payment.refused', detail: { why, code } })
  }
  const give = () => accept(open(createdAt), after((20 + 160 * draw()) * SECOND_MS))

  if (waitsAt && age < PAYMENT_LIFE_MS) {
    open(createdAt, waitsAt).nextCheckAt = nextCheckAt(createdAt, now)
    return order
  }
  const drawn = choose(draw, ENDINGS)
  // What takes days cannot have happened to an order of this morning.
  const ending = age < 3 * PAYMENT_LIFE_MS && !EARLY.has(drawn) ? 'paid' : drawn
  switch (ending) {
    case 'paid':
      give()
      return order
    case 'hand': {
      const payment = open(createdAt, 'hand')
      const how = draw() < 0.8 ? 'cash' : 'mobile'
      Object.assign(payment, { status: 'accepted', operator: how, acceptedAt: createdAt })
      Object.assign(order, { status: 'paid', paidAt: createdAt, grantedBy: 1 })
      const detail = { amount: order.amount, by: 'hand', how }
      order.events = [
        { at: createdAt, kind: 'order.opened', detail: {}, byClerk: true },
        { at: createdAt, kind: 'order.paid', detail, byClerk: true, ofDeed: true },
      ]
      order.deed = { kind: 'hand', reason: oneOf(draw, HAND_REASONS), at: createdAt }
      return order
    }
    case 'retried':
      refuse(open(createdAt), after(40 * SECOND_MS))
      order.status = 'pending'
      accept(open(after(2 * MINUTE_MS)), after((3 + 4 * draw()) * MINUTE_MS))
      return order
    case 'double': {
      const first = open(createdAt)
      accept(open(after(4 * MINUTE_MS)), after(6 * MINUTE_MS))
      accept(first, after((1 + 9 * draw()) * HOUR_MS))
      if (draw() < GIVEN_BACK_SHARE) refundFirst(order, draw, after(30 * HOUR_MS))
      return order
    }
    case 'refunded': {
      give()
      const at = after((5 + 60 * draw()) * HOUR_MS)
      refundFirst(order, draw, at)
      Object.assign(order, { status: 'refunded', revokedAt: at })
      return order
    }
    case 'revoked': {
      give()
      const at = after(48 * HOUR_MS)
      Object.assign(order, { status: 'revoked', revokedAt: at })
      order.events.push({ at, kind: 'access.revoked', detail: {}, byClerk: true, ofDeed: true })
      order.deed = { kind: 'revoke', reason: REVOKE_REASON, at }
      return order
    }
    case 'failed':
      refuse(open(createdAt), after((30 + 200 * draw()) * SECOND_MS))
      return order
    case 'expired': {
      const at = after(PAYMENT_LIFE_MS)
      Object.assign(open(createdAt), { status: 'expired', lastCheckAt: at })
      order.status = 'expired'
      order.events.push({ at, kind: 'order.expired', detail: {} })
      return order
    }
    case 'review': {
      const at = after(2 * MINUTE_MS)
      Object.assign(open(createdAt), { status: 'review', lastCheckAt: at })
      order.status = 'review'
      const detail = { amount: String(Math.floor(order.amount / 2)), currency: order.currency }
      order.events.push({ at, kind: 'payment.mismatch', detail })
      return order
    }
  }
}

const EARLY: ReadonlySet<Ending> = new Set(['paid', 'hand', 'retried', 'failed'])

function refundFirst(order: InventedOrder, draw: Draw, at: Date) {
  order.refund = {
    attempt: 1,
    reason: oneOf(draw, REFUND_REASONS),
    reference: `RB${at.toISOString().slice(2, 10).replaceAll('-', '')}${1000 + Math.floor(draw() * 9000)}`,
    at,
  }
  order.payments[0]!.closedAt = at
  const detail = { amount: order.amount }
  order.events.push({ at, kind: 'payment.refunded', detail, byClerk: true, attempt: 1 })
}

/** As each operator numbers its transactions. */
function inventReference(draw: Draw, operator: string, at: Date): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(draw() * 10)).join('')
  const day = at.toISOString().slice(2, 10).replaceAll('-', '')
  if (operator.startsWith('OM')) return `MP${day}.${digits(4)}.A${digits(5)}`
  if (operator.startsWith('WAVE')) return `T${digits(3)}${hex(randomBytes(4)).toUpperCase()}`
  return digits(11)
}

function noticesOf(order: InventedOrder, payment: InventedPayment): InventedOrder['notices'] {
  const { attempt, transactionId } = payment
  const { amount, currency, phoneE164 } = order
  const at = payment.acceptedAt!
  const operator = payment.operator ?? ''
  const reference = payment.operatorReference ?? ''
  const sold = { transactionId, amount, currency, operator, reference, phoneE164, at }
  const { notice, check } = inventRecords(sold)
  const fingerprint = () => hex(randomBytes(32))
  return [
    { attempt, kind: 'notice', fingerprint: fingerprint(), at, record: notice },
    { attempt, kind: 'check', fingerprint: fingerprint(), at, record: check },
  ]
}
