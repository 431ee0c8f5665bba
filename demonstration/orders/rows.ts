import postgres from 'postgres'
import type { Currency } from '../../src/money/currency.ts'
import type { Redacted } from '../../src/money/provider.ts'
import type { Sql } from '../../src/data/database.ts'
import type { OrderStatus } from '../../src/data/orders/orders.ts'
import type { PaymentStatus } from '../../src/data/orders/payments.ts'

/** An order that never was, with all that belongs to it; payments are named by their attempt. */
export type InventedOrder = {
  code: string
  formHash: string
  bookId: number
  fileId: number
  amount: number
  currency: Currency
  status: OrderStatus
  buyerName: string
  phoneTyped: string
  phoneE164: string
  email: string | null
  createdAt: Date
  paidAt: Date | null
  payments: InventedPayment[]
  events: {
    at: Date
    kind: string
    detail: Record<string, string | number>
    byClerk?: boolean
    /** The payment that the line speaks of. */
    attempt?: number
    /** The line speaks of the order's one deed. */
    ofDeed?: boolean
  }[]
  notices: {
    attempt: number
    kind: 'notice' | 'check'
    fingerprint: string
    record: Redacted
    at: Date
  }[]
  /** The attempt that the grant rests on. */
  grantedBy: number | null
  revokedAt: Date | null
  refund: { attempt: number; reason: string; reference: string; at: Date } | null
  deed: { kind: 'hand' | 'revoke'; reason: string; at: Date } | null
}

export type InventedPayment = {
  attempt: number
  transactionId: string
  provider: string
  status: PaymentStatus
  refusal: string | null
  providerCode: string | null
  operator: string | null
  operatorReference: string | null
  createdAt: Date
  acceptedAt: Date | null
  closedAt: Date | null
  lastCheckAt: Date | null
  nextCheckAt: Date | null
}

export type WaitingPayment = {
  paymentId: number
  transactionId: string
  code: string
  title: string
  buyerName: string
  amount: number
  currency: Currency
}

/**
 * Adds a batch of invented orders in one statement, marked as simulated, and returns the payments
 * among them that wait for their buyer. A code that is taken is left out, with all that is its.
 */
export function addInventedOrders(sql: Sql, orders: readonly InventedOrder[], now: Date) {
  const rows = (list: readonly object[]) => sql`${sql.json(list.map(inSnakeCase))}`
  const within = (pick: (order: InventedOrder) => readonly object[]) =>
    rows(
      orders.flatMap((order) =>
        pick(order).map((row, place) => Object.assign({ code: order.code, place }, row)),
      ),
    )
  const numbered = orders.map((order) => ({ ...order, attempts: order.payments.length }))
  return sql<WaitingPayment[]>`
    with given as (
      select *
      from jsonb_to_recordset(${rows(numbered)}::jsonb) as given (
        code text, form_hash text, book_id bigint, file_id bigint, amount integer, currency text,
        status text, attempts integer, buyer_name text, phone_typed text, phone_e164 text,
        email text, created_at timestamptz, paid_at timestamptz, granted_by integer,
        revoked_at timestamptz
      )
    ), opened as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, currency, status, attempts,
        simulated, buyer_name, phone_typed, phone_e164, email, language, created_at, paid_at
      )
      select
        code, form_hash, book_id, file_id, amount, amount, currency, status, attempts,
        true, buyer_name, phone_typed, phone_e164, email, 'fr', created_at, paid_at
      from given
      order by created_at
      on conflict (code) do nothing
      returning id, code, book_id, buyer_name
    ), items as (
      insert into order_items (order_id, book_id) select id, book_id from opened
    ), paying as (
      insert into payments (
        order_id, attempt, transaction_id, provider, status, amount, currency, refusal,
        provider_code, operator, operator_reference, created_at, accepted_at, closed_at,
        checks, last_check_at, next_check_at
      )
      select
        opened.id, paying.attempt, paying.transaction_id, paying.provider, paying.status,
        given.amount, given.currency, paying.refusal, paying.provider_code, paying.operator,
        paying.operator_reference, paying.created_at, paying.accepted_at,
        paying.closed_at, case when paying.last_check_at is null then 0 else 1 end, paying.last_check_at,
        paying.next_check_at
      from jsonb_to_recordset(${within((order) => order.payments)}::jsonb) as paying (
        code text, attempt integer, transaction_id text, provider text, status text, refusal text,
        provider_code text, operator text, operator_reference text, created_at timestamptz,
        accepted_at timestamptz, closed_at timestamptz, last_check_at timestamptz, next_check_at timestamptz
      )
      join opened using (code)
      join given using (code)
      order by paying.created_at
      returning id, order_id, attempt, transaction_id, status, amount, currency
    ), granted as (
      insert into grants (order_id, payment_id, created_at, revoked_at)
      select opened.id, paying.id, given.paid_at, given.revoked_at
      from given
      join opened using (code)
      join paying on paying.order_id = opened.id and paying.attempt = given.granted_by
    ), receipts as (
      insert into messages (key, order_id, kind, state, created_at)
      select 'receipt-' || opened.id, opened.id, 'receipt', 'none', given.paid_at
      from given
      join opened using (code)
      where given.paid_at is not null
    ), noticed as (
      insert into notices (
        kind, payment_id, transaction_id, fingerprint, record, first_at, last_at
      )
      select
        noticed.kind, paying.id, paying.transaction_id, noticed.fingerprint, noticed.record,
        noticed.at, noticed.at
      from jsonb_to_recordset(${within((order) => order.notices)}::jsonb) as noticed (
        code text, attempt integer, kind text, fingerprint text, record jsonb, at timestamptz
      )
      join opened using (code)
      join paying on paying.order_id = opened.id and paying.attempt = noticed.attempt
    ), known_clerk as (
      select id from people where login = ${CLERK.login} order by id limit 1
    ), new_clerk as (
      insert into people (name, login, role, created_at, ended_at)
      select ${CLERK.name}, ${CLERK.login}, 'helper', ${now}::timestamptz, ${now}::timestamptz
      where not exists (select from known_clerk)
      returning id
    ), clerk as (
      select id from known_clerk union all select id from new_clerk
    ), refunded as (
      insert into refunds (payment_id, order_id, amount, reason, reference, person_id, at)
      select
        paying.id, paying.order_id, paying.amount, refunded.reason, refunded.reference, clerk.id,
        refunded.at
      from jsonb_to_recordset(
        ${within((order) => (order.refund ? [order.refund] : []))}::jsonb
      ) as refunded (
        code text, attempt integer, reason text, reference text, at timestamptz
      )
      join opened using (code)
      join paying on paying.order_id = opened.id and paying.attempt = refunded.attempt
      cross join clerk
    ), deeds as (
      insert into order_deeds (order_id, kind, reason, person_id, at)
      select opened.id, deeds.kind, deeds.reason, clerk.id, deeds.at
      from jsonb_to_recordset(
        ${within((order) => (order.deed ? [order.deed] : []))}::jsonb
      ) as deeds (code text, kind text, reason text, at timestamptz)
      join opened using (code)
      cross join clerk
      returning id, order_id
    ), told as (
      insert into events (order_id, at, kind, detail, person_id)
      select
        opened.id, told.at, told.kind,
        told.detail || jsonb_strip_nulls(jsonb_build_object('payment', paying.id, 'deed', deeds.id)),
        clerk.id
      from jsonb_to_recordset(${within((order) => order.events)}::jsonb) as told (
        code text, place integer, at timestamptz, kind text, detail jsonb, by_clerk boolean,
        attempt integer,
        of_deed boolean
      )
      join opened using (code)
      left join clerk on told.by_clerk
      left join paying on paying.order_id = opened.id and paying.attempt = told.attempt
      left join deeds on told.of_deed and deeds.order_id = opened.id
      order by told.at, told.place
    )
    select
      paying.id as payment_id, paying.transaction_id, paying.amount, paying.currency, opened.code,
      opened.buyer_name, books.title
    from paying
    join opened on opened.id = paying.order_id
    join books on books.id = opened.book_id
    where paying.status = 'pending'`
}

/** Whose name stands on what a person did in the demonstration: nobody can get in by it. */
const CLERK = { name: 'Démonstration', login: 'demonstration' }

const inSnakeCase = (row: object) =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => !Array.isArray(value))
      .map(([name, value]) => [postgres.fromCamel(name), value]),
  )

/** The books of these names, with the file that each would give today. */
export function listBooksToSell(sql: Sql, slugs: readonly string[]) {
  return sql<{ id: number; slug: string; fileId: number; price: number; currency: Currency }[]>`
    select distinct on (books.id)
      books.id, books.slug, books.price, books.currency, files.id as file_id
    from books
    join files on files.book_id = books.id
    where books.slug in ${sql(slugs)}
      and books.kind = 'book'
      and files.slot = 'livre'
      and not files.is_sample
      and files.withdrawn_at is null
    order by books.id, files.version desc`
}
