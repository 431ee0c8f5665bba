import { erasure } from './erasure.ts'
import type { Sql } from '../database.ts'

/** What was erased because somebody asked: orders by their code, cases by number and time. */
export async function listErasureMarks(sql: Sql): Promise<string[]> {
  const rows = await sql<{ mark: string }[]>`select mark from erasure_marks order by mark`
  return rows.map(({ mark }) => mark)
}

/**
 * Erases what these marks name and a backup brought back, and keeps them. Tells how many orders there
 * were. An order that is erased already is left alone.
 */
export async function eraseMarked(
  sql: Sql,
  { marks, personalFields }: { marks: readonly string[]; personalFields: readonly string[] },
  now: Date,
): Promise<number> {
  const chosen = sql`
    select id, buyer_name, phone_e164, email
    from orders
    where erased_at is null
      and code in (select substr(mark, 7) from marked where mark like 'order %')
    for update`
  const isMarked = sql`
    id in (select split_part(mark, ' ', 2)::bigint from marked where mark like 'case %')
    and 'case ' || id || ' ' || floor(extract(epoch from opened_at) * 1000)::bigint
      in (select mark from marked)`
  const [erased] = await sql<{ orders: number }[]>`
    with marked as (
      select value as mark from jsonb_array_elements_text(${sql.json(marks)})
    ), ${erasure(sql, chosen, { personId: null, endsLinks: true, personalFields }, now)}, untold as (
      delete from cases where order_id is null and ${isMarked}
    ), unnamed as (
      update cases
      set phone_e164 = '', reference = '', message = ''
      where order_id is not null
        and order_id not in (select id from erased)
        and phone_e164 <> ''
        and ${isMarked}
    ), kept as (
      insert into erasure_marks (mark, at) select mark, ${now} from marked on conflict do nothing
    )
    select count(*)::int as orders from erased`
  return erased!.orders
}
