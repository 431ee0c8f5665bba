import { connectTo, openDatabase } from '../src/data/database.ts'
import type { Sql } from '../src/data/database.ts'
import { recordBegun } from '../src/data/orders/begun.ts'
import { recordNotice } from '../src/data/orders/payments.ts'
import { openOrder } from '../src/data/orders/purchases.ts'
import { acceptPayment } from '../src/data/orders/settling.ts'
import { newCode } from '../src/lib/crockford.ts'
import { hex, randomBytes } from '../src/lib/encoding.ts'
import { median } from './load.ts'
import { SLUG } from './stage.ts'
import type { Stage } from './stage.ts'

/**
 * What the shop's two statements of a sale are worth by themselves: no server, no provider, no
 * load, and as many clients as buyers. Nothing that is built on them can be faster.
 */
async function alone(
  { databaseUrl }: Stage,
  count: number,
  clients: number,
  sell: (sql: Sql, place: number) => Promise<unknown>,
): Promise<number> {
  const { sql, close } = openDatabase(() => connectTo(databaseUrl, { max: clients }))
  const started = performance.now()
  let place = 0
  const one = async () => {
    while (place < count) await sell(sql, place++)
  }
  await Promise.all(Array.from({ length: clients }, one))
  const seconds = (performance.now() - started) / 1000
  await close()
  return count / seconds
}

/** Notices: the one that claims the check, and the one that takes down what it found. A second. */
export const noticesAlone = (stage: Stage, transactionIds: string[], clients: number) =>
  alone(stage, transactionIds.length, clients, async (sql, place) => {
    const transactionId = transactionIds[place]!
    const record = { cpm_trans_id: transactionId, cpm_amount: '5000', payment_method: 'OM' }
    const notice = {
      transactionId,
      proofHash: undefined,
      fingerprint: `${transactionId} n`,
      record,
    }
    const noted = await recordNotice(sql, notice, new Date())
    const checked = { fingerprint: `${transactionId} c`, record }
    const paid = { code: '00', operator: 'OM', reference: 'MP1', noted: checked }
    if (!(await acceptPayment(sql, noted!.payment!, paid, new Date())))
      throw new Error('the order was not made paid')
  })

/**
 * One notice on a connection of its own, as in a Worker, over a login and two small questions; in ms.
 * What it is more, PostgreSQL takes to know its tables and functions in a process that has just begun.
 */
export async function noticeOnNewConnection(stage: Stage, transactionIds: string[]) {
  const more: number[] = []
  for (const transactionId of transactionIds) {
    const started = performance.now()
    await noticesAlone(stage, [transactionId], 1)
    const noticed = performance.now()
    const { sql, close } = openDatabase(() => connectTo(stage.databaseUrl, { max: 1 }))
    for (let trip = 0; trip < 2; trip++) await sql`select id from books where slug = ${SLUG}`
    await close()
    more.push(noticed - started - (performance.now() - noticed))
  }
  return median(more)
}

let phones = 0
/** Purchases: the one that opens the order, and the one that keeps the provider's page. A second. */
export const purchasesAlone = (stage: Stage, count: number, clients: number) =>
  alone(stage, count, clients, async (sql) => {
    const transactionId = hex(randomBytes(12)).toUpperCase()
    const phoneE164 = `+22376${String(500_000 + ++phones).slice(-6)}`
    const now = new Date()
    const order = {
      code: newCode(),
      formHash: hex(randomBytes(32)),
      bookSlug: SLUG,
      priceFloor: null,
      listAmount: 5000,
      amount: 5000,
      promotionId: null,
      currency: 'XOF' as const,
      simulated: false,
      buyerName: 'Awa Traoré',
      phoneTyped: '76 12 34 56',
      phoneE164,
      email: '',
      saidMeans: null,
      language: 'fr' as const,
      payment: { transactionId, provider: 'cinetpay', nextCheckAt: now },
    }
    const acts = ['phone', 'address'].map((what) => ({
      key: `${what} ${phoneE164}`,
      windowStart: now,
      most: 5,
    }))
    const opened = await openOrder(sql, order, acts, now)
    if (opened.kind !== 'opened') throw new Error(`not sold: ${opened.kind}`)
    const page = { url: 'https://checkout.cinetpay.com/payment/1', token: 'token' }
    await recordBegun(sql, { id: opened.paymentId, provider: 'cinetpay' }, page)
  })
