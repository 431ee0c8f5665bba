import type { Book } from '../data/books/books.ts'
import { pathsIn } from '../links/addresses.ts'
import { money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import type { Offer } from '../money/offer.ts'
import { TextField } from './form.tsx'
import { QuestionField } from './question-field.tsx'
import { TapLink } from './links.tsx'

type CodeFormProps = { book: Book; offer: Offer; language: Language }

/**
 * « I have a code »: a form of its own, before the buyer's, so that the price is right before
 * anything is typed. It asks for the same page by GET: the address can be sent to people.
 */
export function CodeForm({ book, offer, language }: CodeFormProps) {
  const words = wordsIn(language).code
  const { promotion, refusedCode } = offer
  const page = pathsIn(language).book(book.slug)
  if (promotion) {
    const before = money(offer.listAmount, book.currency, language)
    const after = money(offer.total, book.currency, language)
    return (
      <div class="code-applied" id="code">
        <p>
          {words.applied(promotion.code)} <strong>{words.fromTo(before, after)}</strong>
        </p>
        {book.priceFloor !== null && (
          <p class="small">{words.onChosen(takenOff(promotion, book, language))}</p>
        )}
        <TapLink to={`${page}#acheter`} label={words.remove} />
      </div>
    )
  }
  return (
    <details class="code-asked" open={refusedCode !== undefined}>
      <summary>{words.have}</summary>
      <form method="get" action={`${page}#code`}>
        <TextField
          name="code"
          label={words.label}
          error={refusedCode && words.refused[refusedCode.why]}
          value={refusedCode?.typed ?? ''}
          autocomplete="off"
          maxlength={40}
          required
        />
        {refusedCode?.question && (
          <QuestionField question={refusedCode.question} language={language} />
        )}
        <button class="quiet">{words.apply}</button>
      </form>
    </details>
  )
}

function takenOff(
  { kind, value }: NonNullable<Offer['promotion']>,
  book: Book,
  language: Language,
) {
  return kind === 'percent' ? `${value}\u00A0%` : money(value, book.currency, language)
}
