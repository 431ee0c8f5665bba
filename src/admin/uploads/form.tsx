import { LIGHT_SLOT } from '../../data/books/books.ts'
import { paths } from '../../links/addresses.ts'
import { STAMP_CHOICES } from '../../data/books/file-stamps.ts'
import type { FileStampChoice } from '../../data/books/file-stamps.ts'
import { Field, SelectField, TextField, tie } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { MAX_TITLE } from '../../files/uploads/limits.ts'
import { NEW_FILE, NEW_SAMPLE } from '../../files/uploads/what.ts'
import { uploadWords } from './words.ts'
import { Progress, SizeHints } from '../parts.tsx'

export type UploadFormProps = {
  book: { slug: string }
  /** The files that the book has: each may get a new version. */
  slots: readonly { slot: string; title: string; isSample: boolean; stamp: FileStampChoice }[]
  /** The page has a more important button. */
  isBeside?: boolean
  language: Language
  typed?: { slot: string; title: string; stamp: FileStampChoice } | undefined
  errors?: { slot?: string; title?: string; file?: string } | undefined
}

/**
 * Uploads a file for a book: in pieces with `sendingScript` on the page, otherwise as a plain form.
 * Give the page that script: `c.render(page, { scripts: [sendingScript] })`.
 */
export function UploadForm({ book, slots, language, typed, errors, ...place }: UploadFormProps) {
  const words = uploadWords(language)
  const main = slots.find(({ slot }) => slot === 'livre')
  const hasMain = main !== undefined
  const others = slots.filter(({ slot }) => slot !== 'livre')
  const options = [
    { value: 'livre', label: hasMain ? words.newMain : words.main },
    ...others.map(({ slot, title, isSample }) => ({
      value: slot,
      label: words.newVersion(
        title || (isSample ? words.sample : slot === LIGHT_SLOT ? words.theLight : slot),
      ),
    })),
    ...(others.some(({ slot }) => slot === LIGHT_SLOT)
      ? []
      : [{ value: LIGHT_SLOT, label: words.newLight }]),
    ...(others.some(({ isSample }) => isSample)
      ? []
      : [{ value: NEW_SAMPLE, label: words.newSample }]),
    { value: NEW_FILE, label: words.newFile },
  ]
  const fileTie = { name: 'file', hint: words.types, error: errors?.file }
  return (
    <form
      method="post"
      action={paths.simpleUpload(book.slug)}
      enctype="multipart/form-data"
      class="upload"
      data-send={paths.startUpload(book.slug)}
      data-words={JSON.stringify(words.script)}
    >
      <SelectField
        name="slot"
        label={words.slot}
        hint={hasMain ? words.version : undefined}
        value={typed?.slot ?? 'livre'}
        options={options}
        error={errors?.slot}
      />
      <TextField
        name="title"
        label={words.name}
        hint={words.nameHint}
        value={typed?.title ?? ''}
        maxlength={MAX_TITLE}
        error={errors?.title}
      />
      <Field {...fileTie} label={words.file}>
        <input {...tie(fileTie)} type="file" accept=".pdf,.epub,.mp3,.m4a,.m4b" required />
      </Field>
      <SizeHints words={words} />
      <SelectField
        name="stamp"
        label={words.stamp}
        hint={words.stampHint}
        value={typed?.stamp ?? main?.stamp ?? 'tenth'}
        options={STAMP_CHOICES.map((value) => ({ value, label: words.stampChoices[value] }))}
      />
      <Progress label={words.send} />
      <button class={place.isBeside ? 'quiet' : undefined}>{words.send}</button>
    </form>
  )
}
