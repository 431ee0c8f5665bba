import { raw } from 'hono/html'
import { paths } from '../../links/addresses.ts'
import type { PackChoice, WholeBook } from '../../data/books/desk-books.ts'
import { markdown } from '../../lib/markdown.ts'
import { CURRENCIES } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import { Refusal, SelectField, TextArea, TextField } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { deskWords } from '../words.ts'
import { BOOK_LANGUAGES, priceRule, typedOf } from './book-form.ts'
import type { Typed, TypedErrors } from './book-form.ts'
import { bookFormWords } from './form-words.ts'

export type EditPageProps = {
  /** Absent: a new one. */
  book?: WholeBook | undefined
  typed: Typed
  errors?: TypedErrors
  /** Somebody else saved meanwhile: `book` is theirs. */
  isChangedMeanwhile?: boolean
  isPreview?: boolean
  choices: PackChoice[]
  /** Where books are for visitors. */
  publicUrl: string
  language: Language
}

export function EditPage({ book, typed, errors = {}, language, ...props }: EditPageProps) {
  const words = bookFormWords(language)
  const desk = deskWords(language)
  const isPack = typed.kind === 'pack'
  const hasErrors = Object.keys(errors).length > 0
  return (
    <main id="contenu">
      <div class="state">
        <h1>{book ? words.edit(book.title) : isPack ? words.newPack : words.newBook}</h1>
        {hasErrors && <Refusal>{desk.summary}</Refusal>}
        {book && props.isChangedMeanwhile && (
          <Meanwhile book={book} typed={typed} language={language} />
        )}
        {props.isPreview && (
          <section class="card preview" aria-labelledby="apercu">
            <h2 id="apercu">{words.previewTitle}</h2>
            <p class="soft small">{words.previewNote}</p>
            <div class="text" lang={typed.language}>
              {raw(markdown(typed.description))}
            </div>
          </section>
        )}
        <form
          method="post"
          action={book ? paths.editBook(book.slug) : paths.newBook}
          class="book-form"
          novalidate
        >
          {book && <input type="hidden" name="id" value={String(book.id)} />}
          {book && <input type="hidden" name="version" value={String(book.version)} />}
          <input type="hidden" name="kind" value={typed.kind} />
          <TextField
            name="title"
            label={words.title}
            error={errors.title}
            value={typed.title}
            maxlength={200}
            required
          />
          <TextField
            name="author"
            label={words.author}
            hint={words.authorHint}
            error={errors.author}
            value={typed.author}
            maxlength={200}
            required
          />
          <TextArea
            name="description"
            label={words.description}
            hint={words.descriptionHint}
            error={errors.description}
            value={typed.description}
            rows={10}
            maxlength={20_000}
          />
          <TextArea
            name="contents"
            label={words.contents}
            hint={words.contentsHint}
            error={errors.contents}
            value={typed.contents}
            rows={5}
            maxlength={10_000}
          />
          <TextField
            name="tags"
            label={words.tags}
            hint={words.tagsHint}
            error={errors.tags}
            value={typed.tags}
            maxlength={300}
          />
          <Prices typed={typed} errors={errors} language={language} />
          {isPack && (
            <PackBooks typed={typed} error={errors.places} choices={props.choices} {...{ words }} />
          )}
          <SelectField
            name="language"
            label={words.language}
            error={errors.language}
            value={typed.language}
            options={languageOptions(language)}
          />
          <TextField
            name="slug"
            label={words.slug}
            hint={`${words.slugHint(`${props.publicUrl}/livres/`)}${book ? ` ${words.slugKept}` : ''}`}
            error={errors.slug}
            value={typed.slug}
            maxlength={100}
          />
          <div class="buttons">
            <button>{book ? desk.save : isPack ? words.createPack : words.create}</button>
            <button class="quiet" name="apercu" value="oui">
              {words.preview}
            </button>
          </div>
        </form>
        <p>
          <a href={book ? paths.deskBook(book.slug) : paths.deskBooks}>{desk.cancel}</a>
        </p>
      </div>
    </main>
  )
}

type PartProps = { typed: Typed; errors: TypedErrors; language: Language }

function Prices({ typed, errors, language }: PartProps) {
  const words = bookFormWords(language)
  const currencies = Object.keys(CURRENCIES) as Currency[]
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  const rules = currencies.map((code) => ({
    value: code,
    label: `${names.of(code)} (${code}), ${priceRule(code, language)}`,
  }))
  const currency = currencies.find((code) => code === typed.currency) ?? 'XOF'
  const kinds = Object.entries(words.priceKinds)
  const isKind = kinds.some(([kind]) => kind === typed.priceKind)
  return (
    <fieldset>
      <legend>{words.priceTitle}</legend>
      <div class="field" role="radiogroup" aria-label={words.priceKind}>
        {kinds.map(([kind, label], place) => (
          <div class="check">
            <input
              type="radio"
              name="priceKind"
              id={`price-${kind}`}
              value={kind}
              checked={isKind ? typed.priceKind === kind : place === 0}
            />
            <label for={`price-${kind}`}>{label}</label>
          </div>
        ))}
        {errors.priceKind && <p class="error">{errors.priceKind}</p>}
      </div>
      <div class="when-paid">
        <SelectField
          name="currency"
          label={words.currency}
          error={errors.currency}
          value={typed.currency}
          options={rules}
        />
        <TextField
          name="price"
          label={words.price}
          hint={words.priceHint(priceRule(currency, language))}
          error={errors.price}
          value={typed.price}
          inputmode="numeric"
          maxlength={15}
        />
      </div>
      <div class="when-chosen">
        <TextField
          name="floor"
          label={words.floor}
          hint={words.floorHint}
          error={errors.floor}
          value={typed.floor}
          inputmode="numeric"
          maxlength={15}
        />
      </div>
    </fieldset>
  )
}

type PackProps = {
  typed: Typed
  error: string | undefined
  choices: PackChoice[]
  words: ReturnType<typeof bookFormWords>
}

function PackBooks({ typed, error, choices, words }: PackProps) {
  return (
    <fieldset aria-describedby={error ? 'books-error' : undefined}>
      <legend>{words.packTitle}</legend>
      <p class="hint">{choices.length > 0 ? words.packHint : words.noBooks}</p>
      {error && (
        <p class="error" id="books-error">
          {error}
        </p>
      )}
      {choices.map(({ id, title, isOnSale }) => (
        <div class="check placed">
          <input
            type="checkbox"
            id={`book-${id}`}
            name={`book-${id}`}
            value="on"
            checked={typed.places.has(id)}
          />
          <label for={`book-${id}`}>
            {title}
            {!isOnSale && <span class="soft"> ({words.notOnSale})</span>}
          </label>
          <input
            type="text"
            inputmode="numeric"
            maxlength={3}
            name={`place-${id}`}
            value={typed.places.get(id) ?? ''}
            aria-label={words.place(title)}
          />
        </div>
      ))}
    </fieldset>
  )
}

/** What the other editor saved, where it is not what stands in the form. */
function Meanwhile({
  book,
  typed,
  language,
}: {
  book: WholeBook
  typed: Typed
  language: Language
}) {
  const words = bookFormWords(language)
  const stored = typedOf(book)
  const labels = {
    title: words.title,
    author: words.author,
    slug: words.slug,
    description: words.description,
    contents: words.contents,
    tags: words.tags,
    price: words.price,
    floor: words.floor,
    currency: words.currency,
    language: words.language,
  }
  const differing = Object.entries(labels).filter(([name]) => {
    const field = name as keyof typeof labels
    return stored[field].trim() !== typed[field].trim().replace(/\r\n?/g, '\n')
  })
  return (
    <div class="note bad" role="alert">
      <p>{deskWords(language).changedMeanwhile(book.changedByName ?? words.somebody)}</p>
      {differing.length > 0 && (
        <>
          <h2>{words.stored}</h2>
          <dl>
            {differing.map(([name, label]) => (
              <>
                <dt>{label}</dt>
                <dd class="as-typed">{stored[name as keyof typeof labels] || '–'}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </div>
  )
}

function languageOptions(language: Language) {
  const names = new Intl.DisplayNames(language, { type: 'language' })
  return BOOK_LANGUAGES.map((code) => ({ value: code, label: names.of(code) ?? code }))
}
