import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticeFields, signNotice } from '../../packages/cinetpay-simulator/notice.ts'
import { realPostgres } from '../support/postgres.ts'
import { dressed } from './forgery.ts'
import { APIS, KEYS } from './goods.ts'
import { openBrowser } from './nemesis/browser.ts'
import { openClock } from './nemesis/clock.ts'
import { forgeNotices } from './nemesis/forged.ts'
import { postNotice } from './nemesis/postman.ts'
import { buyQuietly } from './nemesis/quiet-buyer.ts'
import { openStage } from './nemesis/stage.ts'
import type { Stage } from './nemesis/stage.ts'

// Through the built server, as processes on a real PostgreSQL.
describe.skipIf(!realPostgres).each(APIS)('one notice of CinetPay’s (%s)', (api) => {
  let stage: Stage
  beforeAll(async () => {
    // Real time: what is heard again within five seconds causes no check.
    stage = await openStage(api, 1, { clock: openClock(1) })
    stage.postman.lose(1)
  })
  afterAll(async () => {
    expect(stage.broken).toEqual([])
    await stage.close()
  })

  /** Accepted at CinetPay, of which the shop has heard nothing. */
  async function acceptedQuietly(name: string) {
    const payPage = await buyQuietly(openBrowser(stage.url), name)
    await stage.provider.visit(payPage, { deed: 'accept', operator: 'OM', phone: '', fault: '' })
    const transaction = [...stage.transactions.values()].at(-1)!
    expect(transaction.state).toBe('ACCEPTED')
    return transaction
  }

  async function noticeOf(transaction: Awaited<ReturnType<typeof acceptedQuietly>>) {
    const { notifyUrl: url, transactionId, v1 } = transaction
    if (v1) {
      const { notifyToken: notify_token, id: transaction_id } = v1
      const fields = { notify_token, merchant_transaction_id: transactionId, transaction_id }
      return { url, ...dressed(fields, false) }
    }
    const fields = noticeFields(transaction) as Record<string, string>
    const { headers, body } = dressed(fields, true)
    headers.set('x-token', await signNotice(fields, KEYS.secret))
    return { url, headers, body }
  }

  async function effectsOf(transactionId: string) {
    const [row] = await stage.sql`
      select
        orders.status,
        payments.checks,
        (select count(*) from grants where order_id = orders.id)::int as grants,
        (select count(*) from events where order_id = orders.id and kind = 'order.paid')::int as paid,
        (select count(*) from notices
         where payment_id = payments.id and notices.kind = 'notice')::int as kept
      from payments
      join orders on orders.id = payments.order_id
      where payments.transaction_id = ${transactionId}`
    return row
  }
  const once = { status: 'paid', checks: 1, grants: 1, paid: 1, kept: 1 }
  const checksMade = () => stage.provider.checksMade()

  it('said 500 times delivers once, and is answered 200 each time', async () => {
    const transaction = await acceptedQuietly('Awa')
    const notice = await noticeOf(transaction)
    const checks = checksMade()
    const answers = new Set<number>()
    for (let i = 0; i < 500; i++) answers.add(await postNotice(notice))
    expect([...answers]).toEqual([200])
    expect(checksMade() - checks).toBe(1)
    expect(await effectsOf(transaction.transactionId)).toEqual(once)
  }, 60_000)

  it('said 50 times at once does the same', async () => {
    const transaction = await acceptedQuietly('Fatou')
    const notice = await noticeOf(transaction)
    const checks = checksMade()
    const answers = await Promise.all(Array.from({ length: 50 }, () => postNotice(notice)))
    expect([...new Set(answers)]).toEqual([200])
    expect(checksMade() - checks).toBe(1)
    expect(await effectsOf(transaction.transactionId)).toEqual(once)
  })

  it('forged 1 500 times changes no row and causes no check', async () => {
    const other = await acceptedQuietly('Issa')
    const { transactionId } = await acceptedQuietly('Moussa')
    const target = { transactionId, strangersToken: other.v1?.notifyToken }
    const report = await forgeNotices(stage, target, 1_500)
    expect(report).toEqual({ answers: { 401: 1_500 }, checks: 0, isChanged: false })
    expect(await effectsOf(transactionId)).toMatchObject({ status: 'pending', checks: 0 })
  }, 60_000)
})
