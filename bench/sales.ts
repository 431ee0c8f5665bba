import { hex, randomBytes } from '../src/lib/encoding.ts'
import { SIGNED_FIELDS } from '../src/payment/cinetpay-notice.ts'
import { signNotice } from '../packages/cinetpay-simulator/notice.ts'
import { inTurns, load, median, ratioOf } from './load.ts'
import type { Asked, Load } from './load.ts'
import { memoryMb } from './programs.ts'
import type { Program } from './programs.ts'
import type { Options, Row } from './rows.ts'
import { SECRET, SITE_ID, SLUG } from './stage.ts'
import type { Stage } from './stage.ts'
import { noticesAlone, purchasesAlone } from './statements.ts'

export const CONNECTIONS = 16
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
/** The floor's; the shop has what it opens by itself. */
const FLOOR_DATABASE_CONNECTIONS = 16

/** Notices that become paid orders, and purchases up to the provider's page. */
export async function sales(stage: Stage, { rounds, scale }: Options): Promise<Row[]> {
  const shop = await stage.beginShop()
  const floor = await stage.begin('bench/floors/sale.mjs', {
    DATABASE_URL: stage.databaseUrl,
    CONNECTIONS: String(FLOOR_DATABASE_CONNECTIONS),
    PROVIDER: stage.provider.url,
    SECRET,
    SIGNED_FIELDS: SIGNED_FIELDS.join(','),
  })
  const idleMb = memoryMb(shop.pid)
  const atOnce = { connections: CONNECTIONS, seconds: 0 }
  const each = 1_500 * scale

  const notices = await inTurns(
    {
      ours: async () => load(shop, await noticesOf(await waitingOrders(stage, each)), atOnce),
      floor: async () =>
        load(floor, await noticesOf(await floorOrders(stage, each), '/notice'), atOnce),
      alone: async () => noticesAlone(stage, await waitingOrders(stage, each), CONNECTIONS),
    },
    rounds,
  )
  await everyOneIsPaid(stage)
  const buys = await inTurns(
    {
      ours: () => load(shop, Array.from({ length: each }, buyHere), atOnce),
      floor: () =>
        load(
          floor,
          Array.from({ length: each }, () => ({ ...buyHere(), path: '/buy' })),
          atOnce,
        ),
      alone: () => purchasesAlone(stage, each, CONNECTIONS),
      commits: () => commits(stage),
    },
    rounds,
  )
  const loadedMb = memoryMb(shop.pid)
  await stage.end(shop)
  await stage.end(floor)

  const perSecond = (loads: Load[]) => loads.map((one) => one.perSecond)
  const figures = (loads: Load[]) =>
    `${median(perSecond(loads)).toFixed(0)} (${median(loads.map(({ cpu }) => cpu)).toFixed(0)} µs)`
  return [
    {
      what: 'notice → checked → paid and granted, 16 connections, a second',
      ours: figures(notices.ours),
      floor: figures(notices.floor),
      figure: ratioOf(perSecond(notices.ours), perSecond(notices.floor)),
      atLeast: 0.5,
      reach: ratioOf(notices.alone, perSecond(notices.floor)),
    },
    {
      what: '… the shop’s two statements of it alone, beside that floor',
      ours: median(notices.alone).toFixed(0),
      floor: figures(notices.floor),
      figure: ratioOf(notices.alone, perSecond(notices.floor)),
    },
    {
      what: 'buy, form → 303, 16 connections, a second',
      ours: figures(buys.ours),
      floor: figures(buys.floor),
      figure: ratioOf(perSecond(buys.ours), perSecond(buys.floor)),
      atLeast: 0.5,
      reach: ratioOf(buys.alone, perSecond(buys.floor)),
    },
    {
      what: '… the shop’s two statements of it alone, beside that floor',
      ours: median(buys.alone).toFixed(0),
      floor: figures(buys.floor),
      figure: ratioOf(buys.alone, perSecond(buys.floor)),
    },
    {
      what: 'one-statement commits alone, 16 connections, a second',
      ours: '',
      floor: median(buys.commits).toFixed(0),
    },
    {
      what: 'memory of the server, idle and after the sales, MB',
      ours: `${idleMb.toFixed(0)} → ${loadedMb.toFixed(0)}`,
      floor: '',
    },
  ]
}

/** Orders that wait for their buyers, made in SQL, with every trigger at its post. */
export async function waitingOrders(
  { sql }: Pick<Stage, 'sql'>,
  count: number,
  slug = SLUG,
): Promise<string[]> {
  const batch = hex(randomBytes(4)).toUpperCase()
  await sql`
    with opened as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, currency, status, simulated,
        buyer_name, phone_typed, phone_e164, language, created_at
      )
      select
        upper(substr(md5(${batch} || n), 1, 8)), ${batch} || n, books.id, files.id, 5000, 5000,
        'XOF', 'pending', false, 'Awa Traoré', '76 12 34 56',
        '+223' || 70000000 + n, 'fr', now()
      from generate_series(1, ${count}::int) as n, books
      join files on files.book_id = books.id
      where books.slug = ${slug}
      on conflict do nothing
      returning id, book_id
    ), items as (
      insert into order_items (order_id, book_id) select id, book_id from opened
    ), waiting as (
      insert into payments (
        order_id, attempt, transaction_id, provider, status, amount, currency, page_url, created_at,
        next_check_at
      )
      select
        id, 1, upper(substr(md5('t' || ${batch} || id), 1, 24)), 'cinetpay', 'pending', 5000, 'XOF',
        'https://checkout.cinetpay.com/payment/1', now(), now() + interval '1 hour'
      from opened
    )
    insert into events (order_id, at, kind) select id, now(), 'order.opened' from opened`
  const rows = await sql<{ transactionId: string }[]>`
    select transaction_id from payments where status = 'pending' order by id desc limit ${count}`
  return rows.map(({ transactionId }) => transactionId)
}

export async function floorOrders({ sql }: Stage, count: number): Promise<string[]> {
  const batch = hex(randomBytes(4)).toUpperCase()
  const rows = await sql<{ transactionId: string }[]>`
    with opened as (
      insert into floor_orders (code, book_id, amount, status, buyer_name, phone, created_at)
      select ${batch} || n, 1, 5000, 'pending', 'Awa Traoré', '76 12 34 56', now()
      from generate_series(1, ${count}::int) as n
      returning id
    )
    insert into floor_payments (order_id, transaction_id, amount, status, created_at)
    select id, upper(substr(md5('t' || ${batch} || id), 1, 24)), 5000, 'pending', now() from opened
    returning transaction_id`
  return rows.map(({ transactionId }) => transactionId)
}

export const noticesOf = (
  transactionIds: string[],
  path = '/payment/callback/',
): Promise<Asked[]> =>
  Promise.all(
    transactionIds.map(async (id) => {
      const fields = {
        cpm_site_id: SITE_ID,
        cpm_trans_id: id,
        cpm_trans_date: '2026-11-02 10:00:00',
        cpm_amount: '5000',
        cpm_currency: 'XOF',
        signature: 'a1b2c3',
        payment_method: 'OM',
        cel_phone_num: '76123456',
        cpm_phone_prefixe: '223',
        cpm_language: 'fr',
        cpm_version: 'V4',
        cpm_payment_config: 'SINGLE',
        cpm_page_action: 'PAYMENT',
        cpm_custom: id,
        cpm_designation: 'Sept pluies',
        cpm_error_message: 'SUCCES',
      }
      const headers = { ...FORM, 'x-token': await signNotice(fields, SECRET) }
      return { method: 'POST', path, headers, body: new URLSearchParams(fields).toString() }
    }),
  )

async function everyOneIsPaid({ sql }: Stage) {
  const [row] = await sql<{ unpaid: number }[]>`
    select count(*) as unpaid from orders where status <> 'paid'`
  // The last requests of a round are under way when the load ends.
  if (row!.unpaid > 40 * CONNECTIONS) throw new Error(`${row!.unpaid} orders are not paid`)
}

let buyers = 0
/** Another buyer each time, with a phone and an address of her own. */
export function buyHere(): Asked {
  const n = ++buyers
  const address = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
  const fields = {
    price: '5000',
    name: 'Awa Traoré',
    phone: `76 ${String(100_000 + n).slice(-6)}`,
    country: 'ML',
    email: '',
  }
  return {
    method: 'POST',
    path: `/livres/${SLUG}/acheter`,
    headers: { ...FORM, '!~passenger-client-address': address },
    body: new URLSearchParams(fields).toString(),
  }
}

/** What the disk and PostgreSQL give at most: one guarded statement a commit, nothing beside. */
async function commits({ sql, databaseUrl }: Stage): Promise<number> {
  const { default: postgres } = await import('postgres')
  const pool = postgres(databaseUrl, { max: CONNECTIONS, fetch_types: false })
  await sql`
    insert into floor_orders (code, book_id, amount, status, buyer_name, phone, created_at)
    select 'commit' || n, 1, 5000, 'pending', '', '', now() from generate_series(1, 16) as n
    on conflict do nothing`
  const until = performance.now() + 1_000
  let count = 0
  const one = async (_: unknown, place: number) => {
    for (let amount = 0; performance.now() < until; amount++, count++)
      await pool`
        update floor_orders set amount = ${amount}
        where code = ${`commit${place + 1}`} and amount <> ${amount}`
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  await pool.end()
  return count
}

/** An order as a buyer makes it, and as CinetPay's notice makes it paid; tells its code. */
export async function buyAndPay({ sql }: Stage, shop: Program): Promise<string> {
  const send = async ({ path, ...init }: Asked) =>
    fetch(shop.url + path, { ...init, redirect: 'manual' })
  const page = (await send(buyHere())).headers.get('location') ?? ''
  const [order] = await sql<{ code: string; transactionId: string }[]>`
    select orders.code, payments.transaction_id
    from payments
    join orders on orders.id = payments.order_id
    where payments.page_url = ${page}`
  const [notice] = await noticesOf([order!.transactionId])
  const answer = await send(notice!)
  if (answer.status !== 200) throw new Error(`the notice was answered ${answer.status}`)
  return order!.code
}
