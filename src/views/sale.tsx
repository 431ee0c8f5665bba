import { isSellable } from '../money/price.ts'
import { wordsIn } from '../words/words.ts'
import { BuyForm } from './buy-form.tsx'
import type { BuyFormProps } from './buy-form.tsx'
import { CodeForm } from './code-form.tsx'
import { isFree, saleOf } from './price.tsx'

/** The card in which a book is bought: a code for those who have one, and the form. */
export function Sale(props: BuyFormProps) {
  const { book, offer, language } = props
  const words = wordsIn(language)
  return (
    <section class="card" aria-labelledby="acheter">
      <h2 id="acheter">{words.sale[saleOf(book)].title}</h2>
      {isSellable(book) ? (
        <>
          {!isFree(book) && <CodeForm book={book} offer={offer} language={language} />}
          <BuyForm {...props} />
        </>
      ) : (
        <p>{words.book.notPayable}</p>
      )}
    </section>
  )
}
