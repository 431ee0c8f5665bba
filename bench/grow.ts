import type { Pool } from '../src/data/database.ts'

const AT_ONCE = 50_000

/**
 * Fills a database with books and with orders of a year, in SQL. The triggers rest meanwhile
 * (`session_replication_role`, which only a superuser may set): rows are written as they would leave
 * them, but for two things that no page reads: the ledger's hashes and the counts of each day.
 */
export async function grow(
  connect: (options: object) => Pool,
  size: { books: number; orders: number },
  now: Date,
): Promise<void> {
  const sql = connect({ max: 1, connection: { session_replication_role: 'replica' } })
  try {
    for (let from = 1; from <= size.books; from += AT_ONCE)
      await addBooks(sql, from, Math.min(from + AT_ONCE - 1, size.books), now)
    for (let from = 1; from <= size.orders; from += AT_ONCE)
      await addOrders(sql, from, Math.min(from + AT_ONCE - 1, size.orders), size.books, now)
    await sql`vacuum analyze`
  } finally {
    await sql.end()
  }
}

async function addBooks(sql: Pool, from: number, to: number, now: Date) {
  await sql`
    with grown as (
      insert into books (
        slug, title, author, description, language, price, currency, published_at, created_at
      )
      select
        'livre-' || n, 'Le livre ' || n, 'Autrice ' || n % 20000, repeat('Sept saisons. ', 30), 'fr',
        5000, 'XOF', ${now}::timestamptz - n * interval '1 minute', ${now}::timestamptz - n * interval '1 minute'
      from generate_series(${from}::int, ${to}::int) as n
      returning id, created_at
    )
    insert into files (
      book_id, version, name, storage_key, media_type, size_bytes, sha256, created_at, verified_at
    )
    select
      id, 1, 'Livre.pdf', 'books/grown-' || id, 'application/pdf', 1000000, repeat('0', 64),
      created_at, ${now}
    from grown`
}

/** Of ten orders eight are paid, one failed and one expired; each was asked about once. */
async function addOrders(sql: Pool, from: number, to: number, books: number, now: Date) {
  await sql`
    with told as materialized (
      select
        n, ${now}::timestamptz - n * (interval '365 days' / 1000000) as at,
        (array['paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'failed', 'expired'])
          [n % 10 + 1] as status
      from generate_series(${from}::int, ${to}::int) as n
    ), grown as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, currency, status, simulated,
        buyer_name, phone_typed, phone_e164, email, language, created_at, paid_at
      )
      select
        upper(lpad(to_hex(n), 8, '0')), 'grown-' || n, books.id, files.id, 5000, 5000, 'XOF',
        status, false, 'Acheteuse ' || n, '76 12 34 56', '+223' || 60000000 + n % 700000,
        case when n % 3 = 0 then 'acheteuse' || n || '@example.org' end, 'fr', at,
        case when status = 'paid' then at + interval '1 minute' end
      from told
      join books on books.slug = 'livre-' || n % ${books}::int + 1
      join files on files.book_id = books.id
      returning id, code, book_id, status, created_at, paid_at
    ), items as (
      insert into order_items (order_id, book_id) select id, book_id from grown
    ), paid as (
      insert into payments (
        order_id, attempt, transaction_id, provider, status, amount, currency, page_url, operator,
        operator_reference, refusal, created_at, accepted_at, checks, last_check_at
      )
      select
        id, 1, '0000000000000000' || code, 'cinetpay',
        case status when 'paid' then 'accepted' when 'failed' then 'refused' else 'expired' end,
        5000, 'XOF', 'https://checkout.cinetpay.com/payment/' || code, 'OM',
        case when status = 'paid' then 'MP' || code end,
        case when status = 'failed' then 'balance' end, created_at, paid_at, 1, created_at
      from grown
      returning id, order_id, status, transaction_id, created_at
    ), granted as (
      insert into grants (order_id, payment_id, created_at)
      select order_id, id, created_at from paid where status = 'accepted'
    ), checked as (
      insert into notices (kind, payment_id, transaction_id, fingerprint, record, first_at, last_at)
      select 'check', id, transaction_id, 'grown-' || id, '{"code": "00"}', created_at, created_at
      from paid
    ), receipts as (
      insert into messages (key, order_id, kind, state, sent_at, created_at)
      select 'receipt-' || id, id, 'receipt', 'sent', paid_at, paid_at
      from grown where status = 'paid'
    ), devices as (
      insert into order_devices (order_id, device_hash, first_seen_at)
      select id, repeat('0', 64), paid_at from grown where status = 'paid'
    ), fetched as (
      insert into downloads (
        order_id, file_id, copy, to_keep, blocks, first_at, begun_at, last_at, completed_at
      )
      select grown.id, files.id, 'one', true, repeat('1', 128)::bit(128), paid_at, paid_at, paid_at, paid_at
      from grown
      join files on files.book_id = grown.book_id
      where status = 'paid'
    ), counted as (
      insert into throttles (key, window_start, count)
      select 'buy.phone grown' || id, ${now}, 1 from grown where id % 10 = 0
    )
    insert into events (order_id, at, kind, place, hash)
    select id, created_at, 'order.opened', 1, repeat('0', 64) from grown
    union all
    select id, paid_at, 'order.paid', 2, repeat('0', 64) from grown where status = 'paid'`
}
