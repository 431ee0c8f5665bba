import { isSellable } from '../money/price.ts'
import { wordsIn } from '../words/words.ts'
import { BuyForm } from './buy-form.tsx'
import type { BuyFormProps } from './buy-form.tsx'
import { saleOf } from './price.tsx'

/** The card with the form for buying a book. */
export function Sale(props: BuyFormProps) {
  const { book, language } = props
  const words = wordsIn(language)
  return (
    <section class="card" aria-labelledby="acheter">
      <h2 id="acheter">{words.sale[saleOf(book)].title}</h2>
      {isSellable(book) ? <BuyForm {...props} /> : <p>{words.book.notPayable}</p>}
    </section>
  )
}
