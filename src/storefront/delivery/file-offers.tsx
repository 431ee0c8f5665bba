import { LIGHT_SLOT } from '../../data/books/books.ts'
import type { OfferedFile } from '../../data/orders/orders.ts'
import { lookUp } from '../../lib/look-up.ts'
import { paths } from '../../links/addresses.ts'
import { extentOf, weightOf } from '../../words/download-time.ts'
import { ButtonLink } from '../../views/links.tsx'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

/** A file with the key that opens it, and how much of it the buyer has downloaded. */
export type KeyedFile = OfferedFile & {
  key: string
  /** The progress of an unfinished copy. */
  begunPercent: number | undefined
  /** Enough copies were downloaded that the next request must answer a question. */
  isAsked: boolean
}

/** The first available file stands out. */
export function FileOffers({ files, language }: { files: KeyedFile[]; language: Language }) {
  const first = files.find(({ damagedAt }) => damagedAt === null)
  return (
    <>
      {files.map((file) => (
        <FileOffer file={file} isFirst={file === first} language={language} />
      ))}
    </>
  )
}

type OfferProps = { file: KeyedFile; isFirst: boolean; language: Language }

function FileOffer({ file, isFirst, language }: OfferProps) {
  const words = wordsIn(language)
  const isLight = file.slot === LIGHT_SLOT
  const title = file.title || (isLight ? words.file.light : '')
  return (
    <section class="file">
      <p>
        <strong>{file.bookTitle}</strong>
        {title && ` – ${title}`}
        <br />
        <span class="soft">
          {[
            lookUp(words.formats, file.mediaType) ?? '',
            ...extentOf(file, language),
            ...weightOf(file.sizeBytes, language),
          ].join('\u00A0· ')}
        </span>
        {isLight && (
          <>
            <br />
            <span class="soft small">{words.file.lightText}</span>
          </>
        )}
      </p>
      <FileState file={file} isFirst={isFirst} language={language} />
    </section>
  )
}

function FileState({ file, isFirst, language }: OfferProps) {
  const words = wordsIn(language)
  const address = paths.download(file.key, file.name)
  if (file.damagedAt) return <p class="summary">{words.file.damaged.short}</p>
  const isBegun = file.begunPercent !== undefined
  return (
    <>
      {file.isAsked && <p class="small">{words.file.limit.short}</p>}
      {isBegun && <p>{words.file.resume.text(file.begunPercent!)}</p>}
      <div class="buttons">
        <ButtonLink
          to={`${address}?telecharger`}
          label={isBegun ? words.file.resume.go : words.order.paid.download}
          quiet={!isFirst}
        />
        {file.mediaType !== 'application/epub+zip' && (
          <a class="button quiet" href={address}>
            {file.mediaType.startsWith('audio/') ? words.order.paid.listen : words.order.paid.read}
          </a>
        )}
      </div>
    </>
  )
}
