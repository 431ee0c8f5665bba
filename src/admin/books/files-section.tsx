import type { DeskFile, Slot } from '../../data/books/desk-files.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import { lookUp } from '../../lib/look-up.ts'
import { paths } from '../../links/addresses.ts'
import { CheckField, TextField } from '../../views/form.tsx'
import { fileSize, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { UploadForm } from '../uploads/form.tsx'
import { stampSentence } from '../uploads/words.ts'
import type { Shown } from '../deeds/deed.ts'
import { deskWords } from '../words.ts'
import { extentOf } from '../../words/download-time.ts'
import { moment } from '../../words/moments.ts'
import { booksWords } from './words.ts'
import { Section } from '../parts.tsx'

type Props = {
  book: WholeBook
  slots: Slot[]
  /** Whichever of the page's forms was refused. */
  shown: Shown<never> | undefined
  isOnSale: boolean
  language: Language
}

/** The book's files: what buyers get, what anybody may read, and earlier versions. */
export function FilesSection({ slots, ...props }: Props) {
  const words = booksWords(props.language).files
  return (
    <Section class="card" id="fichiers" title={words.title}>
      {slots.length === 0 ? <p>{words.none}</p> : <p class="soft small">{words.newVersions}</p>}
      {slots.map((slot) => (
        <SlotPart {...props} slot={slot} />
      ))}
      <details open={slots.length === 0}>
        <summary>{words.send}</summary>
        <UploadForm
          book={props.book}
          slots={slots}
          isBeside={slots.length > 0}
          language={props.language}
        />
      </details>
    </Section>
  )
}

type SlotPartProps = Omit<Props, 'slots'> & { slot: Slot }

function SlotPart({ book, slot, shown, isOnSale, language }: SlotPartProps) {
  const words = booksWords(language).files
  const current = slot.versions.find(({ withdrawnAt }) => !withdrawnAt)
  const names = { livre: words.main, leger: words.light }
  const name = slot.isSample ? words.sample : (lookUp(names, slot.slot) ?? slot.slot)
  // The page has several such forms: each field has an id of its own.
  const [titleName, sampleName] = [`title-${slot.slot}`, `sample-${slot.slot}`]
  const error = shown?.errors[titleName]
  const typed = error ? shown?.sent : undefined
  return (
    <div class="slot">
      <h3>
        {slot.title || name}
        {slot.isSample && slot.title && <span class="badge soft">{words.sample}</span>}
      </h3>
      {slot.isSample && isOnSale && current && (
        <p>
          <a href={paths.sample(book.slug)}>{words.sampleSeen}</a>
        </p>
      )}
      <ul class="list">
        {slot.versions.map((file) => (
          <li>
            <Version file={file} isCurrent={file === current} book={book} language={language} />
          </li>
        ))}
      </ul>
      <details open={error !== undefined}>
        <summary>{words.settle}</summary>
        <form method="post" action={paths.slot(book.slug, slot.slot)}>
          <TextField
            name={titleName}
            label={words.name}
            hint={words.nameHint}
            error={error}
            value={typed?.get(titleName) ?? slot.title}
            maxlength={100}
          />
          <CheckField
            name={sampleName}
            label={words.isSample}
            hint={words.isSampleHint}
            checked={typed?.has(sampleName) ?? slot.isSample}
          />
          <button class="small-button quiet">{deskWords(language).save}</button>
        </form>
      </details>
    </div>
  )
}

type VersionProps = { file: DeskFile; isCurrent: boolean; book: WholeBook; language: Language }

function Version({ file, isCurrent, book, language }: VersionProps) {
  const words = booksWords(language).files
  const shop = wordsIn(language)
  const deed = file.withdrawnAt ? 'remettre' : 'retirer'
  return (
    <div class="version">
      <p>
        <strong>{words.version(file.version)}</strong>{' '}
        {file.withdrawnAt ? (
          <span class="badge bad">{words.withdrawn}</span>
        ) : isCurrent ? (
          <span class="badge good">{file.isSample ? words.currentSample : words.current}</span>
        ) : (
          <span class="badge soft">{words.older}</span>
        )}
        <br />
        <span class="file-name">{file.name}</span>
        <br />
        <span class="soft">
          {[
            lookUp(shop.formats, file.mediaType) ?? '',
            ...extentOf(file, language),
            fileSize(file.sizeBytes, language),
            moment(file.createdAt, language),
          ].join('\u00A0· ')}
          {file.mediaType === 'application/pdf' && !file.isSample && (
            <>
              <br />
              {stampSentence(file, language)}
            </>
          )}
        </span>
      </p>
      {file.damagedAt && !file.withdrawnAt && <p class="error">{words.damaged}</p>}
      {file.announcedTo > 0 && <p class="soft small">{words.announced(file.announcedTo)}</p>}
      {isCurrent && !file.isSample && file.version > 1 && (
        <form method="post" action={paths.versionDeed(book.slug, file.id, 'annoncer')}>
          <button class="link">{words.announce}</button>
        </form>
      )}
      <form method="post" action={paths.versionDeed(book.slug, file.id, deed)}>
        <button class="link">{file.withdrawnAt ? words.restore : words.withdraw}</button>
      </form>
    </div>
  )
}
