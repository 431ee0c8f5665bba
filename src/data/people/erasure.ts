import type { PendingQuery, Row } from 'postgres'
import { disputeErasure, marksOfDisputes } from './dispute-privacy.ts'
import type { Sql } from '../database.ts'
import { isSought } from './privacy.ts'
import type { Sought } from './privacy.ts'

/**
 * How a buyer is forgotten. Erasing keeps the accounts whole and leaves nothing of the person in any
 * row; the schema refuses to bring an erased person back (0002, `guard_person`).
 */
export type ErasureReason = 'asked' | 'mistake' | 'authority'

/** The personal fields in a notice's record, in its provider's words. */
type PersonalFields = readonly string[]

/**
 * Erases a person from all their orders, ends every link given to them, and writes down that
 * somebody was erased. Tells how many orders it touched, and cases without one.
 */
export async function erasePerson(
  sql: Sql,
  sought: Sought,
  {
    personId,
    why,
    ...how
  }: { personId: number; why: ErasureReason; personalFields: PersonalFields },
  now: Date,
): Promise<{ orders: number; cases: number }> {
  const chosen = sql`
    select id, buyer_name, phone_e164, email
    from orders
    where ${isSought(sql, sought)} and erased_at is null
    for update`
  const phones = sql`
    select phone_e164 from erased where phone_e164 <> ''
    union
    select ${sought.kind === 'phone' ? sought.phoneE164 : null}::text`
  const [erased] = await sql<{ orders: number; cases: number }[]>`
    with ${erasure(sql, chosen, { ...how, personId, endsLinks: true }, now)}, ${disputeErasure(sql, phones)},
    counted as (
      select
        (select count(*)::int from erased) as orders,
        (select count(*)::int from forgotten) as cases
    ), marked as (
      insert into erasure_marks (mark, at)
      select 'order ' || code, ${now} from erased
      union
      select mark, ${now} from ${marksOfDisputes(sql)}
      on conflict do nothing
    ), written as (
      insert into erasures (at, person_id, why, orders, cases)
      select ${now}, ${personId}, ${why}, orders, cases from counted where orders + cases > 0
    )
    select orders, cases from counted`
  return erased!
}

/**
 * Erases the persons of orders that nobody paid since `before`, oldest first, a few at a time. The
 * links stay: should money arrive late all the same, its buyer's page still opens.
 */
export async function forgetUnpaidOrders(
  sql: Sql,
  { before, limit, ...how }: { before: Date; limit: number; personalFields: PersonalFields },
  now: Date,
): Promise<number> {
  const chosen = sql`
    select id, buyer_name, phone_e164, email
    from orders
    where erased_at is null
      and status in ('pending', 'failed', 'expired')
      and created_at < ${before}
      and not exists (
        select from payments
        where order_id = orders.id
          and (created_at >= ${before} or status in ('accepted', 'review'))
      )
      and not exists (select from cases where order_id = orders.id and closed_at is null)
    order by created_at
    limit ${limit}
    for update skip locked`
  const [erased] = await sql<{ orders: number }[]>`
    with ${erasure(sql, chosen, { ...how, personId: null, endsLinks: false }, now)}
    select count(*)::int as orders from erased`
  return erased!.orders
}

/**
 * Everything that goes with a person, from the orders of `chosen`; `erased` are those orders. A
 * reference of the operator's stays, unless what was typed there is the person's number or name.
 */
export function erasure(
  sql: Sql,
  chosen: PendingQuery<Row[]>,
  {
    personId,
    endsLinks,
    personalFields,
  }: { personId: number | null; endsLinks: boolean; personalFields: PersonalFields },
  now: Date,
) {
  // Written as PostgreSQL writes an array: the Worker's driver cannot pass one.
  const fields = `{${personalFields.join()}}`
  return sql`
    chosen as (${chosen}
    ), erased as (
      update orders
      set buyer_name = 'Effacé', phone_typed = '', phone_e164 = '', email = null,
        form_hash = 'erased-' || gen_random_uuid(),
        link_version = link_version + ${endsLinks ? 1 : 0}, erased_at = ${now}
      from chosen
      where orders.id = chosen.id and orders.erased_at is null
      returning orders.id, orders.code, chosen.buyer_name, chosen.phone_e164, chosen.email
    ), heard as (
      update notices
      set record = record - ${fields}::text[]
      from payments, erased
      where payments.order_id = erased.id
        and notices.payment_id = payments.id
        and record ?| ${fields}::text[]
    ), played as (
      update simulated_transactions
      set body = body || '{"phone": ""}'
      from payments, erased
      where payments.order_id = erased.id
        and simulated_transactions.token = payments.provider_token
    ), claimed as (
      delete from cases using erased where order_id = erased.id
    ), met as (
      delete from order_devices using erased where order_id = erased.id
    ), noted as (
      delete from order_notes using erased where order_id = erased.id
    ), written_of as (
      -- Whoever asked is forgotten whole; an order that is only old leaves what other orders stand for.
      delete from customer_notes
      using erased
      where customer_notes.phone_e164 = erased.phone_e164
        and (
          ${endsLinks}
          or not exists (
            select from orders
            where orders.phone_e164 = erased.phone_e164
              and orders.erased_at is null
              and orders.id not in (select id from erased)
          )
        )
    ), explained as (
      update order_deeds set reason = 'Effacé' from erased where order_id = erased.id
    ), refunded as (
      update refunds
      set reason = 'Effacé',
        reference = case when ${namesPerson(sql, sql`reference`)} then '' else reference end
      from erased
      where order_id = erased.id
    ), referred as (
      update payments
      set operator_reference = ''
      from erased
      where order_id = erased.id and ${namesPerson(sql, sql`operator_reference`)}
    ), told as (
      insert into events (order_id, at, kind, person_id)
      select id, ${now}, 'person.erased', ${personId}::bigint from erased
    )`
}

/** People often write only the last digits of a number. */
const namesPerson = (sql: Sql, text: PendingQuery<Row[]>) => sql`(
  position(right(erased.phone_e164, 8) in regexp_replace(${text}, '[^0-9]', '', 'g')) > 0
  or (length(erased.buyer_name) > 2 and position(lower(erased.buyer_name) in lower(${text})) > 0)
  or position(lower(erased.email) in lower(${text})) > 0
)`

export type Erasure = {
  at: Date
  by: string
  why: ErasureReason
  orders: number
  cases: number
}

const ERASURES_SHOWN = 20

export function listErasures(sql: Sql): Promise<Erasure[]> {
  return sql<Erasure[]>`
    select erasures.at, people.name as by, erasures.why, erasures.orders, erasures.cases
    from erasures
    join people on people.id = erasures.person_id
    order by erasures.id desc
    limit ${ERASURES_SHOWN}`
}
