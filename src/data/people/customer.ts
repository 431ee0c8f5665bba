import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from '../orders/orders.ts'
import { spentBy } from './customers.ts'
import type { CustomerFilter, Spent } from './customers.ts'
import { isQuiet } from './quiet.ts'

/** A customer's own page. */
export type KnownCustomer = {
  /** The order that the address named. */
  orderId: number
  code: string
  phoneE164: string
  names: string[]
  emails: string[]
  spent: Spent[]
  isQuiet: boolean
  note: CustomerNote
  orders: CustomerOrder[]
}

/** Version 0: nothing was written yet. */
type CustomerNote = { text: string; version: number; by: string | null; at: Date | null }

type CustomerOrder = {
  code: string
  status: OrderStatus
  amount: number
  currency: Currency
  buyerName: string
  email: string | null
  bookTitle: string
  createdAt: Date
}

/** The list of orders finds the rest, by phone. */
export const CUSTOMER_ORDERS_SHOWN = 100

/** The customer of this order, with all orders of that phone; undefined: none, or an erased person. */
export async function findCustomer(
  sql: Sql,
  code: string,
  { quietKey, withSimulated }: CustomerFilter,
): Promise<KnownCustomer | undefined> {
  const [found] = await sql<Found[]>`
    select
      named.id as order_id, named.code, named.phone_e164,
      ${spentBy(sql, sql`named.phone_e164`, withSimulated)} as spent,
      ${isQuiet(sql, quietKey, sql`named.phone_e164`)} as is_quiet,
      coalesce(customer_notes.text, '') as note_text,
      coalesce(customer_notes.version, 0) as note_version,
      customer_notes.at as note_at,
      (select name from people where people.id = customer_notes.person_id) as note_by
    from orders named
    left join customer_notes on customer_notes.phone_e164 = named.phone_e164
    where named.code = ${code} and named.erased_at is null`
  if (!found) return undefined
  const orders = await sql<CustomerOrder[]>`
    select
      orders.code, orders.status, orders.amount, orders.currency, orders.buyer_name, orders.email,
      books.title as book_title, orders.created_at
    from orders
    join books on books.id = orders.book_id
    where orders.phone_e164 = ${found.phoneE164} and orders.erased_at is null
    order by orders.created_at desc, orders.id desc
    limit ${CUSTOMER_ORDERS_SHOWN}`
  const { noteText: text, noteVersion: version, noteAt: at, noteBy: by, ...customer } = found
  const each = (values: string[]) => [...new Set(values.filter(Boolean))]
  return {
    ...customer,
    names: each(orders.map(({ buyerName }) => buyerName)),
    emails: each(orders.map(({ email }) => email?.toLowerCase() ?? '')),
    note: { text, version, by, at },
    orders: [...orders],
  }
}

type Found = Pick<KnownCustomer, 'orderId' | 'code' | 'phoneE164' | 'spent' | 'isQuiet'> & {
  noteText: string
  noteVersion: number
  noteAt: Date | null
  noteBy: string | null
}

/**
 * Keeps what the seller writes about a phone, if it is still what was seen; an empty text leaves nothing.
 * False: somebody else wrote meanwhile.
 */
export async function saveCustomerNote(
  sql: Sql,
  note: { phoneE164: string; text: string; versionSeen: number; personId: number },
  now: Date,
): Promise<boolean> {
  const { phoneE164, text, versionSeen, personId } = note
  if (text === '') {
    const [kept] = await sql<{ isOther: boolean }[]>`
      with gone as (
        delete from customer_notes
        where phone_e164 = ${phoneE164} and version = ${versionSeen}
      )
      select exists (
        select from customer_notes where phone_e164 = ${phoneE164} and version <> ${versionSeen}
      ) as is_other`
    return !kept!.isOther
  }
  const rows = await sql`
    with theirs as (
      -- Held, so that an erasure that goes on meanwhile is waited for: then there is nobody to write about.
      select id
      from orders
      where phone_e164 = ${phoneE164} and erased_at is null
      order by id
      limit 1
      for share
    )
    insert into customer_notes (phone_e164, text, person_id, at, version)
    select ${phoneE164}, ${text}, ${personId}, ${now}, ${versionSeen} + 1
    from theirs
    where ${versionSeen} = 0
      or exists (
        select from customer_notes where phone_e164 = ${phoneE164} and version = ${versionSeen}
      )
    on conflict (phone_e164) do update
    set text = excluded.text, person_id = excluded.person_id, at = excluded.at,
      version = customer_notes.version + 1
    where customer_notes.version = ${versionSeen}
    returning version`
  return rows.length === 1
}

/** Parts of the statement that corrects the phone of an order (`mended`): see `mendContact`. */
export const noteFollows = (sql: Sql, from: string, to: string, orderId: number) => sql`
  left_behind as (
    delete from customer_notes
    where phone_e164 = ${from}
      and ${from} <> ${to}
      and exists (select from mended)
      and not exists (
        select from orders
        where phone_e164 = ${from} and id <> ${orderId} and erased_at is null
      )
    returning text, person_id, at
  ), followed as (
    insert into customer_notes (phone_e164, text, person_id, at)
    select ${to}, text, person_id, at from left_behind
    on conflict (phone_e164) do update
    set text = left(customer_notes.text || E'\\n' || excluded.text, 4000),
      version = customer_notes.version + 1
  )`
