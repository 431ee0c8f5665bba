import type { Api } from '../goods.ts'
import { HOUR_MS } from './clock.ts'
import { openBrowser } from './browser.ts'
import { buyQuietly } from './quiet-buyer.ts'
import { openStage } from './stage.ts'

/**
 * `count` orders are accepted at CinetPay; every notice is dropped, nobody comes back or looks.
 * When they are due, cron passes run. How many passes it took until all were delivered.
 */
export async function dropAllNotices(api: Api, count: number) {
  const stage = await openStage(api, 1)
  try {
    stage.postman.lose(1)
    const browser = openBrowser(stage.url)
    for (let i = 0; i < count; i++) {
      const payPage = await buyQuietly(browser, `Awa ${i}`)
      await stage.provider.visit(payPage, { deed: 'accept', operator: 'OM', phone: '', fault: '' })
    }
    await stage.provider.settled()
    const before = await paidOrders()
    stage.clock.advance(HOUR_MS)
    await stage.shops.restart()
    const delivered: number[] = []
    while (delivered.at(-1) !== count && delivered.length < count) {
      await stage.cron()
      delivered.push(await paidOrders())
    }
    const { seen } = stage.tally
    return { before, delivered, dropped: seen['notice: lost'] ?? 0, broken: stage.broken }
  } finally {
    await stage.close()
  }

  async function paidOrders(): Promise<number> {
    const [row] = await stage.sql<{ count: number }[]>`
      select count(*)::int as count from orders where status = 'paid'`
    return row!.count
  }
}
