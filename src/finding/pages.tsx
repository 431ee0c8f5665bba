import { spellCode } from '../lib/crockford.ts'
import { pathsIn } from '../urls.ts'
import { Refusal, TextField } from '../views/form.tsx'
import { PhoneFields } from '../views/phone-fields.tsx'
import type { TypedPhone } from '../views/phone-fields.tsx'
import { money } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import type { Listed } from './find.ts'
import { findingWords } from './words.ts'

export type FindTyped = TypedPhone & { proof: string }
export type FindErrors = {
  /** Above the form: what concerns no field alone. */
  summary?: string
  phone?: string
  proof?: string
}

type FindPageProps = { typed: FindTyped; errors?: FindErrors; language: Language }

export function FindPage({ typed, errors = {}, language }: FindPageProps) {
  const words = findingWords(language)
  return (
    <main id="contenu">
      <div class="state">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <form method="post" action={pathsIn(language).find} novalidate>
          {Object.keys(errors).length > 0 && (
            <Refusal>{errors.summary ?? words.errors.summary}</Refusal>
          )}
          <PhoneFields
            typed={typed}
            label={words.phone}
            hint={words.phoneHint}
            error={errors.phone}
            language={language}
            required
          />
          <TextField
            name="proof"
            label={words.proof}
            hint={words.proofHint}
            error={errors.proof}
            value={typed.proof}
            autocomplete="off"
            maxlength={80}
            required
          />
          <button>{words.go}</button>
        </form>
        <section class="buttons">
          <h2>{words.neither}</h2>
          <p>{words.debitedText}</p>
          <a class="button quiet" href={pathsIn(language).debitedWithoutOrder}>
            {words.debited}
          </a>
        </section>
      </div>
    </main>
  )
}

export function BooksPage({ books, language }: { books: Listed[]; language: Language }) {
  const words = findingWords(language)
  return (
    <main id="contenu">
      <div class="state">
        <h1>{words.books.title}</h1>
        <p>{words.books.lead}</p>
        {books.map((book) => (
          <section class="file">
            <p>
              <strong>{book.bookTitle}</strong>
              <br />
              <span class="soft">
                <span class="code">{spellCode(book.code)}</span> · {day(book.createdAt, language)} ·{' '}
                {money(book.amount, book.currency, language)}
                {book.status !== 'paid' && ` · ${words.statuses[book.status]}`}
              </span>
            </p>
            <a class="button" href={book.path} aria-label={`${words.books.open} ${book.bookTitle}`}>
              {words.books.open}
            </a>
          </section>
        ))}
        <p class="soft small">{words.books.soon}</p>
      </div>
    </main>
  )
}

const day = (date: Date, language: Language) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(date)
