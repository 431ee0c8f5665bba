import type { PromotableBook } from '../../data/orders/promotions.ts'
import type { Currency } from '../../money/currency.ts'
import type { Discount } from '../../money/price.ts'
import { CheckField, Refusal, SelectField, TextField } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { deskWords } from '../words.ts'
import { PriceTable } from './price-table.tsx'
import type { RuleErrors, TypedRules } from './rules.ts'
import { promotionWords } from './words.ts'

export type PromotionFormProps = {
  action: string
  /** Undefined: a new one. */
  version?: number | undefined
  typed: TypedRules
  errors: RuleErrors
  rule: Discount | undefined
  books: PromotableBook[]
  currency: Currency
  language: Language
}

export function PromotionForm({ action, version, typed, errors, ...shown }: PromotionFormProps) {
  const { rule, books, currency, language } = shown
  const words = promotionWords(language)
  const covered = books.filter(({ id }) => typed.bookIds.length === 0 || typed.bookIds.includes(id))
  return (
    <form method="post" action={action} novalidate>
      {Object.keys(errors).length > 0 && <Refusal>{deskWords(language).summary}</Refusal>}
      {version !== undefined && <input type="hidden" name="version" value={String(version)} />}
      <TextField
        name="code"
        label={words.form.code}
        hint={words.form.codeHint}
        error={errors.code}
        value={typed.code}
        autocomplete="off"
        maxlength={40}
        required
      />
      <SelectField
        name="kind"
        label={words.form.kind}
        error={errors.kind}
        value={typed.kind}
        options={[
          { value: 'percent', label: words.form.kinds.percent },
          { value: 'amount', label: words.form.kinds.amount(symbolOf(currency, language)) },
        ]}
      />
      <TextField
        name="value"
        label={words.form.value}
        hint={words.form.valueHint}
        error={errors.value}
        value={typed.value}
        inputmode="numeric"
        autocomplete="off"
        maxlength={20}
        required
      />
      <PriceTable
        rule={rule}
        books={covered.filter((book) => book.onSale)}
        currency={currency}
        language={language}
      />
      <TextField
        name="from"
        label={words.form.from}
        hint={words.form.fromHint}
        error={errors.from}
        value={typed.from}
        type="date"
      />
      <TextField
        name="until"
        label={words.form.until}
        hint={words.form.untilHint}
        error={errors.until}
        value={typed.until}
        type="date"
      />
      <TextField
        name="max"
        label={words.form.max}
        hint={words.form.maxHint}
        error={errors.max}
        value={typed.max}
        inputmode="numeric"
        autocomplete="off"
        maxlength={20}
      />
      {books.length > 0 && (
        <fieldset>
          <legend>{words.form.books}</legend>
          <p class="hint">{words.form.booksHint}</p>
          {books.map((book) => (
            <CheckField
              name={`book-${book.id}`}
              label={book.onSale ? book.title : `${book.title} (${words.form.notOnSale})`}
              checked={typed.bookIds.includes(book.id)}
            />
          ))}
        </fieldset>
      )}
      <button>{version === undefined ? words.form.create : words.form.save}</button>
    </form>
  )
}

/** « F CFA », as prices show it. */
const symbolOf = (currency: Currency, language: Language) =>
  new Intl.NumberFormat(language, { style: 'currency', currency })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')!.value
