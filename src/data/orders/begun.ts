import type { Sql } from '../database.ts'
import { gathered, given } from '../gathered.ts'
import { endDenials } from './outages.ts'
import type { Payment } from './payments.ts'

/** What the provider returned when it opened a payment. */
type Begun = {
  payment: Pick<Payment, 'id' | 'provider'>
  page: {
    url: string
    token: string
    notifyTokenHash?: string | undefined
    providerTransactionId?: string | undefined
  }
}

/** The provider opened its page for this payment. Calls that come together share a statement. */
export const recordBegun = (sql: Sql, payment: Begun['payment'], page: Begun['page']) =>
  begun(sql, { payment, page })

const begun = gathered<Begun, void>({
  keyOf: ({ payment }) => payment.id,
  together: (sql, many) => writePages(sql, many),
  alone: async (sql, one) => {
    await writePages(sql, [one], { waits: true })
  },
})

/** Returns the payments that were written. Without `waits`, rows locked by others are skipped. */
async function writePages(sql: Sql, many: readonly Begun[], { waits = false } = {}) {
  const pages = many.map(({ payment, page }) => ({
    payment_id: payment.id,
    provider: payment.provider,
    url: page.url,
    token: page.token,
    notify_token_hash: page.notifyTokenHash ?? null,
    provider_transaction_id: page.providerTransactionId ?? null,
  }))
  const rows = await sql<{ id: number }[]>`
    with pages as (
      select *
      from ${given(
        sql,
        pages,
        sql`as pages (
          payment_id bigint, provider text, url text, token text,
          notify_token_hash text, provider_transaction_id text
        )`,
      )}
    ), held as (
      select payments.id
      from pages
      join payments on payments.id = pages.payment_id
      for no key update of payments ${waits ? sql`` : sql`skip locked`}
    ), answered as (${endDenials(sql, sql`select provider from pages`)}
    ), written as (
      update payments
      set page_url = url, provider_token = token, notify_token_hash = pages.notify_token_hash,
        provider_transaction_id = pages.provider_transaction_id
      from pages
      where payments.id = pages.payment_id
        and payments.id in (select id from held)
        and page_url is null
    )
    select id from held`
  return new Map(rows.map(({ id }) => [id, undefined]))
}
