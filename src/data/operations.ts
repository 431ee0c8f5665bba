import type { Sql } from './database.ts'
import type { Channel } from './messages/sending.ts'
import type { LookAtCount } from './orders/to-look-at.ts'
import { toLookAt } from './orders/to-look-at.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/time.ts'

/** The shop's vital signs, for monitoring. Nothing here is personal. */
export type Vitals = LookAtCount & {
  /** Payments overdue for a check, and since when the first of them. */
  paymentsDue: number
  paymentsDueSince: Date | null
  /** Unpaid orders that may still be paid, by age. */
  pendingTenMinutes: number
  pendingHour: number
  pendingDay: number
  pendingOlder: number
  /** Since when the payment provider has not answered, or has refused us. */
  outageSince: Date | null
  lettersDue: number
  lettersDueSince: Date | null
  lettersGivenUp: number
  openedLately: number
  paidLately: number
  damagedFiles: number
  backedUpAt: Date | null
  passedAt: Date | null
}

const LATELY_MS = 5 * MINUTE_MS
const TEN_MINUTES_MS = 10 * MINUTE_MS

const letters = (sql: Sql, channels: readonly Channel[], now: Date) =>
  sql`from messages where channel in ${sql(channels)} and due_at <= ${now}`

type Watched = { provider: string; channels: readonly Channel[]; withSimulated: boolean }

/**
 * One statement of which each part reads an index, and counts ten thousand rows at most: a shop in
 * trouble must not be asked for more than one that is well. The limit stands in the text, so that it
 * is planned once.
 */
export async function readVitals(
  sql: Sql,
  { provider, channels, withSimulated }: Watched,
  now: Date,
): Promise<Vitals> {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const count = (found: ReturnType<typeof letters>) => sql`
    (select count(*)::int from (select 1 ${found} limit 10000) counted)`
  const pending = (from: Date | null, until: Date) =>
    count(sql`
    from orders
    where status = 'pending'
      ${from ? sql`and created_at > ${from}` : sql``}
      and created_at <= ${until}`)
  const due = letters(sql, channels, now)
  const [vitals] = await sql<Vitals[]>`
    select
      ${count(sql`from payments where next_check_at <= ${now}`)} as payments_due,
      (select min(next_check_at) from payments where next_check_at <= ${now}) as payments_due_since,
      ${pending(ago(TEN_MINUTES_MS), now)} as pending_ten_minutes,
      ${pending(ago(HOUR_MS), ago(TEN_MINUTES_MS))} as pending_hour,
      ${pending(ago(DAY_MS), ago(HOUR_MS))} as pending_day,
      ${pending(null, ago(DAY_MS))} as pending_older,
      (
        select since from provider_outages where provider = ${provider} and open_until is not null
      ) as outage_since,
      ${count(due)} as letters_due,
      (select min(due_at) ${due}) as letters_due_since,
      ${count(sql`from messages where state = 'failed'`)} as letters_given_up,
      ${count(sql`from orders where created_at > ${ago(LATELY_MS)}`)} as opened_lately,
      ${count(sql`from orders where paid_at > ${ago(LATELY_MS)}`)} as paid_lately,
      ${count(sql`from files where damaged_at is not null`)} as damaged_files,
      (
        select created_at
        from suitcases
        where kind = 'backup' and state = 'ready'
        order by created_at desc
        limit 1
      ) as backed_up_at,
      (select max(seen_at) from signs_of_life where kind = 'cron') as passed_at,
      ${toLookAt(sql, now, withSimulated)}`
  return vitals!
}
