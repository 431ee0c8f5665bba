import { Hono } from 'hono'
import { listBooksLike } from '../../data/orders/lookup.ts'
import type { Order } from '../../data/orders/orders.ts'
import { isKnownDevice, knownHere } from '../delivery/devices.ts'
import { speakAs } from '../../http/language.ts'
import { findOrderByKey } from '../../links/find.ts'
import type { Shop, ShopEnv } from '../../contracts/shop.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import { sendBooks, withPaths } from './find.ts'
import { BooksPage } from './pages.tsx'
import { findingWords } from './words.ts'

/**
 * From the page of an order: the books that this browser has opened before. The order's phone and
 * e-mail only tell where to look; what is listed is what its cookie proves. The rest goes by mail,
 * to the order's own address.
 */
export const otherBooks = new Hono<ShopEnv>()

otherBooks.get(paths.otherBooks.pattern, async (c) => {
  const orderKey = c.req.param('key')!
  const order = await findOrderByKey(c.env, orderKey)
  if (!order) return c.notFound()
  speakAs(c, order)
  // The order's page asks an unknown browser for proof.
  if (order.status !== 'paid' || !(await isKnownDevice(c, order)))
    return c.redirect(paths.order(orderKey), 303)
  const like = await listBooksLike(c.env.sql, order, c.env.provider.isPlayMoney)
  const books = await withPaths(c.env, await knownHere(c, like))
  const { language } = c.var
  c.header('cache-control', 'private, no-store')
  const { title, here } = findingWords(language).books
  const byReference = c.env.provider.tells.reference
  const from = { orderKey, canMail: canMail(c.env, order), byReference }
  return c.render(<BooksPage {...{ books, from, language }} lead={here} />, {
    title,
  })
})

otherBooks.post(paths.otherBooks.pattern, async (c) => {
  const order = await findOrderByKey(c.env, c.req.param('key')!)
  if (!order) return c.notFound()
  speakAs(c, order)
  if (!canMail(c.env, order)) return c.redirect(paths.order(c.req.param('key')!), 303)
  sendBooks(c.env, order.email!)
  return c.redirect(pathsIn(order.language).booksMailed, 303)
})

const canMail = (shop: Shop, { status, email }: Order) =>
  status === 'paid' && email !== null && shop.mail !== undefined
