import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import type { Contact } from './deeds.ts'
import { handDetail, handPayment } from './money-deeds.ts'
import type { HandPayment } from './money-deeds.ts'
import { givesFile } from '../books/desk-books.ts'
import type { Language } from '../../words/languages.ts'

/** A book or pack that gives at least one file, published or not. */
export type SellableBook = { id: number; title: string; price: number; currency: Currency }

const MAX_BOOKS = 500

const isSellable = (sql: Sql) => sql`books.archived_at is null and ${givesFile(sql)}`

export function listSellableBooks(sql: Sql): Promise<SellableBook[]> {
  return sql<SellableBook[]>`
    select id, title, price, currency
    from books
    where ${isSellable(sql)}
    order by lower(title), id
    limit ${MAX_BOOKS}`
}

type HandSale = {
  code: string
  formHash: string
  bookId: number
  amount: number
  buyer: Contact
  language: Language
  simulated: boolean
  personId: number
  payment: HandPayment
}

/**
 * A sale made by a person: the order, what it gives, an accepted payment of its amount, the grant
 * and the ledger's lines, in one statement; from then on it is delivered like any other. False
 * when this very form was sent before (a double tap is one sale), or the book gives nothing.
 */
export async function recordHandSale(sql: Sql, sale: HandSale, now: Date): Promise<boolean> {
  const { buyer, payment } = sale
  const rows = await sql`
    with opened as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, currency, status, simulated,
        buyer_name, phone_typed, phone_e164, email, language, created_at, paid_at
      )
      select
        ${sale.code}, ${sale.formHash}, books.id,
        (
          select files.id
          from files
          where files.book_id = books.id
            and books.kind = 'book'
            and files.slot = 'livre'
            and not files.is_sample
            and files.withdrawn_at is null
          order by files.version desc
          limit 1
        ),
        books.price, ${sale.amount}, books.currency, 'paid', ${sale.simulated},
        ${buyer.buyerName}, ${buyer.phoneTyped}, ${buyer.phoneE164}, ${buyer.email},
        ${sale.language}, ${now}, ${now}
      from books
      where books.id = ${sale.bookId} and ${isSellable(sql)}
      on conflict (form_hash) do nothing
      returning id, book_id, attempts, amount, currency
    ), items as (
      insert into order_items (order_id, book_id)
      select opened.id, books.id
      from opened
      join books on (books.id = opened.book_id and books.kind = 'book')
        or books.id in (select book_id from pack_books where pack_id = opened.book_id)
    ), ${handPayment(sql, sql`opened`, payment, sale.personId, now)}
    insert into events (order_id, at, kind, detail, person_id)
    select payment.order_id, ${now}, lines.kind, lines.detail, ${sale.personId}
    from payment, deed, lateral (
      values
        (1, 'order.opened', '{}'::jsonb),
        (2, 'order.paid', ${handDetail(sql, payment.how)})
    ) lines (place, kind, detail)
    order by lines.place
    returning id`
  return rows.length > 0
}

/** The order that this form created when it was sent before. */
export async function findCodeByForm(sql: Sql, formHash: string) {
  const [order] = await sql<{ code: string }[]>`
    select code from orders where form_hash = ${formHash}`
  return order?.code
}
