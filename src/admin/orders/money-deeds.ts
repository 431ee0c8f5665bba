import { newTransactionId } from '../../storefront/checkout/buy.ts'
import { listDisputesOf } from '../../data/orders/disputes.ts'
import { closePayment, payByHand, refundPayment } from '../../data/orders/money-deeds.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import { defineDeed } from '../deeds/deed.ts'
import type { Visit } from '../deeds/deed.ts'
import { asTyped, hidden, line } from '../deeds/fields.tsx'
import {
  amountOf,
  howField,
  MAX_AMOUNT,
  PAID_HOWS,
  reasonField,
  referenceField,
} from './fields.tsx'
import { isClosable, isDouble, isRefundable, possibleDeeds } from './possible.ts'
import { recheck } from './recheck.ts'
import { aboutOrder, at, done, helperDeed, orderMoved, paymentAt } from './subject.tsx'
import { orderWords } from './words.ts'

/** Deeds that touch money: check again, refund, set aside, pay by hand. */

const recheckOrder = defineDeed({
  ...helperDeed('verifier'),
  // The dispute from whose page it was pressed: its answer is read there.
  fields: () => ({ dispute: hidden(asTyped) }),
  act: async ({ shop, person }, order, { dispute }) => {
    const found = await recheck(shop, { orderId: order.id, personId: person.id })
    const word = { asked: 'verifie', 'too-soon': 'patience', unclear: 'muet' }[found]
    const disputes = dispute === '' ? [] : await listDisputesOf(shop.sql, order.id)
    const from = disputes.find(({ id }) => String(id) === dispute)
    return from ? `${paths.deskDispute(from.id)}?fait=${word}` : done(order, word)
  },
})

const paymentMoved = ({ language }: Visit) => orderWords(language).errors.paymentMoved

const refund = defineDeed({
  path: at('rembourser'),
  by: 'owner',
  on: paymentAt,
  isOffered: (_, { payment }) => isRefundable(payment),
  fields: ({ language }, { payment }) => {
    const words = orderWords(language)
    // A payment held for a wrong amount is given back as received, perhaps more than was asked.
    const most = payment.status === 'review' ? MAX_AMOUNT : payment.amount
    return {
      payment: hidden(asTyped),
      amount: line(
        { label: words.deeds.amount, inputmode: 'numeric', maxlength: 20 },
        amountOf(words, Math.min(1, most), most),
      ),
      reason: reasonField(words),
      reference: referenceField(words.deeds.refundReference, words),
    }
  },
  typed: (_, { payment }) => ({
    payment: String(payment.attempt),
    amount: String(payment.amount),
  }),
  says: ({ language }, { order, payment }) => {
    const { deeds: words } = orderWords(language)
    const effect = isDouble(order, payment)
      ? words.refundDouble
      : payment.status === 'review'
        ? words.refundReview
        : words.refundEnds
    return {
      ...aboutOrder(order, language),
      title: words.refund,
      texts: [words.refundText(money(payment.amount, payment.currency, language)), effect],
      button: words.refund,
      isDanger: true,
    }
  },
  act: async ({ shop, person, now }, { order, payment }, { amount, reason, reference }) => {
    if (!isRefundable(payment)) return undefined
    const of = { orderId: order.id, personId: person.id, paymentId: payment.id }
    if (!(await refundPayment(shop.sql, { ...of, amount, reason, reference }, now)))
      return undefined
    shop.log('payment.refunded', { transactionId: payment.transactionId, person: person.id })
    return done(order, 'remboursee')
  },
  moved: paymentMoved,
})

const close = defineDeed({
  path: at('classer'),
  by: 'helper',
  on: paymentAt,
  isOffered: (_, { payment }) => isClosable(payment),
  fields: ({ language }) => ({
    payment: hidden(asTyped),
    reason: reasonField(orderWords(language)),
  }),
  typed: (_, { payment }) => ({ payment: String(payment.attempt) }),
  says: ({ language }, { order, payment }) => {
    const { deeds: words, payment: ofPayment } = orderWords(language)
    return {
      ...aboutOrder(order, language),
      title: ofPayment.close,
      texts: [words.closeText, ...(payment.status === 'review' ? [words.refundReview] : [])],
      button: ofPayment.close,
    }
  },
  act: async ({ shop, person, now }, { order, payment }, { reason }) => {
    const deed = { orderId: order.id, personId: person.id, paymentId: payment.id, reason }
    if (!(await closePayment(shop.sql, deed, now))) return undefined
    shop.log('payment.closed', { transactionId: payment.transactionId, person: person.id })
    return done(order, 'classee')
  },
  moved: paymentMoved,
})

const pay = defineDeed({
  ...helperDeed('payee'),
  isOffered: ({ shop }, order) => {
    const who = { isOwner: false, hasMail: false, isDemonstration: shop.provider.isPlayMoney }
    return possibleDeeds(order, [], who).pay
  },
  fields: ({ language }) => {
    const words = orderWords(language)
    return {
      how: howField(words.deeds.how, PAID_HOWS, words),
      reference: referenceField(words.deeds.reference, words),
      reason: reasonField(words),
    }
  },
  typed: () => ({ how: 'cash' }),
  says: ({ language }, order) => {
    const { deeds: words } = orderWords(language)
    return {
      ...aboutOrder(order, language),
      title: words.pay,
      texts: [
        words.payText(money(order.amount, order.currency, language)),
        order.status === 'review' ? words.payReview : words.payPending,
      ],
      button: words.pay,
    }
  },
  act: async ({ shop, person, now }, order, value) => {
    const payment = { ...value, transactionId: newTransactionId() }
    const isDemonstration = shop.provider.isPlayMoney
    const paid = { orderId: order.id, personId: person.id, payment, isDemonstration }
    if (!(await payByHand(shop.sql, paid, now))) return undefined
    shop.log('order.paid', { transactionId: payment.transactionId, person: person.id })
    return done(order, 'payee')
  },
  moved: orderMoved,
})

export const moneyDeeds = [recheckOrder, refund, close, pay]
