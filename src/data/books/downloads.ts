import type { Sql } from '../database.ts'

/**
 * What was sent of a file to a buyer: a row for an order and a file, written a few times a download.
 * The rule is explained in `files/coverage.ts`; here each of its moves is one statement, so that
 * answers under way at once, in several processes, add to one another. Blocks are a text of 128 bits,
 * the first byte's first.
 */
export type Ask = {
  orderId: number
  fileId: number
  /** The name of the copy, if this request begins one. */
  copy: string
  toKeep: boolean
  /**
   * A complete copy that reaches either bound is over: a new beginning belongs to the next copy.
   */
  completedBefore: Date
  sentBytes: number
}

const isOver = (sql: Sql, ask: Pick<Ask, 'completedBefore' | 'sentBytes'>) => sql`
  downloads.completed_at is not null
  and (
    downloads.completed_at <= ${ask.completedBefore}
    or downloads.sent_bytes >= ${ask.sentBytes}::bigint
  )`

/** The blocks, without those from `first` on that were sent, up to the first that was not. */
const unsentFrom = (sql: Sql, first: number) => sql`
  downloads.blocks & ~ rpad(
    repeat('0', ${first}::int)
      || substring(substr(downloads.blocks::text, ${first}::int + 1) from '^1*'),
    128,
    '0'
  )::bit(128)`

/**
 * A request for the file from its first byte: begins a copy, or starts the one under way again.
 * Returns the name of the copy; the ledger gets a line for each that begins.
 */
export async function beginCopy(sql: Sql, ask: Ask, now: Date): Promise<string> {
  const over = isOver(sql, ask)
  const [row] = await sql<{ copy: string }[]>`
    with begun as (
      insert into downloads (
        order_id, file_id, copy, to_keep, blocks, first_at, begun_at, last_at
      ) values (
        ${ask.orderId}, ${ask.fileId}, ${ask.copy}, ${ask.toKeep}, repeat('0', 128)::bit(128),
        ${now}, ${now}, ${now}
      )
      on conflict (order_id, file_id) do update
      set copy = case when ${over} then excluded.copy else downloads.copy end,
        to_keep = excluded.to_keep or (downloads.to_keep and not (${over})),
        blocks = case when ${over} then excluded.blocks else ${unsentFrom(sql, 0)} end,
        sent_bytes = case when ${over} then 0 else downloads.sent_bytes end,
        resumes = case when ${over} then 0 else downloads.resumes + 1 end,
        copies = downloads.copies + case when ${over} then 1 else 0 end,
        begun_at = case when ${over} then excluded.begun_at else downloads.begun_at end,
        last_at = excluded.last_at,
        completed_at = null
      returning copy
    ), told as (
      insert into events (order_id, at, kind, detail)
      select ${ask.orderId}, ${now}, 'file.sent', jsonb_build_object('file', ${ask.fileId}::bigint)
      from begun
      where copy = ${ask.copy}
    )
    select copy from begun`
  return row!.copy
}

export type Resume = { orderId: number; fileId: number; held: string; fromBlock: number }

/**
 * A request for the rest of the file: what lies before it has arrived, what was sent behind it has
 * not. Undefined where no copy was begun: then nothing is recorded.
 */
export async function resumeCopy(sql: Sql, ask: Resume, now: Date): Promise<string | undefined> {
  const [row] = await sql<{ copy: string }[]>`
    update downloads
    set blocks = (${unsentFrom(sql, ask.fromBlock)}) | ${ask.held}::bit(128),
      resumes = resumes + 1,
      last_at = ${now},
      completed_at = null
    where order_id = ${ask.orderId}
      and file_id = ${ask.fileId}
    returning copy`
  return row?.copy
}

/** The copy that an out-of-order range belongs to, if one was begun. */
export async function findCopy(sql: Sql, orderId: number, fileId: number) {
  const [row] = await sql<{ copy: string }[]>`
    select copy from downloads where order_id = ${orderId} and file_id = ${fileId}`
  return row?.copy
}

export type Sent = { orderId: number; fileId: number; copy: string; blocks: string; bytes: number }

/**
 * Marks blocks as sent, unless the copy ended in the meantime. `bytes` counts those not reported
 * before.
 */
export async function markSent(sql: Sql, sent: Sent, now: Date): Promise<void> {
  await sql`
    update downloads
    set blocks = blocks | ${sent.blocks}::bit(128),
      sent_bytes = sent_bytes + ${sent.bytes}::bigint,
      last_at = greatest(last_at, ${now}),
      completed_at = case
        when position('0' in (blocks | ${sent.blocks}::bit(128))::text) = 0
        then coalesce(completed_at, ${now})
      end
    where order_id = ${sent.orderId}
      and file_id = ${sent.fileId}
      and copy = ${sent.copy}`
}

/**
 * The buyer gives the last digits of the order's phone, and may download as many copies again.
 * False: wrong digits.
 */
export async function allowMoreCopies(
  sql: Sql,
  ask: Pick<Ask, 'orderId' | 'fileId' | 'completedBefore' | 'sentBytes'> & { phoneEnd: string },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with allowed as (
      update downloads
      set allowed_copies = copies + case when ${isOver(sql, ask)} then 1 else 0 end
      from orders
      where downloads.order_id = ${ask.orderId}
        and downloads.file_id = ${ask.fileId}
        and orders.id = downloads.order_id
        and orders.erased_at is null
        and right(orders.phone_e164, ${ask.phoneEnd.length}::int) = ${ask.phoneEnd}
      returning downloads.order_id
    ), told as (
      insert into events (order_id, at, kind, detail)
      select order_id, ${now}, 'file.allowed', jsonb_build_object('file', ${ask.fileId}::bigint)
      from allowed
    )
    select order_id from allowed`
  return rows.length === 1
}

export type Download = {
  fileId: number
  name: string
  sizeBytes: number
  blocks: string
  toKeep: boolean
  sentBytes: number
  resumes: number
  copies: number
  allowedCopies: number
  lastAt: Date
  completedAt: Date | null
}

const MAX_DOWNLOADS = 100

/** Downloads by this order, the latest first. */
export function listDownloadsOf(sql: Sql, orderId: number): Promise<Download[]> {
  return sql<Download[]>`
    select
      downloads.file_id, files.name, files.size_bytes, downloads.blocks, downloads.to_keep,
      downloads.sent_bytes, downloads.resumes, downloads.copies, downloads.allowed_copies,
      downloads.last_at, downloads.completed_at
    from downloads
    join files on files.id = downloads.file_id
    where downloads.order_id = ${orderId}
    order by downloads.last_at desc, downloads.file_id desc
    limit ${MAX_DOWNLOADS}`
}
