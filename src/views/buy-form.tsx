import type { Book } from '../data/books/books.ts'
import type { Question } from '../limits/question.ts'
import { limitWords } from '../limits/words.ts'
import type { BuyerErrors, BuyerTyped } from '../forms/buyer.ts'
import { MAX_EMAIL_LENGTH } from '../forms/shapes.ts'
import { meansName } from '../money/means.ts'
import type { Means } from '../money/means.ts'
import { priceShown } from '../money/offer.ts'
import type { Offer } from '../money/offer.ts'
import { pathsIn } from '../links/addresses.ts'
import { money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { fieldsOf } from './fields-of.ts'
import { Refusal, SelectField, TextField } from './form.tsx'
import { PhoneFields } from './phone-fields.tsx'
import { CodeFields, RemoveCode } from './code-fields.tsx'
import { amountHint, isFree, saleOf } from './price.tsx'
import { QuestionField } from './question-field.tsx'

export type BuyFormProps = {
  book: Book
  offer: Offer
  /** The means of payment to choose from, if the provider does not report it; empty: not asked. */
  means: readonly Means[]
  language: Language
  typed: BuyerTyped
  errors?: BuyerErrors | undefined
  /** Asked when too many requests come from the visitor's network. */
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
  const at = fieldsOf({ words, typed, errors })
  const refusal = question ? limitWords(language).summary : (errors.code ?? errors.price)
  const isRefused = refusal !== undefined || Object.keys(errors).length > 0
  const isForNothing = offer.total === 0 && book.priceFloor === null
  const means = offer.total === 0 ? [] : offered
  return (
    <form method="post" action={pathsIn(language).buy(book.slug)} novalidate>
      {isRefused && <Refusal>{refusal ?? words.errors.summary}</Refusal>}
      <input type="hidden" name="price" value={priceShown(book, offer)} />
      {book.priceFloor !== null && (
        <TextField
          {...at('amount')}
          hint={amountHint(book, language)}
          value={errors.amount ? typed.amount : typed.amount || String(offer.listAmount)}
          inputmode="numeric"
          autocomplete="off"
          maxlength={20}
          required
        />
      )}
      <TextField {...at('name')} autocomplete="name" maxlength={100} required />
      <PhoneFields {...at('phone')} {...{ typed, errors, language }} required />
      <TextField {...at('email')} type="email" autocomplete="email" maxlength={MAX_EMAIL_LENGTH} />
      {means.length > 0 && (
        <SelectField
          {...at('means')}
          options={[
            { value: '', label: words.meansLater },
            ...means.map((each) => ({ value: each, label: meansName(each) })),
          ]}
        />
      )}
      {!isFree(book) && (
        <CodeFields {...{ book, offer, language }} isQuestioned={question !== undefined} />
      )}
      <p class="small soft">
        {wordsIn(language).sale[isForNothing ? 'free' : saleOf(book)].agree}{' '}
        <a href={pathsIn(language).terms}>{words.terms}</a>.
      </p>
      {question && <QuestionField question={question} language={language} />}
      <button>{buttonLabel(book, offer, language)}</button>
      {offer.promotion && <RemoveCode book={book} language={language} />}
    </form>
  )
}

function buttonLabel(book: Book, { total }: Offer, language: Language): string {
  const words = wordsIn(language).form
  if (book.priceFloor !== null) return words.payChosen
  return total === 0 ? words.getFree : words.pay(money(total, book.currency, language))
}
