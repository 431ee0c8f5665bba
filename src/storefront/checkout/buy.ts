import type { Book } from '../../data/books/books.ts'
import { findOrderByForm, noteSaidMeans, openOrder, openPayment } from '../../data/orders/orders.ts'
import type { Order, OrderStatus } from '../../data/orders/orders.ts'
import { recordBegun, recordNotBegun } from '../../data/orders/payments.ts'
import { findPromotionCode } from '../../data/orders/promotions.ts'
import { openPlainOrder } from '../../data/orders/purchases.ts'
import { giveBackAct } from '../../data/throttles.ts'
import { orderKey } from '../../links/keys.ts'
import { newCode } from '../../lib/crockford.ts'
import { hex, randomBytes } from '../../lib/encoding.ts'
import { sha256Hex } from '../../lib/hmac.ts'
import { actsOf } from '../../limits/limit.ts'
import type { Counted } from '../../limits/limit.ts'
import { isPayable } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import { tellOfDenial } from '../../payment/denied.ts'
import type { Means } from '../../money/means.ts'
import { isPayableHere } from '../../money/play-money.ts'
import { nextCheckAt } from '../../payment/schedule.ts'
import type { Shop } from '../../contracts/shop.ts'
import { returnAddress } from '../../config/return-address.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import type { Offer } from '../../views/buy-form.tsx'
import { mainLanguage } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { Buyer } from './buyer.ts'

/**
 * From "buy" to the provider. The order and its payment are committed before the provider hears
 * of them: whatever is cut after that, the row is there to be asked about. Leads to the payment
 * page, or else to the order's page, which tells what happened: at once when there is nothing to
 * pay.
 */
export async function buy(shop: Shop, purchase: Purchase): Promise<Bought> {
  const { book, offer, buyer, language } = purchase
  const now = shop.now()
  const formHash = await hashOf(purchase)
  const code = newCode()
  const transactionId = newTransactionId()
  const isFree = offer.total === 0
  const opened = await openOrder(
    shop.sql,
    {
      code,
      formHash,
      bookId: book.id,
      fileId: book.fileId,
      listAmount: offer.listAmount,
      amount: offer.total,
      promotionId: offer.promotion?.id ?? null,
      currency: book.currency,
      simulated: shop.provider.isPlayMoney,
      buyerName: buyer.name,
      phoneTyped: buyer.phoneTyped,
      phoneE164: buyer.phoneE164,
      email: buyer.email,
      saidMeans: isFree ? null : purchase.saidMeans,
      language,
      payment: {
        transactionId,
        provider: isFree ? 'free' : shop.provider.name,
        nextCheckAt: isFree ? null : nextCheckAt(now, now)!,
      },
    },
    now,
  )
  if (opened.kind === 'no-promotion') return opened
  if (opened.kind === 'sent-before') {
    const before = (await findOrderByForm(shop.sql, formHash))!
    return isOver(shop, before)
      ? buy(shop, { ...purchase, after: before.code })
      : onwards(shop, before, purchase.saidMeans)
  }
  const key = await orderKey(shop.config.appSecret, { code, linkVersion: 1 })
  if (isFree) {
    shop.log('order.paid', { transactionId })
    return { kind: 'bought', next: paths.order(key) }
  }
  const { currency, title } = book
  const amount = offer.total
  const next = await begin(shop, {
    ...opened,
    transactionId,
    code,
    amount,
    currency,
    title,
    buyer,
    key,
    language,
  })
  return { kind: 'bought', next }
}

export type Purchase = {
  book: Book
  offer: Offer
  buyer: Buyer
  /** The amount and the code, as the form has them. */
  asked: { amount: string; code: string }
  /** With what the buyer means to pay, where that was asked and answered. */
  saidMeans: Means | null
  nonce: string
  /** The same form bought this order, long ago. */
  after?: string
  language: Language
}

/** What makes two sendings one. */
type Sent = Pick<Purchase, 'nonce' | 'buyer' | 'asked' | 'saidMeans' | 'after'> & {
  book: { slug: string }
}

/**
 * The same form is the same purchase: one that waits, or was given up, is gone on with, since its money
 * may be on the way. A browser may keep a page for weeks, while it does not change: who buys once
 * more with it, this long after a purchase that was paid, opens another order.
 */
const FORM_LIFE_MS = 60 * 60_000

/** Of the other money, too, it is over: see `payment/play-money.ts`. */
const isOver = (shop: Shop, order: Order) =>
  !isPayableHere(shop, order) ||
  (WAS_PAID.has(order.status) && shop.now().getTime() - order.createdAt.getTime() > FORM_LIFE_MS)
const WAS_PAID = new Set<OrderStatus>(['paid', 'refunded', 'revoked'])

export type Bought =
  /** Where the buyer goes on. */
  | { kind: 'bought'; next: string }
  /** The code does not hold any more, and nothing was opened. */
  | { kind: 'no-promotion' }

/**
 * The same for what most people send, a form without a code at the price that it showed, with less
 * asked of the database. Undefined: it is not as the buyer saw it, and nothing was done.
 */
export async function buyAsSeen(
  shop: Shop,
  purchase: Omit<Purchase, 'book' | 'offer'> & {
    book: { slug: string }
    priceSeen: string
    counted: readonly Counted[]
  },
): Promise<Bought | { kind: 'too-often' } | undefined> {
  const { book, buyer, language, priceSeen } = purchase
  const amount = Number(priceSeen)
  const { currency } = shop.config
  if (!/^[0-9]{1,9}$/.test(priceSeen) || !isPayable(amount, currency)) return undefined
  const now = shop.now()
  const code = newCode()
  const transactionId = newTransactionId()
  const provider = shop.provider.name
  const formHash = await hashOf(purchase)
  const acts = await actsOf(shop, purchase.counted)
  const opened = await openPlainOrder(
    shop.sql,
    {
      ...buyer,
      code,
      formHash,
      bookSlug: book.slug,
      amount,
      currency,
      simulated: shop.provider.isPlayMoney,
      buyerName: buyer.name,
      saidMeans: purchase.saidMeans,
      language,
      payment: { transactionId, provider, nextCheckAt: nextCheckAt(now, now)! },
    },
    acts,
    now,
  )
  switch (opened.kind) {
    case 'not-as-seen':
      return undefined
    case 'too-often':
      // What is refused uses up nothing.
      await Promise.all(acts.slice(0, opened.taken).map((act) => giveBackAct(shop.sql, act)))
      return { kind: 'too-often' }
    case 'sent-before': {
      const before = (await findOrderByForm(shop.sql, formHash))!
      return isOver(shop, before)
        ? buyAsSeen(shop, { ...purchase, after: before.code })
        : onwards(shop, before, purchase.saidMeans)
    }
    case 'opened': {
      const key = await orderKey(shop.config.appSecret, { code, linkVersion: 1 })
      const toBegin = { ...opened, transactionId, code, amount, currency, buyer, key, language }
      return { kind: 'bought', next: await begin(shop, toBegin) }
    }
  }
}

/** A form sent twice: on to the page that the first sending opened, if it is open yet. */
export async function boughtBefore(shop: Shop, purchase: Sent): Promise<Bought | undefined> {
  const order = await findOrderByForm(shop.sql, await hashOf(purchase))
  if (!order) return undefined
  return isOver(shop, order)
    ? boughtBefore(shop, { ...purchase, after: order.code })
    : onwards(shop, order, purchase.saidMeans)
}

async function onwards(shop: Shop, order: Order, saidMeans: Means | null): Promise<Bought> {
  if (saidMeans && saidMeans !== order.saidMeans) await noteSaidMeans(shop.sql, order.id, saidMeans)
  if (order.status === 'pending' && order.pageUrl) return { kind: 'bought', next: order.pageUrl }
  return { kind: 'bought', next: paths.order(await orderKey(shop.config.appSecret, order)) }
}

/**
 * The nonce alone would hand a stranger's order to whoever was served the same page. With what it is
 * paid does not count: who comes back and chooses another operator buys the same book once.
 */
const hashOf = ({ nonce, book, buyer, asked, after }: Sent) =>
  sha256Hex(JSON.stringify([nonce, book.slug, buyer, asked.amount, asked.code, after]))

/**
 * One more try at an unpaid order: a new payment with an id of its own, never the old one again.
 * An order that was given up gave its code's use back: where none is left, the book's page tells.
 */
export async function payAgain(shop: Shop, order: Order, attemptsSeen: number): Promise<string> {
  const key = await orderKey(shop.config.appSecret, order)
  const transactionId = newTransactionId()
  const now = shop.now()
  const opened = await openPayment(
    shop.sql,
    {
      orderId: order.id,
      attemptsSeen,
      simulated: shop.provider.isPlayMoney,
      transactionId,
      provider: shop.provider.name,
      nextCheckAt: nextCheckAt(now, now)!,
    },
    now,
  )
  // Nothing opened: a second tap, or paid in the meantime. The page tells which.
  if (opened.kind === 'not-opened') return paths.order(key)
  if (opened.kind === 'no-promotion')
    return pathsIn(order.language).bookWithCode(
      order.bookSlug,
      (await findPromotionCode(shop.sql, order.id))!,
    )
  const { code, bookTitle: title, language } = order
  const buyer = { name: order.buyerName, email: order.email }
  return begin(shop, { ...opened, transactionId, code, title, buyer, key, language })
}

type ToBegin = {
  paymentId: number
  transactionId: string
  code: string
  amount: number
  currency: Currency
  title: string
  buyer: { name: string; email: string | null }
  key: string
  language: Language
}

async function begin(shop: Shop, payment: ToBegin): Promise<string> {
  const { paymentId, transactionId, key } = payment
  const opened = { id: paymentId, provider: shop.provider.name }
  const answer = await shop.provider.begin({
    transactionId,
    orderCode: payment.code,
    amount: payment.amount,
    currency: payment.currency,
    description: payment.title,
    buyer: payment.buyer,
    language: mainLanguage(payment.language),
    returnUrl: returnAddress(shop.config, key),
    notifyUrl: shop.config.notifyUrl,
  })
  switch (answer.kind) {
    case 'begun':
      await recordBegun(shop.sql, opened, {
        url: answer.pageUrl,
        token: answer.token,
        notifyTokenHash: answer.notifyTokenHash,
        providerTransactionId: answer.providerTransactionId,
      })
      shop.log('payment.begun', { transactionId })
      return answer.pageUrl
    case 'denied':
      await recordNotBegun(shop.sql, opened, { isRefused: false, denial: answer.why }, shop.now())
      tellOfDenial(shop, answer)
      return paths.order(key)
    case 'refused':
    case 'unknown':
      await recordNotBegun(shop.sql, opened, { isRefused: answer.kind === 'refused' }, shop.now())
      shop.log(answer.kind === 'refused' ? 'payment.not_begun' : 'payment.begin_unclear', {
        transactionId,
        reason: answer.reason,
      })
      return paths.order(key)
  }
}

/** 24 upper-case hexadecimal digits (96 bits), as in the guide: satisfies every rule reported. */
export const newTransactionId = () => hex(randomBytes(12)).toUpperCase()
