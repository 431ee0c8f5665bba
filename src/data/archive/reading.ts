import type { PendingQuery, Row } from 'postgres'
import type { Sql } from '../database.ts'
import { CARRIED_TABLES } from './tables.ts'
import type { CarriedTable } from './tables.ts'
import type { Backup, Made, Reached } from './archives.ts'

/** Bytes of uncompressed text in a part; a step holds a few times this in memory. */
const PART_BYTES = 1_000_000
/** With all that hangs on them, one to three MB. */
const ORDERS_AT_ONCE = 300
/** Of what hangs on no order: most shops have all of a table in one page. */
const ROWS_AT_ONCE = 2_000
type NewBackup = Pick<Made, 'id' | 'kind' | 'storageKey' | 'contents'>

/** Opens a backup archive, or opens it again, empty; `readSome` reads the shop into it. */
export async function addBackup(sql: Sql, backup: NewBackup, now: Date): Promise<void> {
  const { id, kind, storageKey, contents } = backup
  await sql`
    select open_suitcase(${id}, ${kind}, ${storageKey}, ${sql.json(contents as never)}, ${now})`
}

/** What hangs on no order is read after the orders, children first: what they point to is read behind them. */
const ALONE = CARRIED_TABLES.filter(({ of }) => !of || of.isLoose).toReversed()

/**
 * Reads a page more. Each is one statement: an order, and all that hangs on it, is read at one moment, which
 * is not that of the next page. The rows that others point to are never removed, and are read last, so all
 * that is pointed to is in the archive.
 */
export async function readSome(sql: Sql, backup: Backup, now: Date): Promise<void> {
  const { table, after } = (backup.reached as Reached | null) ?? { table: 'orders', after: null }
  const nth = ALONE.findIndex(({ name }) => name === table)
  const read = nth < 0 ? pageOfOrders(sql, after) : pageOf(sql, ALONE[nth]!, after)
  const next = ALONE[nth + 1]
  const onward = next ? { table: next.name, after: null } : null
  await sql`
    with held as (
      select id, next
      from suitcases
      where id = ${backup.id}
        and state = 'reading'
        and reached is not distinct from ${json(sql, backup.reached)}
        and changed_at = ${backup.changedAt}
      for update
    ), ${read.page}, lines as (${read.lines}
    ), put as (
      insert into suitcase_parts (suitcase_id, place, table_name, row_count, body)
      select
        held.id, held.next + row_number() over (order by nth, part), table_name, count(*),
        string_agg(line, chr(10) order by lines.place)
      from held
      cross join lines
      group by held.id, held.next, nth, table_name, part
      returning place
    ), turned as (
      select
        (select count(*) from page) = ${read.limit}::int as is_full,
        (select count(*) from put) as parts,
        (${read.last}) as last
    )
    update suitcases
    set
      state = case when is_full or ${next !== undefined} then 'reading' else 'packing' end,
      next = case when is_full or ${next !== undefined} then held.next + parts else 0 end,
      reached = case
        when is_full then jsonb_build_object('table', ${table}::text, 'after', last)
        else ${json(sql, onward)}
      end,
      fault = null, changed_at = ${now}
    from held, turned
    where suitcases.id = held.id`
}

type Fragment = PendingQuery<Row[]>

const json = (sql: Sql, value: unknown) =>
  value === null ? sql`null::jsonb` : sql`${sql.json(value as never)}::jsonb`

/** Rows as lines of JSON, cut into parts. */
const linesOf = (sql: Sql, nth: number, { name, key }: CarriedTable, from: Fragment) => sql`
  select ${nth}::int as nth, ${name}::text as table_name, place, line,
    sum(octet_length(line)) over (order by place) / ${PART_BYTES}::int as part
  from (
    select row_number() over (order by ${list(sql, key)}) as place, row_to_json(${sql(name)})::text as line
    from ${from} ${sql(name)}
  ) ${sql(`${name}_lines`)}`

type Page = {
  limit: number
  /** CTEs, of which `page` has the rows that the page is made of. */
  page: Fragment
  lines: Fragment
  /** The key of its last row. */
  last: Fragment
}

function pageOfOrders(sql: Sql, after: unknown): Page {
  const lines = CARRIED_TABLES.flatMap((table, nth) => {
    const { name, of } = table
    if (!of) return []
    const from = sql`(select * from ${sql(name)} where ${sql(of.by)} in (select id from ${sql(of.page)}))`
    return [linesOf(sql, nth, table, from)]
  })
  return {
    limit: ORDERS_AT_ONCE,
    page: sql`page as materialized (
      select id
      from orders
      where id > ${(after as number | null) ?? 0}
      order by id
      limit ${ORDERS_AT_ONCE}
    ), their_payments as materialized (
      select id from payments where order_id in (select id from page)
    )`,
    lines: lines.reduce((all, one) => sql`${all} union all ${one}`),
    last: sql`select to_jsonb(max(id)) from page`,
  }
}

function pageOf(sql: Sql, table: CarriedTable, after: unknown): Page {
  const { name, key, of } = table
  const whole = sql(name)
  const keys = list(sql, key)
  const last = sql`select ${keys} from jsonb_populate_record(null::${whole}, ${json(sql, after)})`
  // The first column by itself, for the index.
  const first = sql`select ${sql(key[0])} from jsonb_populate_record(null::${whole}, ${json(sql, after)})`
  return {
    limit: ROWS_AT_ONCE,
    page: sql`page as materialized (
      select *
      from ${whole}
      where true
        ${of ? sql`and ${sql(of.by)} is null` : sql``}
        ${after === null ? sql`` : sql`and ${sql(key[0])} >= (${first}) and (${keys}) > (${last})`}
      order by ${keys}
      limit ${ROWS_AT_ONCE}
    )`,
    lines: linesOf(sql, 0, table, sql`page`),
    last: sql`
      select to_jsonb(last)
      from (
        select ${keys}
        from (select ${keys}, row_number() over (order by ${keys}) as nth from page) numbered
        order by nth desc
        limit 1
      ) last`,
  }
}

const list = (sql: Sql, names: readonly string[]): Fragment =>
  names.map((name) => sql`${sql(name)}`).reduce((all, one) => sql`${all}, ${one}`)
