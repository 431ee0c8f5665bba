import type { PromotableBook } from '../../data/orders/promotions.ts'
import type { Currency } from '../../money/currency.ts'
import { CheckField } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { DrawnFields, hidden, readFields, Refused, wholeNumber } from '../deeds/fields.tsx'
import type { Errors } from '../../forms/parse.ts'
import type { Typed } from '../deeds/fields.tsx'
import { PriceTable } from './price-table.tsx'
import { ruleFields } from './rules.ts'
import { promotionWords } from './words.ts'

export type PromotionFormProps = {
  action: string
  typed: Typed
  errors: Errors
  bookIds: number[]
  books: PromotableBook[]
  currency: Currency
  language: Language
}

export function PromotionForm({
  action,
  typed,
  errors,
  bookIds,
  books,
  ...shop
}: PromotionFormProps) {
  const { currency, language } = shop
  const words = promotionWords(language).form
  const isNew = typed['version'] === undefined
  const { kind, value, ...others } = ruleFields(currency, language, typed['kind'])
  const shown = { fields: { version: hidden(wholeNumber), kind, value, ...others }, typed, errors }
  // The price table uses the typed rule as soon as it is valid.
  const rule = readFields({ kind, value }, typed)
  const covered = books.filter(({ id }) => bookIds.length === 0 || bookIds.includes(id))
  return (
    <form method="post" action={action} novalidate>
      <Refused errors={errors} language={language} />
      <DrawnFields {...shown} names={[...(isNew ? [] : ['version']), 'code', 'kind', 'value']} />
      <PriceTable
        rule={'value' in rule ? rule.value : undefined}
        books={covered.filter((book) => book.onSale)}
        currency={currency}
        language={language}
      />
      <DrawnFields {...shown} names={['from', 'until', 'max']} />
      {books.length > 0 && (
        <fieldset>
          <legend>{words.books}</legend>
          <p class="hint">{words.booksHint}</p>
          {books.map((book) => (
            <CheckField
              name={`book-${book.id}`}
              label={book.onSale ? book.title : `${book.title} (${words.notOnSale})`}
              checked={bookIds.includes(book.id)}
            />
          ))}
        </fieldset>
      )}
      <button>{isNew ? words.create : words.save}</button>
    </form>
  )
}
