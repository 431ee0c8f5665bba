import type { Mailed } from '../support/mailbox.ts'
import type { Trial } from './checker.ts'

/** A message is given up after a day of tries; fewer tries than this, and it was given up too soon. */
const TRIES_BEFORE_GIVING_UP = 4

/**
 * What must hold of the letters when the faults have stopped: every buyer with an address whose
 * order is paid was written to once, by a mail service that keeps keys, and the seller of every
 * amount that was another than asked, and once of each time in which CinetPay let nobody in.
 */
export async function checkLetters(
  trial: Pick<Trial, 'sql' | 'broken'>,
  mails: readonly Pick<Mailed, 'key' | 'to'>[],
): Promise<void> {
  const messages = await trial.sql<Message[]>`
    select messages.key, messages.kind, messages.state, messages.tries, orders.status, orders.email
    from messages
    left join orders on orders.id = messages.order_id`
  const times = countBy(mails, ({ key }) => key)
  for (const message of messages) {
    const fault = faultOf(message, times.get(message.key) ?? 0)
    if (fault) trial.broken.push(`letter ${message.key}: ${fault}`)
  }
  const receipts = mails.filter(({ key }) => key.startsWith('receipt-'))
  const bought = await trial.sql<{ email: string; purchases: number }[]>`
    select email, count(*)::int as purchases
    from orders
    where paid_at is not null and email is not null
    group by email`
  const purchases = new Map(bought.map((row) => [row.email, row.purchases]))
  for (const [to, letters] of countBy(receipts, (mail) => mail.to))
    if (letters > (purchases.get(to) ?? 0))
      trial.broken.push(`${to}: ${letters} receipts of ${purchases.get(to) ?? 0} purchases`)
  const untold = await trial.sql<{ transactionId: string }[]>`
    select transaction_id
    from payments
    where status = 'review'
      and not exists (select from messages where key = 'review-' || payments.id)`
  for (const { transactionId } of untold)
    trial.broken.push(`${transactionId}: another amount, and the seller was not told`)
}

type Message = {
  key: string
  kind: string
  state: 'due' | 'sent' | 'failed' | 'none'
  tries: number
  /** Null: about no order. */
  status: string | null
  email: string | null
}

function faultOf({ state, kind, tries, status, email }: Message, times: number) {
  if (times > 1) return `arrived ${times} times`
  switch (state) {
    case 'due':
      return 'still waits'
    case 'sent':
      return times === 1 ? undefined : 'said to be sent, and never arrived'
    case 'failed':
      return tries < TRIES_BEFORE_GIVING_UP ? `given up after ${tries} tries` : undefined
    case 'none':
      if (kind === 'receipt' && (email === null || status !== 'paid')) return undefined
      // Mended before it was written: no news.
      if (kind === 'address' || kind === 'keys') return undefined
      return 'not sent, though there was somebody to write to'
  }
}

function countBy<T>(all: readonly T[], name: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(name(one), (counts.get(name(one)) ?? 0) + 1)
  return counts
}
