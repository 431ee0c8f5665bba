import type { Book } from '../data/books/books.ts'
import { pathsIn } from '../links/addresses.ts'
import { money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import type { Offer } from '../money/offer.ts'
import { TextField } from './form.tsx'
import { QuestionField } from './question-field.tsx'

type CodeProps = {
  book: Book
  offer: Offer
  /** Whether the form already asks a question: one is enough. */
  isQuestioned: boolean
  language: Language
}

/**
 * « I have a code », in the buyer's own form, so that what was typed stays: its button shows the page
 * again with the new price, and buys nothing. Enter in another field presses it, too, as the form's
 * first one: without a code it then means the other (`checkout/routes.tsx`).
 */
export function CodeFields({ book, offer, isQuestioned, language }: CodeProps) {
  const words = wordsIn(language).code
  const { promotion, refusedCode } = offer
  if (promotion) {
    const before = money(offer.listAmount, book.currency, language)
    const after = money(offer.total, book.currency, language)
    return (
      <div class="code-applied" id="code">
        <input type="hidden" name="code" value={promotion.code} />
        <p>
          {words.applied(promotion.code)} <strong>{words.fromTo(before, after)}</strong>
        </p>
        {book.priceFloor !== null && (
          <p class="small">{words.onChosen(takenOff(promotion, book, language))}</p>
        )}
      </div>
    )
  }
  return (
    <details class="code-asked" id="code" open={refusedCode !== undefined}>
      <summary>{words.have}</summary>
      {refusedCode && <input type="hidden" name="refused" value={refusedCode.typed} />}
      <TextField
        name="newCode"
        label={words.label}
        error={refusedCode && words.refused[refusedCode.why]}
        value={refusedCode?.typed ?? ''}
        autocomplete="off"
        maxlength={40}
      />
      {refusedCode?.question && !isQuestioned && (
        <QuestionField question={refusedCode.question} language={language} />
      )}
      <button class="quiet" name="apply" value="1" formaction={toCode(book, language)}>
        {words.apply}
      </button>
    </details>
  )
}

/** After the button that buys, so that Enter never presses it. */
export const RemoveCode = ({ book, language }: Pick<CodeProps, 'book' | 'language'>) => (
  <button class="link" name="remove" value="1" formaction={toCode(book, language)}>
    {wordsIn(language).code.remove}
  </button>
)

const toCode = ({ slug }: Book, language: Language) => `${pathsIn(language).buy(slug)}#code`

function takenOff(
  { kind, value }: NonNullable<Offer['promotion']>,
  book: Book,
  language: Language,
) {
  return kind === 'percent' ? `${value}\u00A0%` : money(value, book.currency, language)
}
