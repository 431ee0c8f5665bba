import { createHash } from 'node:crypto'
import type { Sql } from '../../src/data/database.ts'
import { fileKey, orderKey } from '../../src/links/keys.ts'
import type { SimulatedTransaction } from '../../packages/cinetpay-simulator/ledger.ts'

/** What the checker sees of a trial, whichever way the shop is run in it. */
export type Trial = {
  sql: Sql
  /** As any visitor. */
  request(path: string): Promise<Response>
  appSecret: string
  /** Of the only book's file. */
  bookSha256: string
  /** CinetPay's book, by transaction id: what is true. */
  transactions: ReadonlyMap<string, SimulatedTransaction>
  /** Payments that it said a clear no to at their creation. */
  refusedAtCreation: ReadonlySet<string>
  /** What must never be, and was. */
  broken: string[]
}

/** A fault after which CinetPay says another amount or currency than was asked for. */
export const isWrong = (fault = '') => fault.startsWith('check-wrong-')

/** What was seen of each order the last time, by code. */
export type Remembered = Map<string, { status: string; amount: number; fileId: number }>

const ALLOWED: Record<string, string[]> = {
  pending: ['paid', 'failed', 'expired', 'review'],
  failed: ['pending', 'paid', 'expired', 'review'],
  expired: ['pending', 'paid', 'failed', 'review'],
  review: ['paid', 'failed'],
  paid: ['refunded', 'revoked'],
  revoked: ['paid', 'refunded'],
  refunded: [],
}

/** States of an order that was paid once. */
const GIVEN = new Set(['paid', 'refunded', 'revoked'])

/**
 * A stored answer that proves a payment, in the words of the API that began it. The newer one shows no
 * amount: its ids are ours, and one that is shown must be what was asked.
 */
const provesPaid = (sql: Sql) => sql`
  case payments.provider
    when 'cinetpay' then
      notices.record ->> 'code' = '00'
      and notices.record ->> 'status' = 'ACCEPTED'
      and notices.record ->> 'amount' = orders.amount::text
      and notices.record ->> 'currency' = orders.currency
      and notices.record ->> 'metadata' = payments.transaction_id
    when 'cinetpay-v1' then
      notices.record ->> 'code' = '100'
      and notices.record ->> 'status' = 'SUCCESS'
      and notices.record ->> 'merchant_transaction_id' = payments.transaction_id
      and notices.record ->> 'transaction_id'
        = coalesce(payments.provider_transaction_id, nullif(notices.record ->> 'transaction_id', ''))
      and notices.record ->> 'amount' in ('', orders.amount::text)
      and notices.record ->> 'currency' in ('', orders.currency)
  end`

const saysRefused = (sql: Sql) => sql`
  case payments.provider
    when 'cinetpay' then notices.record ->> 'status' = 'REFUSED'
    when 'cinetpay-v1' then
      notices.record ->> 'code' in ('2003', '2004', '2005', '2006', '2007', '2008', '2010')
      and notices.record ->> 'merchant_transaction_id' in ('', payments.transaction_id)
  end`

/** What the counts by the day say beside the rows themselves, with what is still to be counted; no row: the same. */
export const unevenCounts = (sql: Sql) => sql`
  select *
  from (
    select
      (select count(*) from grants) as granted,
      (select coalesce(sum(sales), 0) from operator_days)
        + (select count(*) from uncounted where kind = 'sold') as sold,
      (select coalesce(sum(sales), 0) from book_days)
        + (select count(*) from uncounted where kind = 'sold') as sold_by_book,
      (select count(*) from payments where provider not in ('hand', 'free')) as asked,
      (select coalesce(sum(opened), 0) from payment_days)
        + (select count(*) from uncounted where kind = 'opened') as opened,
      (select count(*) from payments where status = 'accepted' and provider not in ('hand', 'free')) as paid,
      (select coalesce(sum(accepted), 0) from payment_days)
        + (select count(*) from uncounted where kind = 'accepted') as accepted
  ) counts
  where (granted, granted, asked, paid) <> (sold, sold_by_book, opened, accepted)`

/** What must hold at every instant, of the orders of these buyers. */
export async function checkNow(trial: Trial, remembered: Remembered, buyers: string[]) {
  if (buyers.length === 0) return
  const rows = await trial.sql<Row[]>`
    select
      orders.code, orders.status, orders.amount, orders.file_id,
      (select count(*) from grants where order_id = orders.id)::int as grants,
      (select count(*) from grants
       where order_id = orders.id and revoked_at is null)::int as live_grants,
      (select count(*) from events where order_id = orders.id and kind = 'order.paid')::int as paid,
      (select count(*) from messages
       where key = 'receipt-' || orders.id)::int as receipts,
      exists (
        select
        from notices
        join payments on payments.id = notices.payment_id
        where payments.order_id = orders.id
          and notices.kind = 'check'
          and ${provesPaid(trial.sql)}
      ) or exists (
        select from payments where order_id = orders.id and provider = 'hand'
      ) as proved,
      exists (
        select
        from notices
        join payments on payments.id = notices.payment_id
        where payments.order_id = orders.id
          and notices.kind = 'check'
          and ${saysRefused(trial.sql)}
      ) or exists (
        select from payments
        where order_id = orders.id and status = 'review' and closed_at is not null
      ) or exists (
        select from events where order_id = orders.id and kind = 'payment.not_begun'
      ) as refused
    from orders
    where orders.buyer_name in ${trial.sql(buyers)}`
  for (const row of rows) {
    const fault = faultOf(row, remembered.get(row.code))
    if (fault) trial.broken.push(`order ${row.code}: ${fault}`)
    remembered.set(row.code, row)
  }
  const perBuyer = await trial.sql<{ buyerName: string }[]>`
    select distinct again.buyer_name
    from orders again
    join orders before on before.buyer_name = again.buyer_name and before.id < again.id
    where again.buyer_name in ${trial.sql(buyers)}
      and again.created_at < before.created_at + interval '2 minutes'
      and not exists (
        select from events
        where events.order_id = before.id
          and events.kind in ('payment.refused', 'payment.not_begun', 'order.expired')
          and events.at <= again.created_at
      )`
  const [uneven] = await trial.sql`${unevenCounts(trial.sql)}`
  if (uneven) trial.broken.push(`counted ${JSON.stringify(uneven)}`)
  for (const { buyerName } of perBuyer) trial.broken.push(`${buyerName}: one form, two orders`)
}

type Row = {
  code: string
  status: string
  amount: number
  fileId: number
  grants: number
  liveGrants: number
  paid: number
  receipts: number
  proved: boolean
  refused: boolean
}

function faultOf(row: Row, before: ReturnType<Remembered['get']>): string | undefined {
  if (row.grants !== (GIVEN.has(row.status) ? 1 : 0))
    return `${row.status} with ${row.grants} grants`
  if (row.liveGrants !== (row.status === 'paid' ? 1 : 0))
    return `${row.status} with ${row.liveGrants} open grants`
  if (row.paid !== row.grants) return `${row.grants} grants and ${row.paid} ledger lines`
  if (row.receipts !== row.grants) return `${row.grants} grants and ${row.receipts} receipts`
  if (row.grants > 0 && !row.proved) return 'granted without a stored answer that proves it'
  if (row.status === 'failed' && !row.refused) return 'failed, and nobody refused'
  if (before && before.amount !== row.amount) return 'the amount changed'
  if (before && before.fileId !== row.fileId) return 'the file changed'
  if (before && before.status !== row.status && !ALLOWED[before.status]?.includes(row.status))
    return `${before.status} became ${row.status}`
  return undefined
}

/** What must hold when the faults have stopped: CinetPay's book and ours say the same. */
export async function checkDeliveries(trial: Trial) {
  const payments = await trial.sql<
    {
      transactionId: string
      status: string
      orderStatus: string
      code: string
      linkVersion: number
      isByHand: boolean
      wasNeverBegun: boolean
    }[]
  >`
    select payments.transaction_id, payments.status, orders.status as order_status, orders.code,
      orders.link_version,
      payments.status = 'refused' and payments.page_url is null and not exists (
        select from notices
        where payment_id = payments.id and kind = 'check' and ${saysRefused(trial.sql)}
      ) as was_never_begun,
      exists (
        select from payments where order_id = orders.id and provider = 'hand'
      ) as is_by_hand
    from payments
    join orders on orders.id = payments.order_id`
  const known = new Set(payments.map((payment) => payment.transactionId))
  for (const id of trial.transactions.keys())
    if (!known.has(id)) trial.broken.push(`${id}: CinetPay knows of it, and we do not`)
  const delivered = new Map<string, boolean>()
  for (const payment of payments) {
    const truth = trial.transactions.get(payment.transactionId)
    const isOdd = isWrong(truth?.fault)
    const isAccepted = truth?.state === 'ACCEPTED'
    const isOwed = isAccepted && !isOdd
    if (truth && payment.wasNeverBegun)
      trial.broken.push(`${payment.transactionId}: CinetPay opened it, and we say it refused`)
    delivered.set(payment.code, (delivered.get(payment.code) ?? false) || isOwed)
    if (payment.wasNeverBegun && !trial.refusedAtCreation.has(payment.transactionId))
      trial.broken.push(`${payment.transactionId}: CinetPay said no such thing, and we say refused`)
    if (isOwed && payment.status !== 'accepted')
      trial.broken.push(`${payment.transactionId}: debited, and the payment is ${payment.status}`)
    if (isAccepted && isOdd && payment.status !== 'review')
      trial.broken.push(`${payment.transactionId}: another amount, and nobody is told`)
  }
  const [file] = await trial.sql<{ id: number }[]>`select id from files limit 1`
  const orders = uniqueOrders(payments)
  for (let i = 0; i < orders.length; i += VISITS_AT_ONCE) {
    const visits = orders.slice(i, i + VISITS_AT_ONCE).map(async (order) => {
      const { code, orderStatus } = order
      const isOwed = delivered.get(code)! || order.isByHand
      const wasGiven = GIVEN.has(orderStatus)
      if (isOwed && !wasGiven) trial.broken.push(`${code}: debited, and no book`)
      if (!isOwed && wasGiven) trial.broken.push(`${code}: a book, and nobody paid`)
      const fault = await faultOfBytes(trial, order, file!.id, orderStatus === 'paid')
      if (fault) trial.broken.push(`${code}: ${fault}`)
    })
    await Promise.all(visits)
  }
  const doubles = await trial.sql<{ code: string; doubles: number; accepted: number }[]>`
    select orders.code,
      (select count(*) from events
       where order_id = orders.id and kind = 'payment.double')::int as doubles,
      (select count(*) from payments
       where order_id = orders.id and status = 'accepted')::int as accepted
    from orders`
  for (const row of doubles)
    if (row.doubles !== Math.max(0, row.accepted - 1))
      trial.broken.push(`${row.code}: ${row.accepted} accepted, ${row.doubles} listed as double`)
}

const VISITS_AT_ONCE = 8

function uniqueOrders<T extends { code: string }>(rows: T[]): T[] {
  return [...new Map(rows.map((row) => [row.code, row])).values()]
}

type Lock = { code: string; linkVersion: number }

/** The order's page offers the book, and its link opens it, or neither does. */
async function faultOfBytes(
  trial: Trial,
  { code, linkVersion }: Lock,
  fileId: number,
  expected: boolean,
) {
  const lock = { code, linkVersion }
  const page = await trial.request(`/commande/${await orderKey(trial.appSecret, lock)}`)
  const isOffered = (await page.text()).includes('href="/d/')
  if (isOffered !== expected) return expected ? 'paid, and no link' : 'not paid, and a link'
  const answer = await trial.request(`/d/${await fileKey(trial.appSecret, lock, fileId)}/livre.pdf`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (!expected) return answer.status === 404 ? undefined : 'not paid, and the file opens'
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return sha256 === trial.bookSha256 ? undefined : 'other bytes than were sold'
}
