import type { SellableBook } from '../../data/orders/hand-sales.ts'
import { paths } from '../../links/addresses.ts'
import { SelectField, TextField } from '../../views/form.tsx'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { SALE_HOWS } from './forms.ts'
import type { ContactTyped, Errors, SaleTyped } from './forms.ts'
import { ContactFields, ReasonField, Refused } from './parts.tsx'
import { orderWords } from './words.ts'

type SalePageProps = {
  books: SellableBook[]
  nonce: string
  typed: SaleTyped & ContactTyped
  errors: Errors<string>
  language: Language
}

export function SalePage({ books, nonce, typed, errors, language }: SalePageProps) {
  const { sale: words, deeds, hows, order } = orderWords(language)
  return (
    <main id="contenu">
      <p>
        <a href={paths.deskOrders}>← {order.back}</a>
      </p>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {books.length === 0 ? (
        <p class="note warn">{words.noBooks}</p>
      ) : (
        <form class="deed" method="post" action={paths.handSale} novalidate>
          <Refused errors={errors} language={language} />
          <input type="hidden" name="nonce" value={nonce} />
          <SelectField
            name="book"
            label={words.book}
            error={errors['book']}
            value={typed.book}
            options={[
              { value: '', label: words.choose },
              ...books.map(({ id, title, price, currency }) => ({
                value: String(id),
                label: `${title} · ${money(price, currency, language)}`,
              })),
            ]}
          />
          <h2>{words.buyer}</h2>
          <ContactFields typed={typed} errors={errors} language={language} />
          <h2>{words.payment}</h2>
          <SelectField
            name="how"
            label={words.how}
            error={errors['how']}
            value={typed.how}
            options={SALE_HOWS.map((how) => ({ value: how, label: hows[how] }))}
          />
          <TextField
            name="amount"
            label={words.amount}
            hint={words.amountHint}
            error={errors['amount']}
            value={typed.amount}
            inputmode="numeric"
            maxlength={20}
          />
          <TextField
            name="reference"
            label={deeds.reference}
            error={errors['reference']}
            value={typed.reference}
            maxlength={100}
          />
          <ReasonField value={typed.reason} error={errors['reason']} language={language} />
          <button>{words.done}</button>
        </form>
      )}
    </main>
  )
}
