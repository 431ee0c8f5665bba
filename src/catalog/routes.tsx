import { Hono } from 'hono'
import { makeOffer } from '../checkout/offer.ts'
import {
  findCover,
  findPublishedBook,
  findSample,
  listPackBooks,
  listPublishedBooks,
} from '../data/books.ts'
import { sendFile } from '../delivery/bytes.ts'
import { deliverableOf } from '../delivery/deliverable.ts'
import { randomToken } from '../lib/encoding.ts'
import { refuseMethod } from '../lib/methods.ts'
import { currentSettings } from '../settings-cache.ts'
import type { ShopEnv } from '../shop.ts'
import { BookPage } from '../views/book.tsx'
import { renderFault } from '../views/fault-page.tsx'
import { wordsIn } from '../words/words.ts'
import { sendCover } from './cover.ts'
import { CatalogPage } from './pages.tsx'

/** What is for sale. */
export const catalog = new Hono<ShopEnv>()

catalog.get('/', async (c) => {
  const books = await listPublishedBooks(c.env.sql, c.env.now())
  const { language } = c.var
  const { tagline } = (await currentSettings(c.env)).shop
  return c.render(<CatalogPage books={books} tagline={tagline} language={language} />, {
    title: wordsIn(language).catalog.title,
  })
})
catalog.all('/', refuseMethod('GET, HEAD'))

catalog.get('/livres/:slug', async (c) => {
  const book = await findPublishedBook(c.env.sql, c.req.param('slug'), c.env.now())
  if (!book) return c.notFound()
  const country = (await currentSettings(c.env)).shop.country || c.env.config.country
  const typed = { name: '', phone: '', email: '', country, amount: '' }
  return c.render(
    <BookPage
      book={book}
      packBooks={await listPackBooks(c.env.sql, book, c.env.now())}
      offer={await makeOffer(c.env, book, { code: c.req.query('code') })}
      language={c.var.language}
      nonce={randomToken()}
      typed={typed}
    />,
    { title: book.title },
  )
})
catalog.all('/livres/:slug', refuseMethod('GET, HEAD'))

catalog.get('/livres/:slug/couverture', async (c) => {
  const cover = await findCover(c.env.sql, c.req.param('slug'), c.env.now())
  return (cover && (await sendCover(c.env, c.req.raw, cover, 'public'))) ?? c.notFound()
})
catalog.all('/livres/:slug/couverture', refuseMethod('GET, HEAD'))

/** The sample, for anybody, in as many ranges as it takes. */
catalog.get('/livres/:slug/extrait', async (c) => {
  const sample = await findSample(c.env.sql, c.req.param('slug'), c.env.now())
  if (!sample) return c.notFound()
  const kind = sample.mediaType === 'application/epub+zip' ? 'attachment' : 'inline'
  const file = deliverableOf(sample)
  const answer =
    sample.damagedAt === null
      ? await sendFile(c.env, { request: c.req.raw, file, kind })
      : undefined
  return answer ?? renderFault(c, 503, { 'retry-after': '600' })
})
catalog.all('/livres/:slug/extrait', refuseMethod('GET, HEAD'))
