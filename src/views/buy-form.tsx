import type { Book } from '../data/books/books.ts'
import type { Question } from '../limits/question.ts'
import { limitWords } from '../limits/words.ts'
import { OTHER_COUNTRY } from '../forms/phone.ts'
import { CURRENCIES } from '../money/currency.ts'
import { meansName } from '../money/means.ts'
import type { Means } from '../money/means.ts'
import { smallestAmount } from '../money/price.ts'
import type { Discount } from '../money/price.ts'
import { pathsIn } from '../links/addresses.ts'
import { countryOptions, money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { Refusal, SelectField, TextField } from './form.tsx'
import { QuestionField } from './question-field.tsx'

/** What a buyer typed, as typed: a refused form gives it all back. */
export type Typed = {
  name: string
  phone: string
  country: string
  email: string
  /** Where the buyer chooses the price. */
  amount: string
  /** With what they mean to pay; empty where it was not asked, or not said. */
  means: string
}
/** `price` and `code` are told above the form: they are nothing to correct in a field of it. */
export type TypedErrors = Partial<Record<keyof Typed | 'price' | 'code', string>>

/** What a book costs this buyer now. */
export type Offer = {
  /** Before any code: the price, or the amount that the buyer chose. */
  listAmount: number
  total: number
  /** The code that counts in it. */
  promotion?: Discount & { id: number; code: string }
  /** A code that was typed and does not count. */
  refusedCode?: { typed: string; why: CodeRefusal; question?: Question }
}

export type CodeRefusal =
  'unknown' | 'notYet' | 'over' | 'usedUp' | 'otherBook' | 'noGain' | 'tooManyTries'

/**
 * The price as the page shows it: it travels with the form and is compared with what would be
 * charged. Where the buyer chooses the amount, it is the rules of the price that are compared.
 */
export function priceShown(book: Book, { total, promotion }: Offer): string {
  if (book.priceFloor === null) return String(total)
  return promotion ? `free-choice-${promotion.kind}-${promotion.value}` : 'free-choice'
}

export type BuyFormProps = {
  book: Book
  offer: Offer
  /** With what one may pay, where the provider does not tell afterwards; empty: not asked. */
  means: readonly Means[]
  language: Language
  typed: Typed
  errors?: TypedErrors | undefined
  /** Asked where too much comes from the visitor's network. */
  question?: Question | undefined
}

export function BuyForm({
  book,
  offer,
  means: offered,
  language,
  typed,
  errors = {},
  question,
}: BuyFormProps) {
  const words = wordsIn(language).form
  const refusal = question ? limitWords(language).summary : (errors.code ?? errors.price)
  const isRefused = refusal !== undefined || Object.keys(errors).length > 0
  const means = offer.total === 0 ? [] : offered
  return (
    <form method="post" action={pathsIn(language).buy(book.slug)} novalidate>
      {isRefused && <Refusal>{refusal ?? words.errors.summary}</Refusal>}
      <input type="hidden" name="price" value={priceShown(book, offer)} />
      {offer.promotion && <input type="hidden" name="code" value={offer.promotion.code} />}
      {book.priceFloor !== null && (
        <TextField
          name="amount"
          label={words.amount}
          hint={amountHint(book, language)}
          error={errors.amount}
          value={errors.amount ? typed.amount : typed.amount || String(offer.listAmount)}
          inputmode="numeric"
          autocomplete="off"
          maxlength={20}
          required
        />
      )}
      <BuyerFields means={means} language={language} typed={typed} errors={errors} />
      {question && <QuestionField question={question} language={language} />}
      <button>{buttonLabel(book, offer, language)}</button>
    </form>
  )
}

type BuyerFieldsProps = {
  means: readonly Means[]
  language: Language
  typed: Typed
  errors: TypedErrors
}

function BuyerFields({ means, language, typed, errors }: BuyerFieldsProps) {
  const words = wordsIn(language).form
  const countries = countryOptions(language)
  return (
    <>
      <TextField
        name="name"
        label={words.name}
        error={errors.name}
        value={typed.name}
        autocomplete="name"
        maxlength={100}
        required
      />
      <SelectField
        name="country"
        label={words.country}
        error={errors.country}
        value={typed.country}
        autocomplete="country"
        options={[...countries, { value: OTHER_COUNTRY, label: words.otherCountry }]}
      />
      <TextField
        name="phone"
        label={words.phone}
        hint={words.phoneHint}
        error={errors.phone}
        value={typed.phone}
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        maxlength={40}
        required
      />
      <TextField
        name="email"
        label={words.email}
        error={errors.email}
        value={typed.email}
        type="email"
        autocomplete="email"
        maxlength={254}
      />
      {means.length > 0 && (
        <SelectField
          name="means"
          label={words.means}
          value={typed.means}
          options={[
            { value: '', label: words.meansLater },
            ...means.map((each) => ({ value: each, label: meansName(each) })),
          ]}
        />
      )}
      <p class="small soft">
        {words.agree} <a href={pathsIn(language).terms}>{words.terms}</a>.
      </p>
    </>
  )
}

/** What may be typed: « 500 F CFA ou plus, par pas de 5 ». */
export function amountHint(book: Book, language: Language): string {
  const words = wordsIn(language).form
  const { step } = CURRENCIES[book.currency]
  const smallest = money(smallestAmount(book), book.currency, language)
  return words.amountHint({ smallest, step, orNothing: book.priceFloor === 0 })
}

function buttonLabel(book: Book, { total }: Offer, language: Language): string {
  const words = wordsIn(language).form
  if (book.priceFloor !== null) return words.payChosen
  return total === 0 ? words.getFree : words.pay(money(total, book.currency, language))
}
