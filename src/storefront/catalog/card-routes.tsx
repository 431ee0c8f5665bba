import { Hono } from 'hono'
import { findPublishedBook } from '../../data/books/books.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { absolute, paths, pathsIn } from '../../links/addresses.ts'
import { wordsIn } from '../../words/words.ts'
import { CardPage } from './card-page.tsx'

/** A card to print and place beside paper books: its QR code opens the book's page. */
export const cards = new Hono<ShopEnv>()

cards.get(paths.card.pattern, async (c) => {
  const book = await findPublishedBook(c.env.sql, c.req.param('slug')!, c.env.now())
  if (!book) return c.notFound()
  const { language } = c.var
  const words = wordsIn(language)
  const shopName = (await currentSettings(c.env)).shop.name || words.shop
  const address = absolute(c.env.config, pathsIn(language).book(book.slug))
  return c.render(<CardPage {...{ book, shopName, address, language }} />, {
    title: words.book.card.title(book.title),
    path: paths.card(book.slug),
    isUnlisted: true,
  })
})

cards.get(paths.cardCode.pattern, async (c) => {
  const slug = c.req.param('slug')!
  const book = await findPublishedBook(c.env.sql, slug, c.env.now())
  if (!book) return c.notFound()
  const { qrCode } = await import('./qr-code.ts')
  return c.body(qrCode(absolute(c.env.config, paths.book(slug))), 200, {
    'content-type': 'image/svg+xml',
  })
})
