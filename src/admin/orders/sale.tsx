import { Hono } from 'hono'
import { newTransactionId } from '../../storefront/checkout/buy.ts'
import { findCodeByForm, listSellableBooks, recordHandSale } from '../../data/orders/hand-sales.ts'
import { readSettings } from '../../data/settings.ts'
import { newCode } from '../../lib/crockford.ts'
import { randomToken } from '../../lib/encoding.ts'
import { sha256Hex } from '../../lib/hmac.ts'
import { paths } from '../../links/addresses.ts'
import { asContact, readContact, readSale, typedContact, typedSale } from './forms.ts'
import { SalePage } from './sale-page.tsx'
import type { OrderEnv } from './with-order.ts'
import { orderWords } from './words.ts'

/**
 * A sale made by a person, who took the money or gives the book away. One statement makes the order
 * paid, with its payment and grant; the form's nonce and what was typed in it count together, so
 * that a double tap is one sale, and the same page with another buyer another sale.
 */
export const sale = new Hono<OrderEnv>()

const NONCE = /^[\w-]{16,64}$/

sale.get(paths.handSale, async (c) => {
  const { language } = c.var
  const [books, settings] = await Promise.all([
    listSellableBooks(c.env.sql),
    readSettings(c.env.sql),
  ])
  const country = settings.shop.country || c.env.config.country
  const buyer = { name: '', phone: '', email: '', country }
  const typed = { ...buyer, book: '', amount: '', how: 'cash', reference: '', reason: '' }
  return c.render(<SalePage {...{ books, typed, language }} nonce={randomToken()} errors={{}} />, {
    title: orderWords(language).sale.title,
  })
})

sale.post(paths.handSale, async (c) => {
  const { fields, person, language } = c.var
  const words = orderWords(language)
  const books = await listSellableBooks(c.env.sql)
  const typed = { ...typedContact(fields), ...typedSale(fields) }
  const buyer = await readContact(typed, language)
  const reading = readSale(typed, books, words)
  const sent = fields.get('nonce') ?? ''
  const nonce = NONCE.test(sent) ? sent : randomToken()
  if (!buyer.ok || !reading.ok) {
    const errors = { ...(buyer.ok ? {} : buyer.errors), ...(reading.ok ? {} : reading.errors) }
    c.status(422)
    return c.render(<SalePage {...{ books, typed, language, nonce, errors }} />, {
      title: words.sale.title,
    })
  }

  const { book, amount, how, reference, reason } = reading.value
  const formHash = await sha256Hex(JSON.stringify(['hand', nonce, typed]))
  const code = newCode()
  const transactionId = newTransactionId()
  const isNew = await recordHandSale(
    c.env.sql,
    {
      code,
      formHash,
      bookId: book.id,
      amount,
      buyer: asContact(buyer.buyer),
      language,
      simulated: c.env.provider.isPlayMoney,
      personId: person.id,
      payment: { transactionId, how, reference, reason },
    },
    c.env.now(),
  )
  if (isNew) c.env.log('order.sold', { transactionId, person: person.id })
  const sold = isNew ? code : await findCodeByForm(c.env.sql, formHash)
  if (!sold) {
    // The book was taken off between the two statements.
    c.status(409)
    const errors = { book: words.errors.book }
    return c.render(<SalePage {...{ books, typed, language, nonce, errors }} />, {
      title: words.sale.title,
    })
  }
  return c.redirect(`${paths.deskOrder(sold)}?fait=vendue`, 303)
})
