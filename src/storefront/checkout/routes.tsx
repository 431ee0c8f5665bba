import { Hono } from 'hono'
import type { Context } from 'hono'
import { findPublishedBook } from '../../data/books/books.ts'
import type { Book } from '../../data/books/books.ts'
import { isOpen } from '../../data/orders/orders.ts'
import { findBookAndOthers } from '../../data/books/storefront.ts'
import { speakAs } from '../../http/language.ts'
import { findOrderByKey } from '../../links/find.ts'
import { orderKey } from '../../links/keys.ts'
import { knownAs } from '../delivery/devices.ts'
import type { Fields } from '../../forms/read.ts'
import { withForm } from '../../forms/with-form.ts'
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
import type { Offer } from '../../money/offer.ts'
import type { BuyerErrors } from '../../forms/buyer.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { wordsIn } from '../../words/words.ts'
import { boughtBefore, buy, LOOK_BEFORE_PAYING, payAgain, plainlySeen } from './buy.ts'
import type { Bought, Seen } from './buy.ts'
import { readBuyer, buyerTyped } from '../../forms/buyer.ts'
import type { Buyer } from '../../forms/buyer.ts'
import { offerErrors, refusedSentence } from './offer-errors.ts'
import { makeOffer } from './offer.ts'
import { buysCounted, paymentCounted } from './limits.ts'

/**
 * From "buy" to the provider. No CSRF guard: the buyer has no session, so a forged post could only
 * do what its author can do with a form of his own; paying again is authorised by the order's key.
 */
export const checkout = new Hono<ShopEnv>()

const MAX_FORM_BYTES = 16 * 1024
const retryIn = (minutes: number) => ({ 'retry-after': String(minutes * 60) })

checkout.get(paths.buy.pattern, (c) =>
  c.redirect(pathsIn(c.var.language).book(c.req.param('slug')), 303),
)

checkout.post(paths.buy.pattern, withForm(MAX_FORM_BYTES), async (c) => {
  const { language, fields } = c.var

  const slug = c.req.param('slug')
  const typed = buyerTyped(fields)
  const field = (name: string) => fields.get(name) ?? ''
  const code = codeIn(fields)
  const asked = { priceSeen: field('price'), amount: typed.amount, code: code.text }
  const reading = await readBuyer(typed, language)
  const isPerson = (reading.ok || code.isNew) && (await isAnswered(c.env, fields))
  const sent = {
    asked,
    browser: c.req.header('user-agent') ?? '',
    saidMeans: readMeans(typed.means),
    language,
  }
  const buyAs = (buyer: Buyer, seen: Seen) => {
    const counted = isPerson ? [] : buysCounted(c.env, buyer.phoneE164)
    return buy(c.env, { ...sent, ...seen, buyer, counted })
  }
  const seen = plainlySeen(c.env, slug, asked)
  const first = reading.ok && seen && !code.isNew ? await buyAs(reading.buyer, seen) : undefined
  const begun = await nextOf(c, first)
  if (begun) return c.redirect(begun, 303)

  const book = await findPublishedBook(c.env.sql, slug, c.env.now())
  if (!book) return c.notFound()
  if (!isSellable(book)) {
    c.env.log('book.not_payable', { slug, price: book.price })
    return c.redirect(pathsIn(language).book(slug), 303)
  }

  const offerOf = (book: Book) => {
    const amount = book.priceFloor === null ? undefined : readAmount(asked.amount, book)
    return makeOffer(c.env, book, { code: asked.code, amount, isPerson, language })
  }
  const showAgain = async (book: Book, offer: Offer, errors: BuyerErrors, question?: Question) => {
    c.status(question ? 429 : Object.keys(errors).length > 0 ? 422 : 200)
    const [others, { texts, shop }] = await Promise.all([
      findBookAndOthers(c.env.sql, slug, c.env.now()),
      currentSettings(c.env),
    ])
    const { packBooks, more } = others ?? { packBooks: [], more: [] }
    const { publicUrl, country } = c.env.config
    const means = meansAsked(c.env.provider, shop.country || country)
    const form = { offer, means, language, typed, errors, question }
    const props = { book, packBooks, more, texts, whatsapp: shop.whatsapp, publicUrl, ...form }
    return c.render(<BookPage {...props} />, { title: book.title })
  }

  const offer = await offerOf(book)
  const wrong = offerErrors(book, offer, asked, language)
  const isPaying = !fields.has('apply') && !fields.has('remove')
  if (code.isNew && !isPaying) return showAgain(book, offer, {})
  if (!reading.ok) return showAgain(book, offer, { ...reading.errors, ...wrong })
  if (code.isNew) return showAgain(book, offer, wrong)
  const { buyer } = reading
  /** A second tap gets what the first one opened, which may have used up the code or the limit. */
  const orAgain = async (errors: BuyerErrors, question?: () => Promise<Question>) => {
    const next = await nextOf(c, await boughtBefore(c.env, { ...sent, book, buyer }))
    return next ? c.redirect(next, 303) : showAgain(book, offer, errors, await question?.())
  }
  if (Object.keys(wrong).length > 0) return orAgain(wrong)

  const bought = first?.kind === 'too-often' ? first : await buyAs(buyer, { book, offer })
  switch (bought.kind) {
    case 'bought':
    case 'bought-before':
      return c.redirect((await nextOf(c, bought))!, 303)
    case 'too-often':
      return orAgain({}, () => newQuestion(c.env, language))
    case 'not-as-seen': {
      // The book has changed since it was read a moment ago.
      const changed = (await findPublishedBook(c.env.sql, slug, c.env.now())) ?? book
      const now = await offerOf(changed)
      return showAgain(changed, now, offerErrors(changed, now, asked, language))
    }
    case 'no-promotion': {
      const now = await offerOf(book)
      return showAgain(book, now, { code: refusedSentence(book, now, language) })
    }
  }
})

/**
 * The code that a form buys with. `isNew`: the page did not show it yet, or it is being removed;
 * then nothing is bought. A refused code that is sent again was shown with the full price beside
 * it.
 */
function codeIn(fields: Fields): { text: string; isNew: boolean } {
  const field = (name: string) => fields.get(name)?.trim() ?? ''
  if (fields.has('remove')) return { text: '', isNew: true }
  const typed = field('newCode')
  const isNew = typed !== '' && (fields.has('apply') || typed !== field('refused'))
  return { text: isNew ? typed : field('code'), isNew }
}

/** Where a buyer continues; a paid order's page is only for browsers that it knows. */
async function nextOf(c: Context<ShopEnv>, bought: Bought | undefined) {
  if (bought?.kind === 'bought') return bought.next
  if (bought?.kind !== 'bought-before') return undefined
  const { order, minutesAgo } = bought
  return (await knownAs(c, order))
    ? paths.order(await orderKey(c.env.config.appSecret, order))
    : pathsIn(c.var.language).findBought(minutesAgo)
}

checkout.get(paths.payAgain.pattern, (c) => c.redirect(paths.order(c.req.param('key')), 303))

checkout.post(paths.payAgain.pattern, withForm(MAX_FORM_BYTES), async (c) => {
  const attemptsSeen = Number(c.var.fields.get('attempts'))
  if (!Number.isSafeInteger(attemptsSeen)) return renderFault(c, 400)

  const key = c.req.param('key')
  const order = await findOrderByKey(c.env, key)
  if (!order) return c.notFound()
  speakAs(c, order)
  const isMine = isOpen(order) && isPayableHere(c.env, order)
  if (!isMine || order.attempts !== attemptsSeen) return c.redirect(paths.order(key), 303)
  const taken = await take(c.env, paymentCounted(order.code))
  if (taken.kind === 'over') {
    const back = { to: paths.order(key), label: wordsIn(order.language).order.backToOrder }
    return renderFault(c, 429, retryIn(taken.minutes), back)
  }
  await lookAgain(c.env, order.paymentId, LOOK_BEFORE_PAYING)
  return c.redirect(await payAgain(c.env, order, attemptsSeen), 303)
})
