import { raw } from 'hono/html'
import { paths } from '../../links/addresses.ts'
import type { PackChoice, WholeBook } from '../../data/books/desk-books.ts'
import { markdown } from '../../lib/markdown.ts'
import type { FileAbout } from '../../storage/about.ts'
import type { Currency } from '../../money/currency.ts'
import { fieldsOf } from '../../views/fields-of.ts'
import { SelectField, TextArea, TextField } from '../../views/form.tsx'
import { StatePage } from '../../views/state-page.tsx'
import type { Language } from '../../words/words.ts'
import { Refused } from '../deeds/fields.tsx'
import { Progress } from '../parts.tsx'
import { uploadWords } from '../uploads/words.ts'
import { deskWords } from '../words.ts'
import { BOOK_LANGUAGES, LABELLED, typedOf } from './book-form.ts'
import type { FormErrors, Typed } from './book-form.ts'
import { BookFileField, CoverField } from './bring-fields.tsx'
import { Prices } from './price-fields.tsx'
import { bookFormWords } from './form-words.ts'

export type EditPageProps = {
  title: string
  /** Undefined for a new book. */
  book?: WholeBook | undefined
  typed: Typed
  errors?: FormErrors
  /** The draft exists already, begun from its file or picture; the rest is still to be written. */
  isBegun?: boolean
  /** What the book's file says about it, offered as a suggestion. */
  about?: FileAbout | undefined
  /** Somebody else saved in the meantime: `book` is their version. */
  isChangedMeanwhile?: boolean
  isPreview?: boolean
  choices: PackChoice[]
  /** The currency of the shop's account. */
  account: Currency
  /** The shop's public origin, for the addresses of books. */
  publicUrl: string
  language: Language
}

export function EditPage({ book, about, typed, errors = {}, language, ...props }: EditPageProps) {
  const words = bookFormWords(language)
  const desk = deskWords(language)
  const at = fieldsOf({ words, typed, errors })
  const isPack = typed.kind === 'pack'
  const takesFile = !book && !isPack
  const brings = !book?.coverKey
  /** An extra hint where the file says something else than the book. */
  const said = (name: 'title' | 'author' | 'language', spell = (text: string) => text) => {
    const text = about?.[name]
    const hint = text && text !== typed[name] ? words.fileSays(spell(text)) : undefined
    const all = [at(name).hint, hint].filter(Boolean).join(' ')
    return all ? { hint: all } : {}
  }
  const isOffered = book?.contents === '' && typed.contents !== '' && about !== undefined
  return (
    <StatePage title={props.title}>
      {props.isBegun ? (
        <BegunNote book={book!} error={errors.file} language={language} />
      ) : (
        <Refused errors={errors} language={language} />
      )}
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
        {...(brings && { enctype: 'multipart/form-data' })}
        {...(takesFile && {
          'data-send': paths.newBook,
          'data-words': JSON.stringify(uploadWords(language).script),
        })}
      >
        {book && <input type="hidden" name="id" value={String(book.id)} />}
        {book && <input type="hidden" name="version" value={String(book.version)} />}
        <input type="hidden" name="kind" value={typed.kind} />
        {takesFile && <BookFileField error={errors.file} language={language} />}
        <TextField {...at('title')} {...said('title')} maxlength={200} required />
        <TextField {...at('author')} {...said('author')} maxlength={200} required />
        <TextArea
          {...at('description')}
          rows={10}
          maxlength={20_000}
          data-markdown={JSON.stringify(desk.markdown)}
        />
        <TextArea
          {...at('contents')}
          {...(isOffered && { hint: words.contentsOffered })}
          rows={5}
          maxlength={10_000}
        />
        <TextField {...at('tags')} maxlength={300} />
        {brings && (
          <CoverField
            label={words.coverLater}
            offeredBy={about?.cover ? book : undefined}
            error={errors.image}
            language={language}
          />
        )}
        <Prices typed={typed} errors={errors} account={props.account} language={language} />
        {isPack && (
          <PackBooks typed={typed} error={errors.places} choices={props.choices} {...{ words }} />
        )}
        <SelectField
          {...at('language')}
          {...said('language', (code) => languageName(code, language))}
          options={languageOptions(language, takesFile)}
        />
        <TextField
          {...at('slug')}
          hint={`${words.slugHint(`${props.publicUrl}/livres/`)}${book ? ` ${words.slugKept}` : ''}`}
          maxlength={100}
        />
        {takesFile && <Progress label={words.sending} />}
        <div class="buttons">
          <button>{book ? desk.save : isPack ? words.createPack : words.create}</button>
          <button
            class="quiet"
            name="apercu"
            value="oui"
            {...(brings && {
              // Opens the preview in a window of its own, so that the chosen files stay chosen
              // here.
              formtarget: '_blank',
              formenctype: 'application/x-www-form-urlencoded',
            })}
          >
            {words.preview}
          </button>
        </div>
      </form>
      <p>
        <a href={book ? paths.deskBook(book.slug) : paths.deskBooks}>{desk.cancel}</a>
      </p>
    </StatePage>
  )
}

type BegunProps = { book: WholeBook; error: string | undefined; language: Language }

/** What is done already, and what became of the file. */
function BegunNote({ book, error, language }: BegunProps) {
  const words = bookFormWords(language)
  return (
    <div class={error ? 'note bad' : 'note'} role={error ? 'alert' : 'status'}>
      <p>{words.begun}</p>
      {error && (
        <p>
          {words.noFileYet} {error} <a href={paths.startUpload(book.slug)}>{words.sendFile}</a>
        </p>
      )}
    </div>
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

type MeanwhileProps = { book: WholeBook; typed: Typed; language: Language }

/** What the other editor saved, where it differs from the form. */
function Meanwhile({ book, typed, language }: MeanwhileProps) {
  const words = bookFormWords(language)
  const stored = typedOf(book)
  const differing = LABELLED.filter(
    (name) => stored[name].trim() !== typed[name].trim().replace(/\r\n?/g, '\n'),
  )
  return (
    <div class="note bad" role="alert">
      <p>{deskWords(language).changedMeanwhile(book.changedByName ?? words.somebody)}</p>
      {differing.length > 0 && (
        <>
          <h2>{words.stored}</h2>
          <dl>
            {differing.map((name) => (
              <>
                <dt>{words[name]}</dt>
                <dd class="as-typed">{stored[name] || '–'}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </div>
  )
}

function languageOptions(language: Language, takesFile: boolean) {
  const codes = BOOK_LANGUAGES.map((code) => ({ value: code, label: languageName(code, language) }))
  const ofFile = { value: '', label: bookFormWords(language).languageOfFile }
  return takesFile ? [ofFile, ...codes] : codes
}

const languageName = (code: string, language: Language) =>
  new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code
