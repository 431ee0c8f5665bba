import { claimMessage, recordOutcome } from '../data/messages/sending.ts'
import type { Channel, ClaimedMessage, Outcome } from '../data/messages/sending.ts'
import { giveBackAct } from '../data/throttles.ts'
import { randomToken } from '../lib/encoding.ts'
import { describeError } from '../lib/log.ts'
import { isTrialOver } from '../money/play-money.ts'
import { currentSettings } from '../data/settings-cache.ts'
import type { Shop } from '../contracts/shop.ts'
import { writeLetter, writeNote } from './letters.tsx'
import type { SendAnswer } from '../contracts/mail.ts'
import { readPushTarget, sendNote } from './push.ts'
import { HOUR_MS } from '../lib/time.ts'

/** Longer than a sending may take: the process that holds it was killed. */
const LEASE_MS = 2 * 60_000

/**
 * How long after the first try each next one comes. All of them lie within 24 hours, for which a
 * service keeps an idempotency key: later the same key would send a second letter.
 */
const AGAIN_AFTER_MS = [1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 22 * 60].map((min) => min * 60_000)

/** Ntfy takes 250 a day from one address, and a seller reads fewer. */
const NOTES_PER_HOUR = 30

/**
 * Sends one message that is due, to the seller's phone before the mail; false when none is, the hour
 * is full, or there is no way to send. Written at each try from the rows as they are: a corrected
 * address is the one used.
 */
export async function sendOneMessage(shop: Shop): Promise<boolean> {
  const settings = await currentSettings(shop)
  const target = readPushTarget(settings.alerts.push)
  const { mail } = shop
  return (
    (target !== undefined &&
      (await sendOne(shop, { channel: 'push', perHour: NOTES_PER_HOUR }, async (message) => {
        const note = await writeNote(shop, message)
        return note && sendNote(shop.fetch, target, note)
      }))) ||
    (mail !== undefined &&
      (await sendOne(shop, { channel: 'mail', perHour: mail.perHour }, async (message) => {
        const letter = await writeLetter(shop, message, settings)
        return letter && mail.send(letter)
      })))
  )
}

async function sendOne(
  shop: Shop,
  way: { channel: Channel; perHour: number },
  send: (message: ClaimedMessage) => Promise<SendAnswer | undefined>,
): Promise<boolean> {
  const now = shop.now()
  const claim = {
    ...way,
    // Receipts keep their half of the hour.
    forAll: Math.ceil(way.perHour / 2),
    lease: randomToken(),
    leaseUntil: new Date(now.getTime() + LEASE_MS),
    hour: new Date(now.getTime() - (now.getTime() % HOUR_MS)),
  }
  const message = await claimMessage(shop.sql, claim, now)
  if (!message) return false
  const isMute = message.order !== undefined && isTrialOver(shop, message.order)
  const answer = isMute
    ? undefined
    : isTooLate(message, now)
      ? TOO_LATE
      : await send(message).catch(asLater)
  const outcome = outcomeOf(message, answer, shop.now())
  await recordOutcome(shop.sql, message, outcome, shop.now())
  // There was nobody to send it to: its place in the hour is another's.
  if (outcome.state === 'none') await giveBackAct(shop.sql, placeIn(claim))
  const fields = { message: message.id, kind: message.kind, tries: message.tries }
  const reason = answer && 'reason' in answer ? { reason: answer.reason } : {}
  if (outcome.state !== 'none')
    shop.log(`message.${EVENTS[outcome.state]}`, { ...fields, ...reason })
  return true
}

const placeIn = ({ channel, hour }: { channel: Channel; hour: Date }) => ({
  key: channel,
  windowStart: hour,
})

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
