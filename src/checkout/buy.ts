import type { Book } from '../data/books.ts'
import { findOrderByForm, openOrder, openPayment } from '../data/orders.ts'
import type { Order } from '../data/orders.ts'
import { recordBegun, recordNotBegun } from '../data/payments.ts'
import { findPromotionCode } from '../data/promotions.ts'
import { orderKey } from '../delivery/keys.ts'
import { newCode } from '../lib/crockford.ts'
import { hex, randomBytes } from '../lib/encoding.ts'
import { sha256Hex } from '../lib/hmac.ts'
import type { Currency } from '../payment/currency.ts'
import { nextCheckAt } from '../payment/schedule.ts'
import type { Shop } from '../shop.ts'
import { paths, pathsIn, returnAddress } from '../urls.ts'
import type { Offer } from '../views/buy-form.tsx'
import { mainLanguage } from '../words/words.ts'
import type { Language } from '../words/words.ts'
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
    return isOld(before, now)
      ? buy(shop, { ...purchase, after: before.code })
      : onwards(shop, before)
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
  nonce: string
  /** The same form bought this order, long ago. */
  after?: string
  language: Language
}

/**
 * The same form within this time is the same purchase. A browser may keep a page for weeks, while
 * it does not change: who buys the book again with it opens another order.
 */
const FORM_LIFE_MS = 60 * 60_000

const isOld = (order: Order, now: Date) => now.getTime() - order.createdAt.getTime() > FORM_LIFE_MS

export type Bought =
  /** Where the buyer goes on. */
  | { kind: 'bought'; next: string }
  /** The code does not hold any more, and nothing was opened. */
  | { kind: 'no-promotion' }

/** A form sent twice: on to the page that the first sending opened, if it is open yet. */
export async function boughtBefore(
  shop: Shop,
  purchase: Omit<Purchase, 'offer'>,
): Promise<Bought | undefined> {
  const order = await findOrderByForm(shop.sql, await hashOf(purchase))
  if (!order) return undefined
  return isOld(order, shop.now())
    ? boughtBefore(shop, { ...purchase, after: order.code })
    : onwards(shop, order)
}

async function onwards(shop: Shop, order: Order): Promise<Bought> {
  if (order.status === 'pending' && order.pageUrl) return { kind: 'bought', next: order.pageUrl }
  return { kind: 'bought', next: paths.order(await orderKey(shop.config.appSecret, order)) }
}

/** The nonce alone would hand a stranger's order to whoever was served the same page. */
const hashOf = ({ nonce, book, buyer, asked, after }: Omit<Purchase, 'offer'>) =>
  sha256Hex(JSON.stringify([nonce, book.id, buyer, asked.amount, asked.code, after]))

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
      await recordBegun(shop.sql, paymentId, {
        url: answer.pageUrl,
        token: answer.token,
        notifyTokenHash: answer.notifyTokenHash,
        providerTransactionId: answer.providerTransactionId,
      })
      shop.log('payment.begun', { transactionId })
      return answer.pageUrl
    case 'refused':
    case 'unknown':
      await recordNotBegun(shop.sql, paymentId, answer.kind, shop.now())
      shop.log(answer.kind === 'refused' ? 'payment.not_begun' : 'payment.begin_unclear', {
        transactionId,
        reason: answer.reason,
      })
      return paths.order(key)
  }
}

/** 24 upper-case hexadecimal digits (96 bits), as in the guide: satisfies every rule reported. */
export const newTransactionId = () => hex(randomBytes(12)).toUpperCase()
