import type { Ledger, SimulatedTransaction } from '../../../packages/cinetpay-simulator/ledger.ts'
import type { Sql } from '../database.ts'

/** The simulator's book kept in the demonstration's own database: it outlives a restart. */
export function simulatedLedger(sql: Sql): Ledger {
  type Row = { body: SimulatedTransaction }
  return {
    find: async (siteId, transactionId) => {
      const [row] = await sql<Row[]>`
        select body
        from simulated_transactions
        where site_id = ${siteId} and transaction_id = ${transactionId}`
      return row?.body
    },
    findByToken: async (token) => {
      const [row] = await sql<Row[]>`select body from simulated_transactions where token = ${token}`
      return row?.body
    },
    add: async (transaction) => {
      const rows = await sql`
        insert into simulated_transactions (site_id, transaction_id, token, body)
        values (
          ${transaction.siteId}, ${transaction.transactionId}, ${transaction.token},
          ${sql.json(transaction)}
        )
        on conflict (site_id, transaction_id) do nothing
        returning token`
      return rows.length === 1
    },
    save: async (transaction) => {
      await sql`
        update simulated_transactions
        set body = ${sql.json(transaction)}
        where site_id = ${transaction.siteId}
          and transaction_id = ${transaction.transactionId}`
    },
  }
}
