import type { Sql } from './database.ts'

const ONE_LINE_MS = 24 * 60 * 60_000

/**
 * Notes in the ledger that a file was sent, at most once a day for each: enough to answer "I paid
 * and got nothing", and no counter. Nothing depends on it, and it uses nothing up.
 */
export async function recordSentFile(
  sql: Sql,
  sent: { code: string; fileId: number },
  now: Date,
): Promise<void> {
  await sql`
    insert into events (order_id, at, kind, detail)
    select id, ${now}, 'file.sent', jsonb_build_object('file', ${sent.fileId}::bigint)
    from orders
    where code = ${sent.code}
      and not exists (
        select from events
        where order_id = orders.id
          and kind = 'file.sent'
          and detail = jsonb_build_object('file', ${sent.fileId}::bigint)
          and at > ${new Date(now.getTime() - ONE_LINE_MS)}
      )`
}
