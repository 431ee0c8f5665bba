import { claimMessage, recordOutcome } from '../data/outbox.ts'
import type { ClaimedMessage, Outcome } from '../data/outbox.ts'
import { randomToken } from '../lib/encoding.ts'
import { describeError } from '../lib/log.ts'
import { currentSettings } from '../settings-cache.ts'
import type { Shop } from '../shop.ts'
import { writeLetter } from './letters.tsx'
import type { SendAnswer } from './mail.ts'

const HOUR_MS = 60 * 60_000
/** Longer than a sending may take: whoever holds it was killed. */
const LEASE_MS = 2 * 60_000

/**
 * How long after the first try each next one comes. All of them lie within 24 hours, for which a
 * service keeps an idempotency key: later the same key would send a second letter.
 */
const AGAIN_AFTER_MS = [1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 22 * 60].map((min) => min * 60_000)

/**
 * Sends one message that is due; false when none is, the hour is full, or the shop has no mail.
 * Written anew at each try, from the rows as they are: an address that was mended is the one used.
 */
export async function sendOneMessage(shop: Shop): Promise<boolean> {
  const { mail, sql } = shop
  if (!mail) return false
  const now = shop.now()
  const message = await claimMessage(
    sql,
    {
      lease: randomToken(),
      leaseUntil: new Date(now.getTime() + LEASE_MS),
      hour: new Date(now.getTime() - (now.getTime() % HOUR_MS)),
      perHour: mail.perHour,
    },
    now,
  )
  if (!message) return false
  const letter = await writeLetter(shop, message, await currentSettings(shop))
  const answer = isTooLate(message, now)
    ? TOO_LATE
    : letter && (await mail.send(letter).catch(asLater))
  const outcome = outcomeOf(message, answer, shop.now())
  await recordOutcome(sql, message, outcome, shop.now())
  const fields = { message: message.id, kind: message.kind, tries: message.tries }
  const reason = answer && 'reason' in answer ? { reason: answer.reason } : {}
  if (outcome.state !== 'none')
    shop.log(`message.${EVENTS[outcome.state]}`, { ...fields, ...reason })
  return true
}

const LAST_TRY_MS = 23 * HOUR_MS
const TOO_LATE: SendAnswer = { kind: 'refused', reason: 'tried a day ago, by who never came back' }

/** Whether it went the last time nobody knows, and its key may be forgotten: a person decides. */
const isTooLate = ({ firstTriedAt }: ClaimedMessage, now: Date) =>
  now.getTime() - firstTriedAt.getTime() > LAST_TRY_MS

const EVENTS = { sent: 'sent', due: 'delayed', failed: 'failed' } as const

const asLater = (error: unknown): SendAnswer => ({
  kind: 'later',
  reason: describeError(error)['error'] ?? 'unknown',
})

function outcomeOf(
  { firstTriedAt }: ClaimedMessage,
  answer: SendAnswer | undefined,
  now: Date,
): Outcome {
  switch (answer?.kind) {
    case undefined:
      return { state: 'none' }
    case 'sent':
      return { state: 'sent' }
    case 'refused':
      return { state: 'failed', fault: answer.reason }
    case 'later': {
      const ageMs = now.getTime() - firstTriedAt.getTime()
      const after = AGAIN_AFTER_MS.find((one) => one > ageMs)
      if (after === undefined) return { state: 'failed', fault: answer.reason }
      const dueAt = new Date(firstTriedAt.getTime() + after)
      return { state: 'due', dueAt, fault: answer.reason }
    }
  }
}
