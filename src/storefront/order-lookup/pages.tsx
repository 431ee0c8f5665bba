import { spellCode } from '../../lib/crockford.ts'
import type { Question } from '../../limits/question.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import { fieldsOf } from '../../views/fields-of.ts'
import { Refusal, TextField } from '../../views/form.tsx'
import { PhoneFields } from '../../views/phone-fields.tsx'
import type { Errors } from '../../forms/parse.ts'
import type { TypedPhone } from '../../forms/phone.ts'
import { MAX_EMAIL_LENGTH } from '../../forms/shapes.ts'
import { QuestionField } from '../../views/question-field.tsx'
import { StatePage } from '../../views/state-page.tsx'
import { ButtonLink, TapLine } from '../../views/links.tsx'
import { shortDate } from '../../words/moments.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { Listed } from './find.ts'
import { findingWords } from './words.ts'

export type FindTyped = TypedPhone & { proof: string; email: string }
/** `summary` stands above the form: for errors of no single field. */
export type FindErrors = Errors<keyof FindTyped | 'summary'>

type FindPageProps = {
  typed: FindTyped
  errors?: FindErrors
  /** The question in one of the two forms. */
  question?: (Question & { of: 'proof' | 'email' }) | undefined
  /** How long ago the same form bought a book. */
  boughtAgo?: number | undefined
  /** Whether the shop sends mail. */
  hasMail: boolean
  /** Whether orders can also be found by the operator's reference. */
  byReference: boolean
  language: Language
}

export function FindPage(props: FindPageProps) {
  const { typed, errors = {}, question, boughtAgo, hasMail, byReference, language } = props
  const words = findingWords(language, byReference)
  const labels = { ...words, email: words.byMail.email }
  const at = fieldsOf({ words: labels, typed, errors })
  const isOfMail = errors.email !== undefined || question?.of === 'email'
  const refusal = Object.keys(errors).length > 0 && (
    <Refusal>{errors.summary ?? words.errors.summary}</Refusal>
  )
  return (
    <StatePage title={words.title}>
      {boughtAgo !== undefined && (
        <p>
          <strong>{words.boughtAgo(boughtAgo)}</strong>
        </p>
      )}
      <p>{words.lead}</p>
      <form method="post" action={pathsIn(language).find} novalidate>
        {!isOfMail && refusal}
        <PhoneFields {...at('phone')} {...{ typed, errors, language }} required />
        <TextField {...at('proof')} autocomplete="off" maxlength={80} required />
        {question?.of === 'proof' && <QuestionField question={question} language={language} />}
        <button>{words.go}</button>
      </form>
      {hasMail && (
        <section class="buttons">
          <h2>{words.byMail.title}</h2>
          <p>{words.byMail.text}</p>
          <form method="post" action={pathsIn(language).mailBooks} novalidate>
            {isOfMail && refusal}
            <TextField
              {...at('email')}
              type="email"
              autocomplete="email"
              maxlength={MAX_EMAIL_LENGTH}
              required
            />
            {question?.of === 'email' && <QuestionField question={question} language={language} />}
            <button class="quiet">{words.byMail.go}</button>
          </form>
        </section>
      )}
      <section class="buttons">
        <h2>{words.neither}</h2>
        <p>{words.debitedText}</p>
        <ButtonLink to={pathsIn(language).debitedWithoutOrder} label={words.debited} quiet />
      </section>
    </StatePage>
  )
}

/** The same words whatever was found. */
export function MailedPage({ language }: { language: Language }) {
  const { mailed, again } = findingWords(language)
  return (
    <StatePage title={mailed.title}>
      <p>{mailed.text}</p>
      <p>{mailed.otherwise}</p>
      <TapLine to={pathsIn(language).find} label={again} />
    </StatePage>
  )
}

type BooksPageProps = {
  books: readonly Listed[]
  lead: string
  /** On an order's page: its key, and whether the whole list can be mailed. */
  from?: { orderKey: string; canMail: boolean; byReference: boolean }
  language: Language
}

export function BooksPage({ books, lead, from, language }: BooksPageProps) {
  const words = findingWords(language, from?.byReference)
  return (
    <StatePage title={words.books.title}>
      <p>{lead}</p>
      {books.map((book) => (
        <section class="file">
          <p>
            <strong>{book.bookTitle}</strong>
            <br />
            <span class="soft">
              <span class="code">{spellCode(book.code)}</span>
              {'\u00A0· '}
              {shortDate(book.createdAt, language)}
              {'\u00A0· '}
              {money(book.amount, book.currency, language)}
            </span>
          </p>
          <a class="button" href={book.path} aria-label={`${words.books.open} ${book.bookTitle}`}>
            {words.books.open}
          </a>
        </section>
      ))}
      {from?.canMail && (
        <form method="post" action={paths.otherBooks(from.orderKey)}>
          <p>{words.books.others}</p>
          <button class="quiet">{words.books.mail}</button>
        </form>
      )}
      {from && !from.canMail && <p>{words.books.byCode}</p>}
      <TapLine
        to={from ? paths.order(from.orderKey) : pathsIn(language).find}
        label={from ? words.books.back : words.again}
      />
    </StatePage>
  )
}
