import { Hono } from 'hono'
import { findPublishedBook } from '../../data/books/books.ts'
import { isOpen } from '../../data/orders/orders.ts'
import { findBookAndOthers } from '../../data/books/storefront.ts'
import { findOrderByKey } from '../../links/find.ts'
import { randomToken } from '../../lib/encoding.ts'
import { readForm } from '../../lib/form.ts'
import { take } from '../../limits/limit.ts'
import { isAnswered, newQuestion } from '../../limits/question.ts'
import type { Question } from '../../limits/question.ts'
import { meansAsked, readMeans } from '../../money/means.ts'
import { isSellable, readAmount } from '../../money/price.ts'
import { isPayableHere } from '../../money/play-money.ts'
import { lookAgain } from '../../payment/settle.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import { BookPage } from '../../views/book.tsx'
import type { Offer, TypedErrors } from '../../views/buy-form.tsx'
import { renderFault } from '../../views/fault-page.tsx'
import { wordsIn } from '../../words/words.ts'
import { boughtBefore, buy, buyAsSeen, payAgain } from './buy.ts'
import { readBuyer, typedIn } from './buyer.ts'
import { offerErrors, refusedSentence } from './offer-errors.ts'
import { makeOffer } from './offer.ts'
import { buysCounted, paymentCounted } from './limits.ts'

/**
 * From "buy" to the provider. No CSRF guard: the buyer has no session, so a forged post could only
 * do what its author can do with a form of his own; paying again is authorised by the order's key.
 */
export const checkout = new Hono<ShopEnv>()

const MAX_FORM_BYTES = 16 * 1024
const NONCE = /^[\w-]{16,64}$/
/** Before a new payment the old one is asked about, so that nobody pays twice. */
const LOOK_BEFORE_PAYING = { gapMs: 3_000, patienceMs: 6_000 }
const retryIn = (minutes: number) => ({ 'retry-after': String(minutes * 60) })

checkout.get(paths.buy.pattern, (c) =>
  c.redirect(pathsIn(c.var.language).book(c.req.param('slug')), 303),
)

checkout.post(paths.buy.pattern, async (c) => {
  const { language } = c.var
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)

  const typed = typedIn(form.fields)
  const field = (name: string) => form.fields.get(name) ?? ''
  const nonce = NONCE.test(field('nonce')) ? field('nonce') : randomToken()
  const asked = { amount: typed.amount, code: field('code') }
  const saidMeans = readMeans(typed.means)
  const reading = await readBuyer(typed, wordsIn(language))
  const isPerson = reading.ok && (await isAnswered(c.env, form.fields))
  const counted = reading.ok && !isPerson ? buysCounted(c.env, reading.buyer.phoneE164) : []
  let isTooOften = false
  if (reading.ok && asked.code === '' && asked.amount === '') {
    const book = { slug: c.req.param('slug') }
    const sent = { book, buyer: reading.buyer, asked, saidMeans, nonce, language, counted }
    const bought = await buyAsSeen(c.env, { ...sent, priceSeen: field('price') })
    if (bought?.kind === 'bought') return c.redirect(bought.next, 303)
    isTooOften = bought?.kind === 'too-often'
  }

  const book = await findPublishedBook(c.env.sql, c.req.param('slug'), c.env.now())
  if (!book) return c.notFound()
  if (!isSellable(book)) {
    c.env.log('book.not_payable', { slug: book.slug, price: book.price })
    return c.redirect(pathsIn(language).book(book.slug), 303)
  }

  const amount = book.priceFloor === null ? undefined : readAmount(asked.amount, book)
  const makeIt = () => makeOffer(c.env, book, { code: asked.code, amount, isPerson, language })
  const showAgain = async (offer: Offer, errors: TypedErrors, question?: Question) => {
    c.status(question ? 429 : 422)
    const [others, { texts, shop }] = await Promise.all([
      findBookAndOthers(c.env.sql, book.slug, c.env.now()),
      currentSettings(c.env),
    ])
    const { packBooks, more } = others ?? { packBooks: [], more: [] }
    const { publicUrl, country } = c.env.config
    const means = meansAsked(c.env.provider, shop.country || country)
    const form = { offer, means, language, nonce, typed, errors, question }
    const props = { book, packBooks, more, texts, publicUrl, ...form }
    return c.render(<BookPage {...props} />, { title: book.title, isPrivate: true })
  }

  const offer = await makeIt()
  const wrong = offerErrors(book, offer, { ...asked, priceSeen: field('price') }, language)
  if (!reading.ok) return showAgain(offer, { ...reading.errors, ...wrong })
  const { buyer } = reading
  const sent = { book, buyer, asked, saidMeans, nonce, language }
  if (Object.keys(wrong).length > 0) {
    // A second tap may find its code used up, by the first.
    const before = await boughtBefore(c.env, sent)
    return before?.kind === 'bought' ? c.redirect(before.next, 303) : showAgain(offer, wrong)
  }

  if (isTooOften || (await take(c.env, counted)).kind === 'over') {
    // A second tap is told of what the first one opened.
    const before = await boughtBefore(c.env, sent)
    if (before?.kind === 'bought') return c.redirect(before.next, 303)
    return showAgain(offer, {}, await newQuestion(c.env, language))
  }
  const bought = await buy(c.env, { ...sent, offer })
  switch (bought.kind) {
    case 'bought':
      return c.redirect(bought.next, 303)
    case 'no-promotion': {
      const now = await makeIt()
      return showAgain(now, { code: refusedSentence(book, now, language) })
    }
  }
})

checkout.get(paths.payAgain.pattern, (c) => c.redirect(paths.order(c.req.param('key')), 303))

checkout.post(paths.payAgain.pattern, async (c) => {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const attemptsSeen = Number(form.fields.get('attempts'))
  if (!Number.isSafeInteger(attemptsSeen)) return renderFault(c, 400)

  const key = c.req.param('key')
  const order = await findOrderByKey(c.env, key)
  if (!order) return c.notFound()
  c.set('language', order.language)
  const isMine = isOpen(order) && isPayableHere(c.env, order)
  if (!isMine || order.attempts !== attemptsSeen) return c.redirect(paths.order(key), 303)
  const taken = await take(c.env, paymentCounted(order.code))
  if (taken.kind === 'over') return renderFault(c, 429, retryIn(taken.minutes))
  await lookAgain(c.env, order.paymentId, LOOK_BEFORE_PAYING)
  return c.redirect(await payAgain(c.env, order, attemptsSeen), 303)
})
