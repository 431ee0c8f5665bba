import { Hono } from 'hono'
import { findPublishedBook } from '../data/books.ts'
import { isOpen } from '../data/orders.ts'
import { findOrderByKey } from '../delivery/find.ts'
import { randomToken } from '../lib/encoding.ts'
import { readForm } from '../lib/form.ts'
import { refuseMethod } from '../lib/methods.ts'
import { isPayable } from '../payment/currency.ts'
import { lookAgain } from '../payment/settle.ts'
import type { ShopEnv } from '../shop.ts'
import { paths } from '../urls.ts'
import { BookPage } from '../views/book.tsx'
import { renderFault } from '../views/fault-page.tsx'
import { money, wordsIn } from '../words/words.ts'
import { buy, payAgain } from './buy.ts'
import { readBuyer, typedIn } from './buyer.ts'
import { mayBuy } from './throttle.ts'

/**
 * From "buy" to the provider. No CSRF guard: the buyer has no session, so a forged post could only
 * do what its author can do with a form of his own; paying again is authorised by the order's key.
 */
export const checkout = new Hono<ShopEnv>()

const MAX_FORM_BYTES = 16 * 1024
const NONCE = /^[\w-]{16,64}$/
/** Before a new payment the old one is asked about, so that nobody pays twice. */
const LOOK_BEFORE_PAYING = { gapMs: 3_000, patienceMs: 6_000 }
const RETRY_LATER = { 'retry-after': '600' }

checkout.get('/livres/:slug/acheter', (c) => c.redirect(paths.book(c.req.param('slug')), 303))

checkout.post('/livres/:slug/acheter', async (c) => {
  const { language } = c.var
  const words = wordsIn(language)
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)

  const book = await findPublishedBook(c.env.sql, c.req.param('slug'), c.env.now())
  if (!book) return c.notFound()
  if (!isPayable(book.price, book.currency)) {
    c.env.log('book.not_payable', { slug: book.slug, price: book.price })
    return c.redirect(paths.book(book.slug), 303)
  }

  const typed = typedIn(form.fields)
  const reading = readBuyer(typed, words)
  const priceSeen = form.fields.get('price') ?? ''
  const errors = reading.ok ? {} : reading.errors
  if (priceSeen !== '' && priceSeen !== String(book.price))
    errors.price = words.form.errors.price(money(book.price, book.currency, language))
  const nonce = form.fields.get('nonce') ?? ''
  if (!reading.ok || errors.price) {
    c.status(422)
    return c.render(
      <BookPage
        book={book}
        language={language}
        nonce={NONCE.test(nonce) ? nonce : randomToken()}
        typed={typed}
        errors={errors}
      />,
      { title: book.title, isPrivate: true },
    )
  }

  const { buyer } = reading
  if (!(await mayBuy(c.env, buyer.phoneE164))) return renderFault(c, 429, RETRY_LATER)
  const purchase = { book, buyer, language, nonce: NONCE.test(nonce) ? nonce : randomToken() }
  return c.redirect(await buy(c.env, purchase), 303)
})
checkout.all('/livres/:slug/acheter', refuseMethod('GET, HEAD, POST'))

checkout.get('/commande/:key/payer', (c) => c.redirect(paths.order(c.req.param('key')), 303))

checkout.post('/commande/:key/payer', async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const attemptsSeen = Number(form.fields.get('attempts'))
  if (!Number.isSafeInteger(attemptsSeen)) return renderFault(c, 400)

  const key = c.req.param('key')
  const order = await findOrderByKey(c.env, key)
  if (!order) return c.notFound()
  if (!isOpen(order) || order.attempts !== attemptsSeen) return c.redirect(paths.order(key), 303)
  if (!(await mayBuy(c.env, order.phoneE164))) return renderFault(c, 429, RETRY_LATER)
  await lookAgain(c.env, order.paymentId, LOOK_BEFORE_PAYING)
  return c.redirect(await payAgain(c.env, order, attemptsSeen), 303)
})
checkout.all('/commande/:key/payer', refuseMethod('GET, HEAD, POST'))
