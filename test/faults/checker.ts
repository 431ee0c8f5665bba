import { createHash } from 'node:crypto'
import { fileKey, orderKey } from '../../src/delivery/keys.ts'
import type { World } from './world.ts'

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

/** What must hold at every instant, of the orders of these buyers. */
export async function checkNow(world: World, remembered: Remembered, buyers: string[]) {
  if (buyers.length === 0) return
  const rows = await world.sql<Row[]>`
    select
      orders.code, orders.status, orders.amount, orders.file_id,
      (select count(*) from grants where order_id = orders.id)::int as grants,
      (select count(*) from grants
       where order_id = orders.id and revoked_at is null)::int as live_grants,
      (select count(*) from events where order_id = orders.id and kind = 'order.paid')::int as paid,
      exists (
        select
        from notices
        join payments on payments.id = notices.payment_id
        where payments.order_id = orders.id
          and notices.kind = 'check'
          and notices.record ->> 'code' = '00'
          and notices.record ->> 'status' = 'ACCEPTED'
          and notices.record ->> 'amount' = orders.amount::text
          and notices.record ->> 'currency' = orders.currency
      ) or exists (
        select from payments where order_id = orders.id and provider = 'hand'
      ) as proved,
      exists (
        select
        from notices
        join payments on payments.id = notices.payment_id
        where payments.order_id = orders.id
          and notices.kind = 'check'
          and notices.record ->> 'status' = 'REFUSED'
      ) or exists (
        select from payments
        where order_id = orders.id and status = 'review' and closed_at is not null
      ) as refused
    from orders
    where orders.buyer_name in ${world.sql(buyers)}`
  for (const row of rows) {
    const fault = faultOf(row, remembered.get(row.code))
    if (fault) world.broken.push(`order ${row.code}: ${fault}`)
    remembered.set(row.code, row)
  }
  const perBuyer = await world.sql<{ buyerName: string }[]>`
    select buyer_name
    from orders
    where buyer_name in ${world.sql(buyers)}
    group by buyer_name
    having count(*) > 1`
  for (const { buyerName } of perBuyer) world.broken.push(`${buyerName}: one form, two orders`)
}

type Row = {
  code: string
  status: string
  amount: number
  fileId: number
  grants: number
  liveGrants: number
  paid: number
  proved: boolean
  refused: boolean
}

function faultOf(row: Row, before: ReturnType<Remembered['get']>): string | undefined {
  if (row.grants !== (GIVEN.has(row.status) ? 1 : 0))
    return `${row.status} with ${row.grants} grants`
  if (row.liveGrants !== (row.status === 'paid' ? 1 : 0))
    return `${row.status} with ${row.liveGrants} open grants`
  if (row.paid !== row.grants) return `${row.grants} grants and ${row.paid} ledger lines`
  if (row.grants > 0 && !row.proved) return 'granted without a stored answer that proves it'
  if (row.status === 'failed' && !row.refused) return 'failed, and nobody refused'
  if (before && before.amount !== row.amount) return 'the amount changed'
  if (before && before.fileId !== row.fileId) return 'the file changed'
  if (before && before.status !== row.status && !ALLOWED[before.status]?.includes(row.status))
    return `${before.status} became ${row.status}`
  return undefined
}

/** What must hold when the faults have stopped: CinetPay's book and ours say the same. */
export async function checkDeliveries(world: World) {
  const payments = await world.sql<
    {
      transactionId: string
      status: string
      orderStatus: string
      code: string
      linkVersion: number
      isByHand: boolean
    }[]
  >`
    select payments.transaction_id, payments.status, orders.status as order_status, orders.code,
      orders.link_version,
      exists (
        select from payments where order_id = orders.id and provider = 'hand'
      ) as is_by_hand
    from payments
    join orders on orders.id = payments.order_id`
  const delivered = new Map<string, boolean>()
  for (const payment of payments) {
    const truth = world.transactions.get(payment.transactionId)
    const isOdd = /amount|currency/.test(truth?.fault ?? '')
    const isAccepted = truth?.state === 'ACCEPTED'
    const isOwed = isAccepted && !isOdd
    delivered.set(payment.code, (delivered.get(payment.code) ?? false) || isOwed)
    if (isOwed && payment.status !== 'accepted')
      world.broken.push(`${payment.transactionId}: debited, and the payment is ${payment.status}`)
    if (isAccepted && isOdd && payment.status !== 'review')
      world.broken.push(`${payment.transactionId}: another amount, and nobody is told`)
  }
  for (const { code, orderStatus, linkVersion, isByHand } of uniqueOrders(payments)) {
    const isOwed = delivered.get(code)! || isByHand
    const wasGiven = GIVEN.has(orderStatus)
    if (isOwed && !wasGiven) world.broken.push(`${code}: debited, and no book`)
    if (!isOwed && wasGiven) world.broken.push(`${code}: a book, and nobody paid`)
    await checkBytes(world, code, linkVersion, orderStatus === 'paid')
  }
  const doubles = await world.sql<{ code: string; doubles: number; accepted: number }[]>`
    select orders.code,
      (select count(*) from events
       where order_id = orders.id and kind = 'payment.double')::int as doubles,
      (select count(*) from payments
       where order_id = orders.id and status = 'accepted')::int as accepted
    from orders`
  for (const row of doubles)
    if (row.doubles !== Math.max(0, row.accepted - 1))
      world.broken.push(`${row.code}: ${row.accepted} accepted, ${row.doubles} listed as double`)
}

function uniqueOrders<T extends { code: string }>(rows: T[]): T[] {
  return [...new Map(rows.map((row) => [row.code, row])).values()]
}

/** The page offers the book, and its link opens it, or neither does. */
async function checkBytes(world: World, code: string, linkVersion: number, expected: boolean) {
  const { appSecret } = world.shop.config
  const [file] = await world.sql<{ id: number; sha256: string }[]>`
    select id, sha256 from files limit 1`
  const page = await world.request(`/commande/${await orderKey(appSecret, { code, linkVersion })}`)
  const isOffered = (await page.text()).includes('href="/d/')
  if (isOffered !== expected)
    world.broken.push(`${code}: ${expected ? 'paid, and no link' : 'not paid, and a link'}`)
  const key = await fileKey(appSecret, { code, linkVersion }, file!.id)
  const answer = await world.request(`/d/${key}/livre.pdf`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (!expected) {
    if (answer.status !== 404) world.broken.push(`${code}: not paid, and the file opens`)
    return
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== file!.sha256) world.broken.push(`${code}: other bytes than were sold`)
}
