import type { Currency } from '../../money/currency.ts'
import type { Discount } from '../../money/price.ts'
import type { Sql } from '../database.ts'
import { violatedConstraint } from '../violations.ts'

/** A code that lowers a price, from `startsAt` until just before `endsAt`. */
export type Promotion = Discount & {
  id: number
  code: string
  startsAt: Date | null
  endsAt: Date | null
  maxUses: number | null
  /** Its orders that were not abandoned: pending, paid, refunded. */
  uses: number
  active: boolean
}

const columns = (sql: Sql) => sql`
  promotions.id, promotions.code, promotions.kind, promotions.value, promotions.starts_at,
  promotions.ends_at, promotions.max_uses, promotions.uses, promotions.active`

/** The promotion with this code, and whether it applies to this book. */
export async function findPromotionForBook(sql: Sql, code: string, bookId: number) {
  const [promotion] = await sql<(Promotion & { coversBook: boolean })[]>`
    select
      ${columns(sql)},
      not exists (select from promotion_books where promotion_id = promotions.id)
        or exists (
          select from promotion_books
          where promotion_id = promotions.id and book_id = ${bookId}
        ) as covers_book
    from promotions
    where code = ${code}`
  return promotion
}

/** The code that an order used. */
export async function findPromotionCode(sql: Sql, orderId: number) {
  const [row] = await sql<{ code: string }[]>`
    select promotions.code
    from orders
    join promotions on promotions.id = orders.promotion_id
    where orders.id = ${orderId}`
  return row?.code
}

/** A promotion at the desk, with what it brought in and gave away. */
export type PromotionAtDesk = Promotion & {
  version: number
  bookIds: number[]
  /** Who saved it last. */
  changedBy: string | null
  sales: number
  revenue: number
  givenAway: number
}

/** Trial orders count in a trial only; sums are in the shop's own currency. */
type Counted = { simulated: boolean; currency: Currency }

const atDesk = (sql: Sql, { simulated, currency }: Counted) => sql`
  select
    ${columns(sql)}, promotions.version, people.name as changed_by,
    (
      select coalesce(jsonb_agg(book_id order by book_id), '[]')
      from promotion_books
      where promotion_id = promotions.id
    ) as book_ids,
    sold.sales, sold.revenue, sold.given_away
  from promotions
  left join people on people.id = promotions.changed_by
  cross join lateral (
    select
      count(*)::int as sales,
      coalesce(sum(amount) filter (where currency = ${currency}), 0)::bigint as revenue,
      coalesce(sum(list_amount - amount) filter (where currency = ${currency}), 0)::bigint
        as given_away
    from orders
    where promotion_id = promotions.id
      and status = 'paid'
      and simulated = ${simulated}
  ) sold`

const LISTED_AT_ONCE = 200

/** The newest first. */
export function listPromotions(sql: Sql, counted: Counted): Promise<PromotionAtDesk[]> {
  return sql<PromotionAtDesk[]>`
    ${atDesk(sql, counted)}
    order by promotions.created_at desc, promotions.id desc
    limit ${LISTED_AT_ONCE}`
}

export async function findPromotion(sql: Sql, id: number, counted: Counted) {
  const [promotion] = await sql<PromotionAtDesk[]>`
    ${atDesk(sql, counted)} where promotions.id = ${id}`
  return promotion
}

export type PromotionRules = Omit<Promotion, 'id' | 'uses' | 'active'> & { bookIds: number[] }

/** The new promotion's id; undefined when its code is taken. The demonstration's have no author. */
export async function addPromotion(
  sql: Sql,
  rules: PromotionRules,
  personId: number | null,
  now: Date,
): Promise<number | undefined> {
  const [added] = await sql<{ id: number }[]>`
    with added as (
      insert into promotions (
        code, kind, value, starts_at, ends_at, max_uses, created_at, changed_by
      ) values (
        ${rules.code}, ${rules.kind}, ${rules.value}, ${rules.startsAt}, ${rules.endsAt},
        ${rules.maxUses}, ${now}, ${personId}
      )
      on conflict (code) do nothing
      returning id
    ), chosen as (
      insert into promotion_books (promotion_id, book_id)
      select added.id, books.id
      from added, books
      where ${isIn(sql, rules.bookIds)}
    )
    select id from added`
  return added?.id
}

/** Saves the rules, unless somebody changed them since `versionSeen`. */
export async function savePromotion(
  sql: Sql,
  id: number,
  rules: PromotionRules,
  { versionSeen, personId }: { versionSeen: number; personId: number },
): Promise<'saved' | 'changed-meanwhile' | 'code-taken'> {
  try {
    const rows = await sql`
      with saved as (
        update promotions
        set code = ${rules.code}, kind = ${rules.kind}, value = ${rules.value},
          starts_at = ${rules.startsAt}, ends_at = ${rules.endsAt}, max_uses = ${rules.maxUses},
          version = version + 1, changed_by = ${personId}
        where id = ${id} and version = ${versionSeen}
        returning id
      ), left_out as (
        delete from promotion_books
        using saved, books
        where promotion_books.promotion_id = saved.id
          and books.id = promotion_books.book_id
          and not ${isIn(sql, rules.bookIds)}
      ), chosen as (
        insert into promotion_books (promotion_id, book_id)
        select saved.id, books.id
        from saved, books
        where ${isIn(sql, rules.bookIds)}
        on conflict do nothing
      )
      select id from saved`
    return rows.length === 1 ? 'saved' : 'changed-meanwhile'
  } catch (fault) {
    if (violatedConstraint(fault) === 'promotions_code_key') return 'code-taken'
    throw fault
  }
}

const isIn = (sql: Sql, bookIds: number[]) =>
  sql`(
    books.id in (
      select value::bigint from jsonb_array_elements_text(${sql.json(bookIds)}::jsonb)
    )
  )`

/** Stops or restarts a promotion; two people who press the same button agree. */
export async function switchPromotion(
  sql: Sql,
  id: number,
  active: boolean,
  personId: number,
): Promise<void> {
  await sql`
    update promotions
    set active = ${active}, version = version + 1, changed_by = ${personId}
    where id = ${id} and active <> ${active}`
}

/** A book that a promotion may apply to. */
export type PromotableBook = {
  id: number
  slug: string
  title: string
  price: number
  priceFloor: number | null
  currency: Currency
  onSale: boolean
}

const BOOKS_AT_ONCE = 500

/** Books on sale first; an archived one only if it is selected already. */
export function listPromotableBooks(
  sql: Sql,
  chosen: number[],
  now: Date,
): Promise<PromotableBook[]> {
  return sql<PromotableBook[]>`
    select
      id, slug, title, price, price_floor, currency,
      coalesce(published_at <= ${now}, false) and archived_at is null as on_sale
    from books
    where archived_at is null or ${isIn(sql, chosen)}
    order by on_sale desc, title, id
    limit ${BOOKS_AT_ONCE}`
}
