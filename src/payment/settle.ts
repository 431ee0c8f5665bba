import {
  acceptPayment,
  leavePayment,
  refusePayment,
  reviewPayment,
} from '../data/orders/settling.ts'
import type { Noted } from '../data/orders/settling.ts'
import { claimCheck } from '../data/orders/payments.ts'
import type { Payment } from '../data/orders/payments.ts'
import { sha256Hex } from '../lib/hmac.ts'
import { sendOneMessage } from '../mail/send.ts'
import type { Shop } from '../contracts/shop.ts'
import { tellOfDenial } from './denied.ts'
import type { CheckAnswer, Redacted } from '../money/provider.ts'
import { nextCheckAt, PAYMENT_LIFE_MS } from './schedule.ts'

export type Settlement = 'paid' | 'refused' | 'review' | 'waiting' | 'undecided'

/**
 * The only way to become paid. A notice, a return, a cron pass, a look at the page, a person's
 * button: each is a hint, and ends here. The provider is asked, its answer is judged against what
 * was ordered, and one statement moves the rows; when several come at once, one of them moves and
 * the others find it done. What is not sure changes nothing: an unknown is not a refusal.
 */
export async function settle(shop: Shop, payment: Payment): Promise<Settlement> {
  if (payment.status === 'accepted') return 'paid'
  if (payment.provider !== shop.provider.name) return leaveToItsProvider(shop, payment)
  const answer = await shop.provider.check(payment)
  return apply(shop, payment, answer)
}

/**
 * Begun under other keys: the API that the present keys open knows nothing about it and must not
 * judge it.
 */
async function leaveToItsProvider(shop: Shop, payment: Payment): Promise<Settlement> {
  const now = shop.now()
  const next = nextCheckAt(payment.createdAt, now)
  await leavePayment(shop.sql, payment, { nextCheckAt: next, expired: next === null }, now)
  shop.log('payment.other_provider', {
    transactionId: payment.transactionId,
    provider: payment.provider,
  })
  return 'undecided'
}

async function apply(shop: Shop, payment: Payment, answer: CheckAnswer): Promise<Settlement> {
  const now = shop.now()
  const next = nextCheckAt(payment.createdAt, now)
  // Past this age it counts as expired, whatever the answer; without an answer, once it is no
  // longer checked.
  const expired = now.getTime() - payment.createdAt.getTime() > PAYMENT_LIFE_MS
  const { transactionId } = payment
  switch (answer.kind) {
    case 'accepted': {
      const noted = await note(payment, answer.record)
      if (!isWhatWasAsked(payment, answer)) {
        await reviewPayment(shop.sql, payment, { ...answer, noted }, now)
        shop.log('payment.mismatch', { transactionId })
        return 'review'
      }
      const moved = await acceptPayment(shop.sql, payment, { ...answer, noted }, now)
      if (moved) {
        shop.log('order.paid', { transactionId })
        shop.background(sendOneMessage(shop))
      }
      return 'paid'
    }
    case 'refused': {
      const noted = await note(payment, answer.record)
      await refusePayment(shop.sql, payment, { ...answer, nextCheckAt: next, noted }, now)
      shop.log('payment.refused', { transactionId, code: answer.code })
      return 'refused'
    }
    case 'waiting': {
      const noted = await note(payment, answer.record)
      const { why, operator, code } = answer
      const waiting = { why, operator, code }
      await leavePayment(shop.sql, payment, { nextCheckAt: next, expired, waiting, noted }, now)
      return 'waiting'
    }
    case 'unclear': {
      const noted = await note(payment, answer.record)
      await leavePayment(shop.sql, payment, { nextCheckAt: next, expired, noted }, now)
      shop.log('payment.unclear', { transactionId, code: answer.code })
      return 'undecided'
    }
    case 'unreachable': {
      const outage = { retryAfterMs: answer.retryAfterMs }
      const left = { nextCheckAt: next, expired: next === null, outage }
      await leavePayment(shop.sql, payment, left, now)
      shop.log('provider.unreachable', { transactionId, reason: answer.reason })
      return 'undecided'
    }
    case 'denied': {
      const outage = { denial: answer.why }
      const left = { nextCheckAt: next, expired: next === null, outage }
      await leavePayment(shop.sql, payment, left, now)
      tellOfDenial(shop, answer)
      return 'undecided'
    }
  }
}

/** Amounts are compared as text: "150.00", "1.5e3" and "" are not 150. */
function isWhatWasAsked(payment: Payment, answer: { amount: string; currency: string }): boolean {
  return answer.amount === String(payment.amount) && answer.currency === payment.currency
}

async function note(payment: Payment, record: Redacted): Promise<Noted> {
  const fingerprint = await sha256Hex(`check ${payment.transactionId} ${JSON.stringify(record)}`)
  return { fingerprint, record }
}

/**
 * Checks again for a person who is waiting, unless somebody asked less than `gapMs` ago or the
 * provider is known to be down, for at most `patienceMs`; after that the check continues behind the
 * page, and the answer is false.
 */
export async function lookAgain(
  shop: Shop,
  paymentId: number,
  { gapMs, patienceMs }: { gapMs: number; patienceMs: number },
): Promise<boolean> {
  const claimed = await claimCheck(
    shop.sql,
    paymentId,
    { gapMs, heeds: shop.provider.name },
    shop.now(),
  )
  if (!claimed) return true
  const work = settle(shop, claimed)
  shop.background(work)
  let clock: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<false>((resolve) => {
    clock = setTimeout(resolve, patienceMs, false)
  })
  return Promise.race([work.then(() => true), patience]).finally(() => clearTimeout(clock))
}
