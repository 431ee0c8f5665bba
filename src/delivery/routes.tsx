import { Hono } from 'hono'
import type { Context } from 'hono'
import { isOpen, listGrantedFiles } from '../data/orders.ts'
import type { Order } from '../data/orders.ts'
import { listDownloadsOf } from '../data/downloads.ts'
import { spellCode } from '../lib/crockford.ts'
import { refuseMethod } from '../lib/methods.ts'
import { lookAgain } from '../payment/settle.ts'
import { currentSettings } from '../settings-cache.ts'
import type { Shop, ShopEnv } from '../shop.ts'
import { wordsIn } from '../words/words.ts'
import { isLimitReached, percentOf } from './coverage.ts'
import { findFileByKey, findOrderByKey } from './find.ts'
import { fileKey } from './keys.ts'
import * as pages from './pages.tsx'
import { answerDigits, answerFile } from './send.tsx'

/** The buyer's side after "buy": the order page and the book's bytes. */
export const delivery = new Hono<ShopEnv>()

/** A look at an unpaid order asks the provider, at most this often however many look. */
const PAGE_LOOK = { gapMs: 30_000, patienceMs: 2_500 }
/** How long a payment page may take to open before the buyer is told that it did not. */
const OPENING_MS = 15_000

delivery.get('/commande/:key', async (c) => {
  const found = await findOrderByKey(c.env, c.req.param('key'))
  if (!found) return c.notFound()
  const order = await lookAgainAt(c, found)
  c.header('cache-control', 'private, no-store')
  c.header('x-robots-tag', 'noindex')
  return c.render(await pageOf(c, order), {
    title: wordsIn(c.var.language).order.title(spellCode(order.code)),
    isPrivate: true,
    ...(order.status === 'pending' && { refreshSeconds: refreshIn(order, c.env.now()) }),
  })
})
delivery.all('/commande/:key', refuseMethod('GET, HEAD'))

delivery.get('/commande/:key/statut', async (c) => {
  const found = await findOrderByKey(c.env, c.req.param('key'))
  c.header('cache-control', 'private, no-store')
  c.header('x-robots-tag', 'noindex')
  if (!found) return c.json({ status: 'unknown' }, 404)
  const order = await lookAgainAt(c, found)
  return c.json({ status: order.status })
})
delivery.all('/commande/:key/statut', refuseMethod('GET, HEAD'))

delivery.get('/d/:key/:name', async (c) => {
  const file = await findFileByKey(c.env, c.req.param('key'))
  return file ? answerFile(c, file) : c.notFound()
})
delivery.post('/d/:key/:name', async (c) => {
  const file = await findFileByKey(c.env, c.req.param('key'))
  return file ? answerDigits(c, file) : c.notFound()
})
delivery.all('/d/:key/:name', refuseMethod('GET, HEAD, POST'))

async function lookAgainAt(c: Context<ShopEnv>, order: Order): Promise<Order> {
  if (!isOpen(order)) return order
  await lookAgain(c.env, order.paymentId, PAGE_LOOK)
  return (await findOrderByKey(c.env, c.req.param('key')!)) ?? order
}

async function pageOf(c: Context<ShopEnv>, order: Order) {
  const settings = await currentSettings(c.env)
  const props = { order, orderKey: c.req.param('key')!, language: c.var.language, settings }
  switch (order.status) {
    case 'paid':
      if (order.simulated && !c.env.provider.isPlayMoney)
        return <pages.ClosedPage {...props} why="demonstrationOver" />
      return <pages.PaidPage {...props} files={await keyedFiles(c.env, order)} />
    case 'pending':
      if (order.pageUrl) return <pages.PendingPage {...props} />
      return age(order, c.env.now()) < OPENING_MS ? (
        <pages.OpeningPage {...props} />
      ) : (
        <pages.NotOpenedPage {...props} />
      )
    case 'failed':
      return <pages.RefusedPage {...props} />
    case 'expired':
      return <pages.ExpiredPage {...props} />
    case 'review':
    case 'refunded':
    case 'revoked':
      return <pages.ClosedPage {...props} why={order.status} />
  }
}

async function keyedFiles(shop: Shop, order: Order) {
  const [files, downloads] = await Promise.all([
    listGrantedFiles(shop.sql, order.id),
    listDownloadsOf(shop.sql, order.id),
  ])
  const limit = (await currentSettings(shop)).delivery.copies
  return Promise.all(
    files.map(async (file) => {
      const key = await fileKey(shop.config.appSecret, order, file.id)
      const download = downloads.find(({ fileId }) => fileId === file.id)
      const isAsked =
        download !== undefined && isLimitReached(download, limit, file.sizeBytes, shop.now())
      const isBegun = download?.toKeep === true && download.completedAt === null
      const begunPercent = isBegun ? percentOf(download.blocks) : undefined
      return { ...file, key, begunPercent, isAsked }
    }),
  )
}

const age = (order: Order, now: Date) => now.getTime() - order.paymentCreatedAt.getTime()

/** Every 3 seconds at first, then less and less often, at most every two minutes. */
function refreshIn(order: Order, now: Date): number {
  return Math.round(Math.min(120, Math.max(3, age(order, now) / 1000 / 6)))
}
