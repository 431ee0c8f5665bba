import { Hono } from 'hono'
import { newTransactionId } from '../../storefront/checkout/buy.ts'
import { closePayment, payByHand, refundPayment } from '../../data/orders/money-deeds.ts'
import { listPaymentsOf } from '../../data/orders/desk-order.ts'
import type { DeskOrder, DeskPayment } from '../../data/orders/desk-order.ts'
import type { Shop } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { ownerOnly } from '../guard.ts'
import * as pages from './deed-pages.tsx'
import { asItIs, at, done } from './deed-places.ts'
import { readHand, readReason, readRefund, typedHand, typedReason, typedRefund } from './forms.ts'
import { isClosable, isRefundable, possibleDeeds } from './possible.ts'
import { recheck } from './recheck.ts'
import type { OrderEnv } from './with-order.ts'
import { orderWords } from './words.ts'

/** The deeds that touch money (see `deeds.tsx`): asked about again, refunded, set aside, paid by hand. */
export const moneyDeeds = new Hono<OrderEnv>()

moneyDeeds.post(at('verifier'), async (c) => {
  const { order, person } = c.var
  const found = await recheck(c.env, { orderId: order.id, personId: person.id })
  const words = { asked: 'verifie', 'too-soon': 'patience', unclear: 'muet' }
  return c.redirect(done(order, words[found]), 303)
})

moneyDeeds.use(at('rembourser'), ownerOnly)

moneyDeeds.get(at('rembourser'), async (c) => {
  const { order, language } = c.var
  const payment = await findPayment(c.env, order, c.req.query('paiement'))
  if (!payment || !isRefundable(payment)) return c.redirect(paths.deskOrder(order.code), 303)
  const typed = { amount: String(payment.amount), reason: '', reference: '' }
  return c.render(<pages.RefundPage {...{ order, payment, typed, language }} errors={{}} />, {
    title: orderWords(language).deeds.refund,
  })
})

moneyDeeds.post(at('rembourser'), async (c) => {
  const { order, person, fields, language } = c.var
  const words = orderWords(language)
  const payment = await findPayment(c.env, order, fields.get('payment'))
  if (!payment) return renderFault(c, 400)
  const typed = typedRefund(fields)
  const reading = readRefund(typed, payment, words)
  if (reading.ok && isRefundable(payment)) {
    const refund = {
      orderId: order.id,
      personId: person.id,
      paymentId: payment.id,
      ...reading.value,
    }
    const moved = await refundPayment(c.env.sql, refund, c.env.now())
    if (moved) {
      c.env.log('payment.refunded', { transactionId: payment.transactionId, person: person.id })
      return c.redirect(done(order, 'remboursee'), 303)
    }
  }
  const props = { payment, typed, language, errors: reading.ok ? {} : reading.errors }
  c.status(reading.ok ? 409 : 422)
  return c.render(
    <pages.RefundPage
      {...props}
      order={await asItIs(c.env, order)}
      clash={reading.ok ? words.errors.paymentMoved : undefined}
    />,
    { title: words.deeds.refund },
  )
})

moneyDeeds.get(at('classer'), async (c) => {
  const { order, language } = c.var
  const payment = await findPayment(c.env, order, c.req.query('paiement'))
  if (!payment || !isClosable(payment)) return c.redirect(paths.deskOrder(order.code), 303)
  return c.render(
    <pages.ClosePage {...{ order, payment, language }} typed={{ reason: '' }} errors={{}} />,
    { title: orderWords(language).payment.close },
  )
})

moneyDeeds.post(at('classer'), async (c) => {
  const { order, person, fields, language } = c.var
  const words = orderWords(language)
  const payment = await findPayment(c.env, order, fields.get('payment'))
  if (!payment) return renderFault(c, 400)
  const typed = typedReason(fields)
  const reading = readReason(typed, words)
  if (reading.ok) {
    const deed = { orderId: order.id, personId: person.id, paymentId: payment.id, ...reading.value }
    if (await closePayment(c.env.sql, deed, c.env.now())) {
      c.env.log('payment.closed', { transactionId: payment.transactionId, person: person.id })
      return c.redirect(done(order, 'classee'), 303)
    }
  }
  c.status(reading.ok ? 409 : 422)
  return c.render(
    <pages.ClosePage
      {...{ payment, typed, language }}
      order={await asItIs(c.env, order)}
      errors={reading.ok ? {} : reading.errors}
      clash={reading.ok ? words.errors.paymentMoved : undefined}
    />,
    { title: words.payment.close },
  )
})

moneyDeeds.get(at('payee'), async (c) => {
  const { order, language } = c.var
  const who = { isOwner: false, hasMail: false, isDemonstration: c.env.provider.isPlayMoney }
  if (!possibleDeeds(order, [], who).pay) return c.redirect(paths.deskOrder(order.code), 303)
  const typed = { how: 'cash', reference: '', reason: '' }
  return c.render(<pages.PayByHandPage {...{ order, typed, language }} errors={{}} />, {
    title: orderWords(language).deeds.pay,
  })
})

moneyDeeds.post(at('payee'), async (c) => {
  const { order, person, fields, language } = c.var
  const words = orderWords(language)
  const typed = typedHand(fields)
  const reading = readHand(typed, words)
  if (reading.ok) {
    const payment = { ...reading.value, transactionId: newTransactionId() }
    const isDemonstration = c.env.provider.isPlayMoney
    const paid = { orderId: order.id, personId: person.id, payment, isDemonstration }
    if (await payByHand(c.env.sql, paid, c.env.now())) {
      c.env.log('order.paid', { transactionId: payment.transactionId, person: person.id })
      return c.redirect(done(order, 'payee'), 303)
    }
  }
  const now = await asItIs(c.env, order)
  c.status(reading.ok ? 409 : 422)
  return c.render(
    <pages.PayByHandPage
      {...{ typed, language }}
      order={now}
      errors={reading.ok ? {} : reading.errors}
      clash={reading.ok ? words.errors.moved(words.statuses[now.status]) : undefined}
    />,
    { title: words.deeds.pay },
  )
})

/** The payment of that number; without a number, the one that the access rests on. */
async function findPayment(
  shop: Shop,
  order: DeskOrder,
  attempt: string | undefined,
): Promise<DeskPayment | undefined> {
  const payments = await listPaymentsOf(shop.sql, order.id)
  return payments.find((payment) =>
    attempt === undefined
      ? payment.id === order.grantedPaymentId
      : String(payment.attempt) === attempt,
  )
}
