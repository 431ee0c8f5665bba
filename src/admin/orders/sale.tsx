import * as v from 'valibot'
import { optional } from '../../forms/shapes.ts'
import { newTransactionId } from '../../storefront/checkout/buy.ts'
import { findCodeByForm, listSellableBooks, recordHandSale } from '../../data/orders/hand-sales.ts'
import type { SellableBook } from '../../data/orders/hand-sales.ts'
import { readSettings } from '../../data/settings.ts'
import { newCode } from '../../lib/crockford.ts'
import { randomToken } from '../../lib/encoding.ts'
import { sha256Hex } from '../../lib/hmac.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { defineDeed } from '../deeds/deed.ts'
import type { Shown } from '../deeds/deed.ts'
import { choice, DrawnFields, hidden, line, Refused } from '../deeds/fields.tsx'
import type { Typed } from '../deeds/fields.tsx'
import { DeskMain } from '../parts.tsx'
import { asContact, readContact } from './contact.ts'
import {
  amountOf,
  contactFields,
  howField,
  MAX_AMOUNT,
  reasonField,
  referenceField,
  SALE_HOWS,
} from './fields.tsx'
import { done } from './subject.tsx'
import { orderWords } from './words.ts'

const NONCE = /^[\w-]{16,64}$/

/**
 * A sale by hand: a person took the money, or gives the book away. One statement makes the order
 * paid, with its payment and grant. The form's nonce and its content count together: a double tap
 * is one sale, but the same page sent for another buyer is another sale.
 */
export const sale = defineDeed({
  path: paths.handSale,
  by: 'helper',
  on: ({ shop }) => listSellableBooks(shop.sql),
  fields: ({ language }, books) => saleFields(books, language),
  typed: async ({ shop }) => {
    const settings = await readSettings(shop.sql)
    const country = settings.shop.country || shop.config.country
    return { nonce: randomToken(), how: 'cash', country }
  },
  check: async ({ language }, _, typed) => {
    const buyer = await readContact(contactIn(typed), language)
    const isPricedGift = typed['how'] === 'gift' && /[1-9]/.test(typed['amount'] ?? '')
    return {
      ...(isPricedGift && { amount: orderWords(language).errors.gift }),
      ...(!buyer.ok && buyer.errors),
    }
  },
  page: ({ language }, books, shown) => ({
    title: orderWords(language).sale.title,
    body: <SalePage {...{ books, shown, language }} />,
  }),
  act: async ({ shop, person, now, language, sent }, books, value) => {
    const { nonce, how, reference, reason } = value
    const book = books.find(({ id }) => String(id) === value.book)!
    const buyer = await readContact(value, language)
    if (!buyer.ok) return { errors: buyer.errors }
    const formHash = await sha256Hex(JSON.stringify(['hand', nonce, [...sent]]))
    const code = newCode()
    const transactionId = newTransactionId()
    const isNew = await recordHandSale(
      shop.sql,
      {
        code,
        formHash,
        bookId: book.id,
        amount: value.amount ?? (how === 'gift' ? 0 : book.price),
        buyer: asContact(buyer.buyer),
        language,
        simulated: shop.provider.isPlayMoney,
        personId: person.id,
        payment: { transactionId, how, reference, reason },
      },
      now,
    )
    if (isNew) shop.log('order.sold', { transactionId, person: person.id })
    const sold = isNew ? code : await findCodeByForm(shop.sql, formHash)
    // Otherwise the book was withdrawn between the two statements.
    return sold
      ? done({ code: sold }, 'vendue')
      : { errors: { book: orderWords(language).errors.book }, status: 409 }
  },
})

const contactIn = ({ name = '', phone = '', country = '', email = '' }: Typed) => ({
  name,
  phone,
  country,
  email,
})

function saleFields(books: SellableBook[], language: Language) {
  const words = orderWords(language)
  const { sale, deeds, errors } = words
  const titles = books.map(({ id, title, price, currency }) => ({
    value: String(id),
    label: `${title} · ${money(price, currency, language)}`,
  }))
  return {
    nonce: hidden(
      v.pipe(
        v.string(),
        v.transform((sent) => (NONCE.test(sent) ? sent : randomToken())),
      ),
    ),
    book: choice(
      { label: sale.book, options: [{ value: '', label: sale.choose }, ...titles] },
      v.pipe(
        v.string(),
        v.check((id) => titles.some(({ value }) => value === id), errors.book),
      ),
    ),
    ...contactFields(language),
    how: howField(sale.how, SALE_HOWS, words),
    // Empty means the book's price; a gift costs nothing.
    amount: line(
      { label: sale.amount, hint: sale.amountHint, inputmode: 'numeric', maxlength: 20 },
      optional(amountOf(words, 0, MAX_AMOUNT)),
    ),
    reference: referenceField(deeds.reference, words),
    reason: reasonField(words),
  }
}

type SalePageProps = { books: SellableBook[]; shown: Shown<never>; language: Language }

function SalePage({ books, shown: { typed, errors }, language }: SalePageProps) {
  const { sale: words, order } = orderWords(language)
  const shown = { fields: saleFields(books, language), typed, errors }
  return (
    <DeskMain title={words.title} back={{ to: paths.deskOrders, label: order.back }}>
      <p class="lead">{words.lead}</p>
      {books.length === 0 ? (
        <p class="note warn">{words.noBooks}</p>
      ) : (
        <form class="deed" method="post" action={paths.handSale} novalidate>
          <Refused errors={errors} language={language} />
          <DrawnFields {...shown} names={['nonce', 'book']} />
          <h2>{words.buyer}</h2>
          <DrawnFields {...shown} names={['name', 'country', 'phone', 'email']} />
          <h2>{words.payment}</h2>
          <DrawnFields {...shown} names={['how', 'amount', 'reference', 'reason']} />
          <button>{words.done}</button>
        </form>
      )}
    </DeskMain>
  )
}
