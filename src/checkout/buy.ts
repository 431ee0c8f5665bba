import type { Book } from '../data/books.ts'
import { findOrderByForm, openOrder, openPayment } from '../data/orders.ts'
import type { Order } from '../data/orders.ts'
import { recordBegun, recordNotBegun } from '../data/payments.ts'
import { orderKey } from '../delivery/keys.ts'
import { newCode } from '../lib/crockford.ts'
import { hex, randomBytes } from '../lib/encoding.ts'
import { sha256Hex } from '../lib/hmac.ts'
import type { Currency } from '../payment/currency.ts'
import { nextCheckAt } from '../payment/schedule.ts'
import type { Shop } from '../shop.ts'
import { paths, returnAddress } from '../urls.ts'
import type { Language } from '../words/words.ts'
import type { Buyer } from './buyer.ts'

/**
 * From "buy" to the provider. The order and its payment are committed before the provider hears
 * of them: whatever is cut after that, the row is there to be asked about. Returns the address
 * that the buyer goes to: the payment page, or else the order's page, which tells what happened.
 */
export async function buy(shop: Shop, { book, buyer, nonce, language }: Purchase): Promise<string> {
  const now = shop.now()
  // The nonce alone would hand a stranger's order to whoever was served the same page.
  const formHash = await sha256Hex(JSON.stringify([nonce, book.id, buyer]))
  const code = newCode()
  const transactionId = newTransactionId()
  const opened = await openOrder(
    shop.sql,
    {
      code,
      formHash,
      bookId: book.id,
      fileId: book.fileId,
      amount: book.price,
      currency: book.currency,
      simulated: shop.provider.isPlayMoney,
      buyerName: buyer.name,
      phoneTyped: buyer.phoneTyped,
      phoneE164: buyer.phoneE164,
      email: buyer.email,
      language,
      payment: {
        transactionId,
        provider: shop.provider.name,
        nextCheckAt: nextCheckAt(now, now)!,
      },
    },
    now,
  )
  if (!opened) return continueOrder(shop, (await findOrderByForm(shop.sql, formHash))!)
  const key = await orderKey(shop.config.appSecret, { code, linkVersion: 1 })
  const { price: amount, currency, title } = book
  return begin(shop, {
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
}

export type Purchase = { book: Book; buyer: Buyer; nonce: string; language: Language }

/** One more try at an unpaid order: a new payment with an id of its own, never the old one again. */
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
  if (!opened) return paths.order(key)
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
    language: payment.language,
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

/** A form sent twice: on to the page that the first sending opened, if it is open yet. */
async function continueOrder(shop: Shop, order: Order): Promise<string> {
  if (order.status === 'pending' && order.pageUrl) return order.pageUrl
  return paths.order(await orderKey(shop.config.appSecret, order))
}

/** 24 upper-case hexadecimal digits (96 bits), as in the guide: satisfies every rule reported. */
const newTransactionId = () => hex(randomBytes(12)).toUpperCase()
