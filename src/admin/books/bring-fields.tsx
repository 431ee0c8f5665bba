import type { WholeBook } from '../../data/books/desk-books.ts'
import { paths } from '../../links/addresses.ts'
import { Field, tie } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { SizeHints } from '../parts.tsx'
import { uploadWords } from '../uploads/words.ts'
import { bookFormWords } from './form-words.ts'
import { booksWords } from './words.ts'

type FileFieldProps = { error: string | undefined; language: Language }

/** The file that a new book is begun from; sent in pieces when `sendingScript` is on the page. */
export function BookFileField({ error, language }: FileFieldProps) {
  const words = bookFormWords(language)
  const sending = uploadWords(language)
  const file = { name: 'file', hint: words.fileHint, error }
  return (
    <div class="field">
      <Field {...file} label={words.file}>
        <input {...tie(file)} type="file" accept=".pdf,.epub,.mp3,.m4a,.m4b" />
      </Field>
      <SizeHints words={sending} />
    </div>
  )
}

type CoverFieldProps = {
  label: string
  /** The book whose file holds a picture that may become the cover. */
  offeredBy?: Pick<WholeBook, 'slug'> | undefined
  error: string | undefined
  language: Language
}

/** A cover picture, and the sizes that `coverScript` makes of it. */
export function CoverField({ label, offeredBy, error, language }: CoverFieldProps) {
  const words = booksWords(language).cover
  const field = { name: 'image', hint: words.hint, error }
  return (
    <div data-cover data-wait={words.wait} data-ready={words.ready} data-heavy={words.faults.heavy}>
      <Field {...field} label={label}>
        <input {...tie(field)} type="file" accept="image/jpeg,image/png,image/webp" />
      </Field>
      {offeredBy && (
        <p>
          <a class="tap" href={paths.fileCover(offeredBy.slug)} data-offer download>
            {words.fromFile}
          </a>{' '}
          <span class="hint">{words.fromFileHint}</span>
        </p>
      )}
      <p role="status" class="hint"></p>
    </div>
  )
}
