import { openOrder } from '../../src/data/orders/purchases.ts'
import type { NewOrder } from '../../src/data/orders/purchases.ts'
import { newCode } from '../../src/lib/crockford.ts'
import { hex, randomBytes } from '../../src/lib/encoding.ts'
import type { TestShop } from './shop.ts'

type APromotion = {
  code?: string
  kind?: 'percent' | 'amount'
  value?: number
  startsAt?: Date | null
  endsAt?: Date | null
  maxUses?: number | null
  /** Slugs; none: every book. */
  books?: string[]
}

/** A promotion, as the desk makes one; the defaults are valid. */
export async function aPromotion({ sql, shop }: TestShop, promotion: APromotion = {}) {
  const { startsAt = null, endsAt = null, maxUses = null, books = [] } = promotion
  const { code = 'AMIS20', kind = 'percent', value = 20 } = promotion
  const [row] = await sql<{ id: number }[]>`
    insert into promotions (code, kind, value, starts_at, ends_at, max_uses, created_at)
    values (${code}, ${kind}, ${value}, ${startsAt}, ${endsAt}, ${maxUses}, ${shop.now()})
    returning id`
  for (const slug of books)
    await sql`
      insert into promotion_books (promotion_id, book_id)
      select ${row!.id}, id from books where slug = ${slug}`
  return row!.id
}

export async function usesOf({ sql }: TestShop, code: string): Promise<number> {
  const [row] = await sql<{ uses: number }[]>`select uses from promotions where code = ${code}`
  return row!.uses
}

/** The orders of a book, the newest first. */
export const ordersOf = ({ sql }: TestShop, slug: string) =>
  sql<
    { id: number; amount: number; listAmount: number; promotionId: number | null; status: string }[]
  >`
    select orders.id, orders.amount, orders.list_amount, orders.promotion_id, orders.status
    from orders
    join books on books.id = orders.book_id
    where books.slug = ${slug}
    order by orders.id desc`

/** An order opened straight in the rows, past the checkout's own questions. */
export async function openStraight(test: TestShop, changes: Partial<NewOrder>) {
  const [book] = await test.sql<{ slug: string; price: number }[]>`
    select slug, price from books order by id limit 1`
  const transactionId = hex(randomBytes(12)).toUpperCase()
  const order: NewOrder = {
    code: newCode(),
    formHash: transactionId,
    bookSlug: book!.slug,
    priceFloor: null,
    listAmount: book!.price,
    amount: 0,
    promotionId: null,
    currency: 'XOF',
    simulated: false,
    buyerName: 'Awa',
    phoneTyped: '76123456',
    phoneE164: '+22376123456',
    email: null,
    saidMeans: null,
    language: 'fr',
    payment: { transactionId, provider: 'free', nextCheckAt: null },
    ...changes,
  }
  return openOrder(test.sql, order, [], test.shop.now())
}
