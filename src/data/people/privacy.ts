import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from '../orders/orders.ts'
import { isQuiet } from './quiet.ts'

/**
 * What is known of a buyer. Buyers have no account: a person is everybody who ordered with this
 * phone, or with this e-mail address. How one is forgotten: `erasure.ts`.
 */
export type Sought = { kind: 'phone'; phoneE164: string } | { kind: 'email'; email: string }

export type KnownOrder = {
  code: string
  status: OrderStatus
  amount: number
  currency: Currency
  createdAt: Date
  bookTitle: string
  buyerName: string
  phoneTyped: string
  phoneE164: string
  email: string | null
  notes: number
  /** Whether there is a note about its phone. */
  hasNote: boolean
}

/** The page shows at most this many; export and erasure take all. */
const KNOWN_ORDERS_SHOWN = 200

export const isSought = (sql: Sql, sought: Sought) =>
  sought.kind === 'phone'
    ? sql`orders.phone_e164 = ${sought.phoneE164}`
    : sql`lower(orders.email) = lower(${sought.email})`

export function listOrdersOfPerson(sql: Sql, sought: Sought): Promise<KnownOrder[]> {
  return sql<KnownOrder[]>`
    select
      orders.code, orders.status, orders.amount, orders.currency, orders.created_at,
      books.title as book_title,
      orders.buyer_name, orders.phone_typed, orders.phone_e164, orders.email,
      (select count(*)::int from order_notes where order_id = orders.id) as notes,
      exists (select from customer_notes where phone_e164 = orders.phone_e164) as has_note
    from orders
    join books on books.id = orders.book_id
    where ${isSought(sql, sought)}
      and orders.erased_at is null
    order by orders.created_at desc, orders.id desc
    limit ${KNOWN_ORDERS_SHOWN}`
}

/** Phone numbers and addresses of these orders that other orders share: perhaps the same person. */
export async function listSharedContacts(sql: Sql, sought: Sought): Promise<string[]> {
  const rows = await sql<{ contact: string }[]>`
    with known as (
      select orders.phone_e164, lower(orders.email) as email
      from orders
      where ${isSought(sql, sought)} and erased_at is null
    )
    select known.phone_e164 as contact
    from known
    join orders on orders.phone_e164 = known.phone_e164
    where not coalesce(${isSought(sql, sought)}, false)
    union
    select known.email
    from known
    join orders on lower(orders.email) = known.email
    where not coalesce(${isSought(sql, sought)}, false)
    order by contact
    limit ${KNOWN_ORDERS_SHOWN}`
  return rows.map(({ contact }) => contact)
}

/** Everything that the shop holds about a person, to be exported; one JSON value per order. */
export async function exportPerson(sql: Sql, sought: Sought, quietKey: string): Promise<unknown[]> {
  const rows = await sql<{ known: unknown }[]>`
    select jsonb_build_object(
      'code', orders.code,
      'createdAt', orders.created_at,
      'paidAt', orders.paid_at,
      'status', orders.status,
      'book', books.title,
      'amount', orders.amount,
      'currency', orders.currency,
      'simulated', orders.simulated,
      'language', orders.language,
      'saidMeans', orders.said_means,
      'buyer', jsonb_build_object(
        'name', orders.buyer_name,
        'phoneTyped', orders.phone_typed,
        'phone', orders.phone_e164,
        'email', orders.email
      ),
      'payments', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'transactionId', transaction_id,
          'provider', provider,
          'status', status,
          'amount', amount,
          'currency', currency,
          'operator', operator,
          'operatorReference', operator_reference,
          'createdAt', created_at,
          'acceptedAt', accepted_at
        ) order by attempt), '[]')
        from payments
        where order_id = orders.id
      ),
      'notices', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'kind', notices.kind,
          'firstAt', notices.first_at,
          'lastAt', notices.last_at,
          'times', notices.times,
          'record', notices.record
        ) order by notices.id), '[]')
        from notices
        join payments on payments.id = notices.payment_id
        where payments.order_id = orders.id
      ),
      'events', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'at', at, 'kind', kind, 'detail', detail
        ) order by place), '[]')
        from events
        where order_id = orders.id
      ),
      'downloads', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'file', file_id,
          'firstAt', first_at,
          'lastAt', last_at,
          'completedAt', completed_at,
          'resumes', resumes,
          'copies', copies
        ) order by first_at), '[]')
        from downloads
        where order_id = orders.id
      ),
      'note', (select text from customer_notes where phone_e164 = orders.phone_e164),
      'doNotWrite', ${isQuiet(sql, quietKey, sql`orders.phone_e164`)},
      'remindedAt', (select at from reminders where order_id = orders.id),
      'notes', (
        select coalesce(jsonb_agg(jsonb_build_object('at', at, 'text', text) order by id), '[]')
        from order_notes
        where order_id = orders.id
      ),
      'reasons', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'at', at, 'kind', kind, 'reason', reason
        ) order by id), '[]')
        from order_deeds
        where order_id = orders.id
      ),
      'refunds', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'at', at, 'amount', amount, 'reason', reason, 'reference', reference
        ) order by at), '[]')
        from refunds
        where order_id = orders.id
      )
    ) as known
    from orders
    join books on books.id = orders.book_id
    where ${isSought(sql, sought)}
      and orders.erased_at is null
    order by orders.created_at, orders.id`
  return rows.map(({ known }) => known)
}
