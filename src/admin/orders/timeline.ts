import type { DeskEvent, DeskNotice } from '../../data/orders/desk-order.ts'
import { lookUp } from '../../lib/look-up.ts'
import { saysGivenBack } from '../../payment/kept.ts'
import type { Currency } from '../../money/currency.ts'
import { money, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { operatorName } from './operators.ts'
import { longDay, moment } from '../../words/moments.ts'
import { orderWords } from './words.ts'

type TimelineLine = {
  at: Date
  text: string
  /** Who did it. */
  who?: string | undefined
  /** The text of a note, or the reason given. */
  said?: string | undefined
}
export type TimelineDay = { day: string; lines: TimelineLine[] }

/** Entries that report what a check found: the check made at the same moment says nothing more. */
const FOUND = new Set(['order.paid', 'payment.double', 'payment.refused', 'payment.mismatch'])

/** Entries that come before what the provider said at the same moment. */
const FIRST = new Set(['order.opened', 'payment.opened', 'order.rechecked'])

/**
 * Everything that happened to an order, in plain words, by day. The ledger gives the states; the
 * provider's messages give the rest: each notice, and each check that found nothing new.
 */
export function timeline(
  told: { events: DeskEvent[]; notices: DeskNotice[]; currency: Currency },
  language: Language,
): TimelineDay[] {
  const found = new Set(
    told.events.filter(({ kind }) => FOUND.has(kind)).map(({ at }) => at.getTime()),
  )
  const heard = told.notices
    .filter(({ kind, firstAt }) => kind === 'notice' || !found.has(firstAt.getTime()))
    .map((notice) => noticeLine(notice, language))
  // Each notice is listed already, with how often it arrived.
  const events = told.events.filter(({ kind }) => kind !== 'notice.received')
  const line = (event: DeskEvent) => eventLine(event, told.currency, language)
  const lines = [
    ...events.filter(({ kind }) => FIRST.has(kind)).map(line),
    ...heard,
    ...events.filter(({ kind }) => !FIRST.has(kind)).map(line),
  ]
  // The sort is stable: events of the same moment stay in order of cause and effect.
  lines.sort((a, b) => a.at.getTime() - b.at.getTime())
  const days: TimelineDay[] = []
  for (const line of lines) {
    const day = longDay(line.at, language)
    if (days.at(-1)?.day !== day) days.push({ day, lines: [] })
    days.at(-1)!.lines.push(line)
  }
  return days
}

function noticeLine(notice: DeskNotice, language: Language): TimelineLine {
  const words = orderWords(language).timeline
  const { kind, record, firstAt } = notice
  const code = record['code'] ?? ''
  const checked = saysGivenBack(code) ? words.checkedGivenBack : words.checked(code)
  const text = (kind === 'notice' ? words.notice : checked) + againText(notice, language)
  return { at: firstAt, text }
}

/** Appended to a notice that came more than once: how often, and when last. */
export const againText = ({ times, lastAt }: DeskNotice, language: Language) =>
  times > 1 ? orderWords(language).timeline.times(times, moment(lastAt, language)) : ''

function eventLine(event: DeskEvent, currency: Currency, language: Language): TimelineLine {
  return {
    at: event.at,
    text: eventText(event, currency, language),
    who: event.personName ?? undefined,
    said: event.said ?? undefined,
  }
}

/** Which sentence describes a message: by its kind, or by its channel. */
function messageOf({ detail }: DeskEvent) {
  if (detail['channel'] === 'push') return 'push'
  const kinds = ['receipt', 'edition', 'back'] as const
  return kinds.find((kind) => kind === detail['kind']) ?? 'other'
}

function eventText(event: DeskEvent, currency: Currency, language: Language): string {
  const { timeline: words, hows } = orderWords(language)
  const known = (name: string) => String(event.detail[name] ?? '')
  const amount = () => money(Number(known('amount')), currency, language)
  const paid = () =>
    [
      amount(),
      known('by') === 'hand'
        ? hows[known('how') as keyof typeof hows]
        : operatorName(known('operator')),
      known('reference') && words.reference(known('reference')),
    ]
      .filter(Boolean)
      .join(', ')
  switch (event.kind) {
    case 'order.opened':
      return event.personName === null ? words.opened : words.openedByHand
    case 'order.paid':
      if (known('by') === 'hand') return words.paidByHand(paid())
      return known('amount') === '0' ? words.free : words.paid(paid())
    case 'payment.double':
      return words.double(paid())
    case 'payment.refused':
      return words.refused(refusal(known('why'), language))
    case 'payment.mismatch':
      return words.mismatch(`${known('amount')} ${known('currency')}`.trim())
    case 'payment.refunded':
      return words.refunded(amount())
    case 'message.prepared':
      return lookUp(words.sent, known('channel')) ?? words.sent.email
    case 'message.sent':
      return words.messageSent[messageOf(event)]
    case 'message.failed':
      return words.messageFailed[messageOf(event)]
    default:
      return lookUp(words.plain, event.kind) ?? words.other(event.kind)
  }
}

function refusal(why: string, language: Language): string {
  const reasons = wordsIn(language).order.failed.why
  return lookUp(reasons, why) ?? reasons.other
}
