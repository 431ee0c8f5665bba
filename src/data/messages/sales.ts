import { DAY_MS } from '../../lib/time.ts'
import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'

/**
 * How the seller is told of sales. A sale writes nothing for it: the row that marks it as not yet
 * counted (`orders/counts.ts`), written in its own commit and taken exactly once, also creates the
 * message.
 */

/** Sales that come faster share a message: twelve an hour at most. */
const TOGETHER_S = 300
/** A digest covers no more than this, after an evening without one. */
const DIGEST_MS = 2 * DAY_MS

/** The seller's channels: mail and phone, each if there is an address. */
const channels = (sql: Sql) => sql`(
  select channel, suffix
  from (
    values ('mail', '', 'shop', 'email'), ('push', 'push', 'alerts', 'push')
  ) ways (channel, suffix, section, field)
  where exists (
    select from settings
    where settings.section = ways.section and settings.value ->> ways.field <> ''
  )
) channels`

/**
 * Parts of the statement that counts `sold`: a message for all of them, at once; or, where one was told of
 * within the same five minutes, together with those of the next five. What cannot join a message, because
 * somebody is about to send it, is told in one of its own.
 */
export const tellSold = (sql: Sql) => sql`
  priced as (
    select jsonb_agg(order_id order by paid_at, order_id) as about, max(paid_at) as at,
      max(order_id) as last_id, floor(extract(epoch from max(paid_at)) / ${TOGETHER_S})::bigint as place
    from sold
    where amount > 0
    having count(*) > 0
      and exists (
        select from settings where section = 'alerts' and value ->> 'sales' = 'each'
      )
  ), joined as (
    insert into messages (key, kind, channel, state, about, due_at, created_at)
    select
      'sale' || suffix || '-' || free.place, 'sale', channel, 'due', about,
      greatest(at, to_timestamp(free.place * ${TOGETHER_S})), at
    from priced
    cross join ${channels(sql)}
    cross join lateral (
      select place
      from generate_series(priced.place, priced.place + 12) places (place)
      -- Looked up by its name: as "not exists" all messages might be read.
      where (
        select tries > 0 or state <> 'due'
        from messages
        where key = 'sale' || suffix || '-' || places.place
      ) is not true
      order by place
      limit 1
    ) free
    on conflict (key) do update
    set about = messages.about || excluded.about
    where messages.state = 'due' and messages.tries = 0
    returning channel
  ), apart as (
    insert into messages (key, kind, channel, state, about, due_at, created_at)
    select
      'sale' || suffix || '-' || place || '-' || last_id, 'sale', channel, 'due', about, at, at
    from priced
    cross join ${channels(sql)}
    where channel not in (select channel from joined)
  )`

/**
 * Begins the digest of the day that ended at `at`, once, whoever asks: from where the last one ended. None
 * where it was chosen after that moment: the next tells of it.
 * @param day as digits: 20261224
 */
export async function beginDigest(sql: Sql, day: string, at: Date): Promise<boolean> {
  const rows = await sql`
    insert into messages (key, kind, channel, state, about, due_at, created_at)
    select
      'digest' || suffix || '-' || ${day}::text, 'digest', channel, 'due',
      jsonb_build_object(
        'since', greatest(
          coalesce(
            (
              select max(created_at)
              from messages
              where kind = 'digest' and messages.channel = channels.channel
            ),
            ${new Date(at.getTime() - DAY_MS)}::timestamptz
          ),
          ${new Date(at.getTime() - DIGEST_MS)}::timestamptz
        ),
        'until', ${at}::timestamptz
      ),
      ${at}::timestamptz, ${at}
    from ${channels(sql)}
    where exists (
      select from settings
      where section = 'alerts' and value ->> 'sales' = 'evening' and changed_at <= ${at}
    )
    on conflict (key) do nothing
    returning id`
  return rows.length > 0
}

/** Sales of one title, paid by one means: nothing about the buyer. */
export type ToldSales = {
  title: string
  currency: Currency
  provider: string
  operator: string | null
  saidMeans: string | null
  sales: number
  amount: number
  /** The code of one of these orders. */
  code: string
}

/** The sales that a message reports, as they are when it is sent; the highest takings first. */
export function listToldSales(
  sql: Sql,
  { id, kind }: { id: number; kind: 'sale' | 'digest' },
  withSimulated: boolean,
): Promise<ToldSales[]> {
  const end = (name: string) =>
    sql`(select (about ->> ${name}::text)::timestamptz from messages where id = ${id})`
  return sql<ToldSales[]>`
    select
      books.title, orders.currency, payments.provider, payments.operator, orders.said_means,
      count(*)::int as sales, sum(orders.amount)::bigint as amount, min(orders.code) as code
    from orders
    join books on books.id = orders.book_id
    join grants on grants.order_id = orders.id
    join payments on payments.id = grants.payment_id
    where ${
      kind === 'sale'
        ? sql`orders.id in (
            select value::bigint
            from messages, jsonb_array_elements_text(about)
            where messages.id = ${id}
          )`
        : sql`orders.paid_at >= ${end('since')} and orders.paid_at < ${end('until')}`
    }
      and (${withSimulated} or not orders.simulated)
    group by books.id, 2, 3, 4, 5
    order by amount desc, sales desc, title`
}
