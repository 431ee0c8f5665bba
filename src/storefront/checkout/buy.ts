import type { Book } from '../../data/books/books.ts'
import { findOrderByCode, findOrderByForm, isOpen } from '../../data/orders/orders.ts'
import type { Order } from '../../data/orders/orders.ts'
import { recordBegun } from '../../data/orders/begun.ts'
import { recordNotBegun } from '../../data/orders/payments.ts'
import { findPromotionCode } from '../../data/orders/promotions.ts'
import { noteSaidMeans, openOrder, openPayment } from '../../data/orders/purchases.ts'
import { giveBackAct } from '../../data/throttles.ts'
import { orderKey } from '../../links/keys.ts'
import { deriveKey } from '../../links/derived.ts'
import { newCode } from '../../lib/crockford.ts'
import { hex, randomBytes } from '../../lib/encoding.ts'
import { actsOf, addressOf } from '../../limits/limit.ts'
import type { Counted } from '../../limits/limit.ts'
import { isPayable } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import { tellOfDenial } from '../../payment/denied.ts'
import type { Means } from '../../money/means.ts'
import { isPayableHere } from '../../money/play-money.ts'
import { nextCheckAt } from '../../payment/schedule.ts'
import { lookAgain } from '../../payment/settle.ts'
import type { Shop } from '../../contracts/shop.ts'
import { returnAddress } from '../../config/return-address.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import type { Offer } from '../../money/offer.ts'
import { mainLanguage } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { Buyer } from '../../forms/buyer.ts'

/**
 * From "buy" to the provider. The order and its payment are committed before the provider hears
 * of them: whatever is cut after that, the row is there to be asked about. Leads to the payment
 * page, or else to the order's page, which tells what happened: at once when there is nothing to
 * pay.
 */
export async function buy(shop: Shop, purchase: Purchase): Promise<Bought> {
  const { book, offer, buyer, language } = purchase
  const { currency, priceFloor } = book
  const { listAmount, total: amount, promotion } = offer
  const now = shop.now()
  const code = newCode()
  const transactionId = newTransactionId()
  const isFree = amount === 0
  const formHash = await hashOf(shop, purchase)
  const acts = await actsOf(shop, purchase.counted)
  const opened = await openOrder(
    shop.sql,
    {
      code,
      formHash,
      bookSlug: book.slug,
      priceFloor,
      listAmount,
      amount,
      promotionId: promotion?.id ?? null,
      currency,
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
    acts,
    now,
  )
  switch (opened.kind) {
    case 'no-promotion':
    case 'not-as-seen':
      return opened
    case 'too-often':
      // A refused purchase uses up nothing.
      await Promise.all(acts.slice(0, opened.taken).map((act) => giveBackAct(shop.sql, act)))
      return { kind: 'too-often' }
    case 'sent-before': {
      const last = (await lastSent(shop, purchase))!
      return (
        (await meetAgain(shop, last, purchase.saidMeans)) ??
        // It was counted already, with the request that found the first order.
        buy(shop, { ...purchase, counted: [], after: last.code })
      )
    }
    case 'opened': {
      const key = await orderKey(shop.config.appSecret, { code, linkVersion: 1 })
      if (!isFree) {
        const toBegin = { ...opened, transactionId, code, amount, currency, buyer, key, language }
        return { kind: 'bought', next: await begin(shop, toBegin) }
      }
      shop.log('order.paid', { transactionId })
      return { kind: 'bought', next: paths.order(key) }
    }
  }
}

/** A book, and its price as the buyer saw it. */
export type Seen = { book: Pick<Book, 'slug' | 'currency' | 'priceFloor'>; offer: Offer }

type Purchase = Seen & {
  /** What makes two submissions the same, besides who sends them. */
  asked: Asked
  buyer: Buyer
  /** The visitor's browser, as it describes itself. */
  browser: string
  /** The means that the buyer chose, if asked and answered. */
  saidMeans: Means | null
  counted: readonly Counted[]
  /** The code of an older order that the same form opened. */
  after?: string
  language: Language
}

/** What the form says about the price: as shown, as chosen, and the code. */
export type Asked = { priceSeen: string; amount: string; code: string }

/**
 * For a form without a code or a chosen price, as most are: the statement itself finds the book at
 * that price.
 */
export function plainlySeen(shop: Shop, slug: string, asked: Asked): Seen | undefined {
  const { currency } = shop.config
  const total = Number(asked.priceSeen)
  if (asked.code !== '' || asked.amount !== '' || !/^[0-9]{1,9}$/.test(asked.priceSeen))
    return undefined
  if (!isPayable(total, currency)) return undefined
  return { book: { slug, currency, priceFloor: null }, offer: { listAmount: total, total } }
}

/** The same form within this time is a second tap or a slow line: one order. */
const SAME_TAP_MS = 2 * 60_000
/** Within this time, a buyer who has paid is told so instead of paying again. */
const SAME_PURCHASE_MS = 15 * 60_000

/** Whether the same form may open another order: this one is over, or uses the other kind of money. */
const isOver = (shop: Shop, order: Order) =>
  !isPayableHere(shop, order) ||
  order.status === 'failed' ||
  order.status === 'expired' ||
  shop.now().getTime() - order.createdAt.getTime() >
    (isOpen(order) ? SAME_TAP_MS : SAME_PURCHASE_MS)

export type Bought =
  /** Where the buyer continues. */
  | { kind: 'bought'; next: string }
  /** The same form bought this order already: its page is only for browsers that it knows. */
  | { kind: 'bought-before'; order: Order; minutesAgo: number }
  /** The code is no longer valid; nothing was opened. */
  | { kind: 'no-promotion' }
  /** The book is no longer sold at that price; nothing was done. */
  | { kind: 'not-as-seen' }
  | { kind: 'too-often' }

/** A form sent twice: leads to the page that the first one opened, if it is still open. */
export async function boughtBefore(shop: Shop, purchase: Sent): Promise<Bought | undefined> {
  const last = await lastSent(shop, purchase)
  return last && meetAgain(shop, last, purchase.saidMeans)
}

/** The latest order that the same form opened. */
async function lastSent(shop: Shop, sent: Sent): Promise<Order | undefined> {
  const order = await findOrderByForm(shop.sql, await hashOf(shop, sent))
  return order && ((await lastSent(shop, { ...sent, after: order.code })) ?? order)
}

/** Before a second payment the first is checked, so that nobody pays twice. */
export const LOOK_BEFORE_PAYING = { gapMs: 3_000, patienceMs: 6_000 }

/** Where the order of the same form leads; undefined: another may be opened. */
async function meetAgain(
  shop: Shop,
  order: Order,
  saidMeans: Means | null,
): Promise<Bought | undefined> {
  if (!isOver(shop, order)) return onwards(shop, order, saidMeans)
  if (!isOpen(order) || !isPayableHere(shop, order)) return undefined
  await lookAgain(shop, order.paymentId, LOOK_BEFORE_PAYING)
  const now = (await findOrderByCode(shop.sql, order.code))!
  return isOpen(now) ? undefined : { kind: 'bought-before', order: now, minutesAgo: 0 }
}

async function onwards(shop: Shop, order: Order, saidMeans: Means | null): Promise<Bought> {
  if (saidMeans && saidMeans !== order.saidMeans) await noteSaidMeans(shop.sql, order.id, saidMeans)
  if (order.status === 'pending' && order.pageUrl) return { kind: 'bought', next: order.pageUrl }
  // A free order gives a stranger nothing that the same form would not.
  if (order.status === 'pending' || order.amount === 0)
    return { kind: 'bought', next: paths.order(await orderKey(shop.config.appSecret, order)) }
  const minutesAgo = Math.floor((shop.now().getTime() - order.createdAt.getTime()) / 60_000)
  return { kind: 'bought-before', order, minutesAgo }
}

type Sent = Pick<Purchase, 'buyer' | 'browser' | 'asked' | 'saidMeans' | 'after'> & {
  book: { slug: string }
}

/**
 * What makes two submissions one: the same words and price, from the same network and the same
 * browser. Pages come from caches and hold no secret of a visitor's, so this does not prove who
 * sends. It never leads to the page of an order that was paid (a proof opens its order, typed words
 * do not), and for two minutes to the payment of one that waits. The accepted weakness is there:
 * whoever shares a buyer's network and kind of browser, and sends every word of hers within these two
 * minutes, shares her order. With what it is paid does not count: a buyer who comes back and chooses
 * another operator buys the same book once.
 */
const hashOf = (shop: Shop, { book, buyer, browser, asked, after }: Sent) =>
  deriveKey(
    shop.config.appSecret,
    'purchase',
    JSON.stringify([addressOf(shop), browser, book.slug, buyer, asked, after]),
  )

/**
 * One more attempt at an unpaid order: a new payment with its own id, never the old one again. An
 * abandoned order gave its use of the code back: when none is left, the book's page says so.
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
  // Nothing was opened: a second tap, or paid in the meantime. The page shows which.
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
