import { countAll } from '../../data/orders/counts.ts'
import {
  listBooksToExport,
  listOrdersToExport,
  listPaymentsToExport,
} from '../../data/orders/exports.ts'
import type {
  ExportPage,
  ExportedBook,
  ExportedOrder,
  ExportedPayment,
} from '../../data/orders/exports.ts'
import { listCustomersToExport } from '../../data/people/customers.ts'
import type { ExportedCustomer } from '../../data/people/customers.ts'
import type { Sql } from '../../data/database.ts'
import { spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import type { Cell } from '../../lib/csv.ts'
import { spellCode } from '../../lib/crockford.ts'
import { lookUp } from '../../lib/look-up.ts'
import { CURRENCIES } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import type { ExportFile } from '../../links/addresses.ts'
import type { Settings } from '../../config/settings.ts'
import { PAGE_ROWS } from './stream.ts'
import type { Table } from './stream.ts'
import { feeOf } from './sums.ts'
import { feeRateOf, meansOfPayment } from './means.ts'
import type { FiguresWords } from './words.ts'

/** What an export is made of: rows from the database, columns as a bookkeeper reads them. */
type Asked = Pick<ExportPage, 'from' | 'until' | 'withSimulated'> & {
  sql: Sql
  words: FiguresWords
  now: Date
}

/** A column: its heading, and the cell for a row. */
type Columns<Row> = [heading: string, cell: (row: Row) => Cell][]

type OrdersAsked = Asked & { fees: Settings['fees']; withContacts: boolean; quietKey: string }

function ordersTable(asked: OrdersAsked): Table {
  const { sql, words, withContacts } = asked
  const { csv } = words
  const fee = (order: ExportedOrder) => feeOf(order.amount, feeRateOf(order, asked.fees))
  const columns: Columns<ExportedOrder> = [
    [csv.code, (order) => spellCode(order.code)],
    [csv.date, (order) => order.createdAt],
    [csv.state, (order) => words.orderStates[order.status]],
    [csv.paidAt, (order) => order.paidAt],
    [csv.book, (order) => order.bookTitle],
    [csv.listAmount, (order) => order.listAmount],
    [csv.discount, (order) => Math.max(0, order.listAmount - order.amount)],
    [csv.amount, (order) => order.amount],
    [csv.currency, (order) => order.currency],
    // Of what was paid in the period: these can be added up.
    [csv.received, (order) => (order.isSale ? order.amount : null)],
    [csv.fee, (order) => (order.isSale ? fee(order) : null)],
    [csv.net, (order) => (order.isSale ? order.amount - fee(order) : null)],
    [csv.operator, (order) => order.paidAt && meansOfPayment(order, words)],
    [csv.reference, (order) => order.operatorReference],
    [csv.transaction, (order) => order.transactionId],
    [csv.refundedAt, (order) => order.refundedAt],
    [csv.refundAmount, (order) => order.refundAmount],
    [csv.refundReference, (order) => order.refundReference],
    [csv.beside, (order) => order.beside],
  ]
  if (asked.withSimulated)
    columns.push([csv.simulated, (order) => (order.simulated ? csv.yes : csv.no)])
  if (withContacts)
    columns.push(
      [csv.buyer, (order) => order.buyerName],
      [csv.phone, ({ phoneE164 }) => phoneCell(phoneE164)],
      [csv.email, (order) => order.email],
    )
  return table(columns, (afterId) => listOrdersToExport(sql, page(asked, afterId), withContacts))
}

function paymentsTable(asked: Asked): Table {
  const { sql, words } = asked
  const { csv } = words
  const columns: Columns<ExportedPayment> = [
    [csv.date, (payment) => payment.createdAt],
    [csv.code, (payment) => spellCode(payment.code)],
    [csv.attempt, (payment) => payment.attempt],
    [csv.state, (payment) => words.paymentStates[payment.status]],
    [csv.amount, (payment) => payment.amount],
    [csv.currency, (payment) => payment.currency],
    [csv.acceptedAt, (payment) => payment.acceptedAt],
    [csv.operator, (payment) => payment.acceptedAt && meansOfPayment(payment, words)],
    [csv.reference, (payment) => payment.operatorReference],
    [csv.transaction, (payment) => payment.transactionId],
    [
      csv.refusal,
      ({ refusal }) => (refusal === null ? null : (lookUp(words.refusals, refusal) ?? refusal)),
    ],
    [csv.refundedAt, (payment) => payment.refundedAt],
    [csv.refundAmount, (payment) => payment.refundAmount],
    [csv.refundReference, (payment) => payment.refundReference],
  ]
  if (asked.withSimulated)
    columns.push([csv.simulated, (payment) => (payment.simulated ? csv.yes : csv.no)])
  return table(columns, (afterId) => listPaymentsToExport(sql, page(asked, afterId)))
}

function booksTable(asked: Asked): Table {
  const { sql, words } = asked
  const { csv } = words
  const columns: Columns<ExportedBook> = [
    [csv.title, (book) => book.title],
    [csv.author, (book) => book.author],
    [csv.kind, (book) => words.kinds[book.kind]],
    [csv.state, (book) => words.bookStates[book.state]],
    [csv.publishedAt, (book) => book.publishedAt],
    [csv.price, (book) => book.price],
    [csv.currency, (book) => book.currency],
    [csv.sales, (book) => book.sales],
    [csv.revenue, (book) => book.amount],
    [csv.refunds, (book) => book.refunded],
    [csv.beside, (book) => book.beside],
  ]
  return table(columns, async (afterId) => {
    if (afterId === undefined) await countAll(sql, asked.now)
    return listBooksToExport(sql, page(asked, afterId), asked.now)
  })
}

/** One line for each phone whose last purchase lies in the period, with everything it ever bought. */
function customersTable(asked: OrdersAsked): Table {
  const { sql, words, withSimulated, quietKey } = asked
  const { csv } = words
  const spent = (customer: ExportedCustomer, currency: Currency) =>
    customer.spent.find((one) => one.currency === currency)?.amount ?? null
  const columns: Columns<ExportedCustomer> = [
    [csv.buyer, ({ names }) => names.join(', ')],
    [csv.phone, ({ phoneE164 }) => phoneCell(phoneE164)],
    [csv.email, ({ email }) => email],
    [csv.purchases, ({ purchases }) => purchases],
    [csv.lastBooks, ({ titles }) => titles.join(', ')],
    [csv.lastAt, ({ lastAt }) => lastAt],
    ...(Object.keys(CURRENCIES) as Currency[]).map(
      (currency): Columns<ExportedCustomer>[number] => [
        csv.spent(currency),
        (customer) => spent(customer, currency),
      ],
    ),
    [csv.doNotWrite, ({ isQuiet }) => (isQuiet ? csv.yes : csv.no)],
    [csv.note, ({ note }) => note],
  ]
  return table(columns, (afterId) =>
    listCustomersToExport(sql, page(asked, afterId), { quietKey, withSimulated }),
  )
}

/** In brackets it starts no formula, needs no apostrophe, and can be dialled as it stands. */
const phoneCell = (phoneE164: string | null) =>
  spellPhone(phoneE164 ?? '').replace(/^\+\d+/, '($&)')

/** The files that are offered, and what stands in each. */
export const TABLES: Readonly<Record<ExportFile, (asked: OrdersAsked) => Table>> = {
  commandes: ordersTable,
  paiements: paymentsTable,
  livres: booksTable,
  clients: customersTable,
}
export const EXPORT_FILES = Object.keys(TABLES) as ExportFile[]

/** This one holds nothing but names and numbers: for the owner only, whatever is ticked. */
export const isOfContacts = (file: ExportFile) => file === 'clients'

function table<Row extends { id: number }>(
  columns: Columns<Row>,
  list: (afterId: number | undefined) => Promise<Row[]>,
): Table {
  return {
    head: columns.map(([heading]) => heading),
    async next(afterId) {
      const rows = await list(afterId)
      return rows.map((row) => ({ id: row.id, cells: columns.map(([, cell]) => cell(row)) }))
    },
  }
}

const page = ({ from, until, withSimulated }: Asked, afterId: number | undefined): ExportPage => ({
  from,
  until,
  withSimulated,
  afterId,
  limit: PAGE_ROWS,
})
