import type { PendingQuery, Row } from 'postgres'
import type { Sql } from '../database.ts'

/**
 * Phones that are not to be written to but for what they bought. Only a keyed hash is kept, whose key
 * (`links/quiet.ts`) is not in the database: so the wish outlives an erasure, and says nothing of whose it was.
 */
const hashOf = (sql: Sql, key: string, phone: PendingQuery<Row[]>) =>
  sql`encode(sha256(convert_to(${key}::text || ${phone}, 'UTF8')), 'hex')`

/** A condition for `where`, on a column that holds a phone. */
export const isQuiet = (sql: Sql, key: string, phone: PendingQuery<Row[]>) => sql`
  exists (
    select from quiet_phones
    where phone_hash = ${hashOf(sql, key, phone)} and ended_at is null
  )`

/** Whether the phone of an order asked for quiet. */
export async function isOrderQuiet(sql: Sql, key: string, code: string): Promise<boolean> {
  const [order] = await sql<{ isQuiet: boolean }[]>`
    select ${isQuiet(sql, key, sql`phone_e164`)} as is_quiet from orders where code = ${code}`
  return order?.isQuiet ?? false
}

/**
 * Keeps or forgets the wish of an order's phone, with a line in its ledger when that changes something.
 * `personId`: who did it at the desk; null: the buyer, on the order's page.
 */
export async function setQuiet(
  sql: Sql,
  wish: { orderId: number; key: string; isQuiet: boolean; personId: number | null },
  now: Date,
): Promise<void> {
  const changed = wish.isQuiet
    ? sql`
      insert into quiet_phones (phone_hash, at)
      select hash, ${now}::timestamptz from theirs
      on conflict (phone_hash) do update
      set at = excluded.at, ended_at = null
      where quiet_phones.ended_at is not null
      returning phone_hash`
    : sql`
      update quiet_phones
      set ended_at = ${now}
      from theirs
      where phone_hash = hash and ended_at is null
      returning phone_hash`
  await sql`
    with theirs as (
      select id, ${hashOf(sql, wish.key, sql`phone_e164`)} as hash
      from orders
      where id = ${wish.orderId} and erased_at is null
      for no key update
    ), changed as (${changed}
    )
    insert into events (order_id, at, kind, person_id)
    select theirs.id, ${now}, ${wish.isQuiet ? 'buyer.quiet' : 'buyer.reachable'},
      ${wish.personId}::bigint
    from theirs, changed`
}

/** The part of the statement that corrects an order's phone (`mended`): the wish moves with it. */
export const quietFollows = (
  sql: Sql,
  key: string,
  { seen, mended }: { seen: { phoneE164: string }; mended: { phoneE164: string } },
  now: Date,
) => sql`
  insert into quiet_phones (phone_hash, at)
  select ${hashOf(sql, key, sql`${mended.phoneE164}::text`)}, ${now}::timestamptz
  from mended
  where ${isQuiet(sql, key, sql`${seen.phoneE164}::text`)}
  on conflict (phone_hash) do update
  set at = excluded.at, ended_at = null
  where quiet_phones.ended_at is not null`

/** A wish, with the hash of its phone; times as ISO 8601. `endedAt`: when it was withdrawn. */
type Wish = { phoneHash: string; at: string; endedAt: string | null }

export async function listWishes(sql: Sql): Promise<Wish[]> {
  const rows = await sql<{ phoneHash: string; at: Date; endedAt: Date | null }[]>`
    select phone_hash, at, ended_at from quiet_phones order by phone_hash collate "C"`
  return rows.map(({ phoneHash, at, endedAt }) => ({
    phoneHash,
    at: at.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }))
}

/** Takes over what is newer than the rows: a wish, or its withdrawal. */
export async function bringBackWishes(sql: Sql, wishes: readonly Wish[]): Promise<void> {
  await sql`
    insert into quiet_phones (phone_hash, at, ended_at)
    select "phoneHash", at, "endedAt"
    from jsonb_to_recordset(${sql.json(wishes)}) as kept (
      "phoneHash" text, at timestamptz, "endedAt" timestamptz
    )
    on conflict (phone_hash) do update
    set at = excluded.at, ended_at = excluded.ended_at
    where coalesce(excluded.ended_at, excluded.at) > coalesce(quiet_phones.ended_at, quiet_phones.at)`
}
