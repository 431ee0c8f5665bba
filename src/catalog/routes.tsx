import { Hono } from 'hono'
import { findCover, findPublishedBook, listPublishedBooks } from '../data/books.ts'
import { randomToken } from '../lib/encoding.ts'
import { refuseMethod } from '../lib/methods.ts'
import type { ShopEnv } from '../shop.ts'
import { BookPage } from '../views/book.tsx'
import { wordsIn } from '../words/words.ts'
import { CatalogPage } from './pages.tsx'

/** What is for sale. */
export const catalog = new Hono<ShopEnv>()

catalog.get('/', async (c) => {
  const books = await listPublishedBooks(c.env.sql, c.env.now())
  const { language } = c.var
  return c.render(<CatalogPage books={books} language={language} />, {
    title: wordsIn(language).catalog.title,
  })
})
catalog.all('/', refuseMethod('GET, HEAD'))

catalog.get('/livres/:slug', async (c) => {
  const book = await findPublishedBook(c.env.sql, c.req.param('slug'), c.env.now())
  if (!book) return c.notFound()
  const typed = { name: '', phone: '', email: '', country: c.env.config.country }
  return c.render(
    <BookPage book={book} language={c.var.language} nonce={randomToken()} typed={typed} />,
    { title: book.title },
  )
})
catalog.all('/livres/:slug', refuseMethod('GET, HEAD'))

/** The cover, as stored. A drawing (SVG) gets no rights, even when it is opened by itself. */
catalog.get('/livres/:slug/couverture', async (c) => {
  const cover = await findCover(c.env.sql, c.req.param('slug'), c.env.now())
  if (!cover) return c.notFound()
  const etag = `"${cover.coverKey}"`
  const headers = {
    etag,
    'cache-control': 'public, max-age=3600',
    'content-security-policy': "default-src 'none'; sandbox",
  }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  const object = await c.env.files.read(cover.coverKey)
  if (!object) return c.notFound()
  if (c.req.method === 'HEAD') await object.body.cancel()
  return c.body(object.body, 200, {
    ...headers,
    'content-type': cover.coverType,
    'content-length': String(object.sizeBytes),
  })
})
catalog.all('/livres/:slug/couverture', refuseMethod('GET, HEAD'))
