import type { PendingQuery, Row } from 'postgres'
import type { Denial } from '../../money/provider.ts'
import type { Sql } from '../database.ts'
import { alertFor } from '../messages/outbox.ts'

/** This many unanswered questions in a row are an outage; one or two are chance. */
const FAILURES_TO_OPEN = 3
const SHORTEST_MS = 30_000
const LONGEST_MS = 10 * 60_000
/** How long one process may take for a retry before another may try. */
const TURN_MS = 30_000

/**
 * The circuit breaker, kept in the database because processes share nothing. After three
 * unanswered questions in a row, about more than one payment, nobody asks but genuine notices, which are a sign of life, and
 * persons; after 30 s one question is let through, and while it is not answered either, one after
 * 1, 2, 4, 8, then every 10 minutes. Any answer closes the circuit. Told to slow down (429), it
 * opens at once, for as long as was asked and 10 minutes at most. A denial opens it at once, too.
 */
export type Outage = {
  retryAfterMs?: number | undefined
  denial?: Denial | undefined
  /**
   * The payment asked about. One odd payment that is asked about repeatedly is no outage: it counts
   * once.
   */
  paymentId?: number
}

/**
 * A part of the statement that records an unanswered question: `outage as (…)`. Questions that were
 * under way when the circuit opened say nothing new: they neither lengthen nor shorten it.
 */
export function countFailure(sql: Sql, provider: string, outage: Outage, now: Date) {
  const asked = outage.retryAfterMs
  const until =
    asked === undefined
      ? null
      : new Date(now.getTime() + Math.min(Math.max(asked, 1_000), LONGEST_MS))
  const isOpen = sql`coalesce(outage.open_until > ${now}, false)`
  const about = outage.paymentId ?? null
  const isSame = sql`outage.open_until is null and coalesce(outage.payment_id = ${about}, false)`
  const backOff = sql`${now}::timestamptz + least(
    ${SHORTEST_MS / 1000} * power(2, least(greatest(outage.failures + 1 - ${FAILURES_TO_OPEN}, 0), 10)),
    ${LONGEST_MS / 1000}
  ) * interval '1 second'`
  const denial = outage.denial ?? null
  return sql`
    insert into provider_outages as outage (
      provider, failures, since, open_until, denial, payment_id
    )
    values (
      ${provider}, ${denial ? FAILURES_TO_OPEN : 1}, ${now},
      ${denial ? new Date(now.getTime() + SHORTEST_MS) : until}, ${denial}, ${about}
    )
    on conflict (provider) do update
    set failures = case when ${isOpen} or ${isSame} then outage.failures else outage.failures + 1 end,
      since = case when ${isSame} then excluded.since else outage.since end,
      payment_id = coalesce(excluded.payment_id, outage.payment_id),
      denial = coalesce(excluded.denial, outage.denial),
      open_until = greatest(
        ${until},
        outage.open_until,
        case
          when ${isOpen} then null
          when outage.open_until is not null
            or (not (${isSame}) and outage.failures + 1 >= ${FAILURES_TO_OPEN})
            or ${denial}::text is not null
            then ${backOff}
        end
      ),
      turn_until = case when ${isOpen} then outage.turn_until end
    returning denial`
}

/**
 * The alert is repeated at this interval during an outage; one that comes and goes alerts no more
 * often.
 */
const TOLD_AGAIN_MS = 6 * 60 * 60_000

/** The part of a statement that records a denial: an alert to the seller. */
export const alertOfDenial = (sql: Sql, denial: Denial, now: Date) => {
  const turn = Math.floor(now.getTime() / TOLD_AGAIN_MS)
  const its = { again: true }
  return alertFor(sql, denial, sql`(select ${turn}::int as id, null::bigint as order_id)`, now, its)
}

/** The part of a statement that records an answer; it deletes nothing when all was well. */
export const forgetFailures = (sql: Sql, provider: string) => sql`
  delete from provider_outages where provider = ${provider}`

/**
 * Parts of a statement that asks whether a provider may be asked now, about the rows of its part
 * `due`: `turn` takes the one turn that an open circuit gives, unless nothing is due; `turns` says
 * how many questions are allowed: all, one, or none. The payment is locked before the outage, here
 * as where an answer is recorded.
 */
export const turns = (sql: Sql, provider: string, all: number, now: Date) => sql`
  turn as (
    update provider_outages
    set turn_until = ${new Date(now.getTime() + TURN_MS)}
    where provider = ${provider}
      and open_until <= ${now}
      and (turn_until is null or turn_until <= ${now})
      and exists (select from due)
    returning provider
  ), turns as (
    select
      case
        when exists (select from turn) then 1
        when exists (
          select from provider_outages where provider = ${provider} and open_until is not null
        ) then 0
        else ${all}::int
      end as count
  )`

/** These providers let us in, as a part of the statement that pages were opened with. What else is out of order stays. */
export const endDenials = (sql: Sql, providers: PendingQuery<Row[]>) => sql`
  delete from provider_outages where provider in (${providers}) and denial is not null`

export const endDenial = (sql: Sql, provider: string) => endDenials(sql, sql`${provider}`)

/**
 * Since when a provider has not answered; undefined while its circuit is closed. With `denial`, it
 * answers and lets nobody in from here; `seenAs` is then our address as it sees it, once it is known.
 */
export type KnownOutage = { since: Date; denial: Denial | null; seenAs: string | null }

export async function findOutage(sql: Sql, provider: string) {
  const [outage] = await sql<KnownOutage[]>`
    select since, denial, seen_as
    from provider_outages
    where provider = ${provider} and open_until is not null`
  return outage
}

export async function noteSeenAs(sql: Sql, provider: string, address: string): Promise<void> {
  await sql`
    update provider_outages
    set seen_as = ${address}
    where provider = ${provider} and denial = 'address'`
}

/** What an unpaid order's page says while the provider does not answer. */
export type Silence = { denial: Denial | null; atOpening: boolean }

/**
 * Whether the provider left the last question unanswered, or that for this order's payment page;
 * one answer, to whatever question, ends the first.
 */
export async function findSilence(
  sql: Sql,
  provider: string,
  order: { id: number; paymentCreatedAt: Date },
): Promise<Silence | undefined> {
  const [silence] = await sql<Silence[]>`
    select outage.denial, opening.at is not null as at_opening
    from (select 1) one
    left join provider_outages outage on outage.provider = ${provider}
    left join lateral (
      select at
      from events
      where order_id = ${order.id}
        and kind = 'payment.begin_unclear'
        and at >= ${order.paymentCreatedAt}
      limit 1
    ) opening on true
    where outage.provider is not null or opening.at is not null`
  return silence
}
