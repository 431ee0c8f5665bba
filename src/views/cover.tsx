import type { Book } from '../data/books/books.ts'
import { fnv1a } from '../lib/fnv.ts'
import { paths } from '../links/addresses.ts'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

type Covered = Pick<
  Book,
  'slug' | 'title' | 'coverKey' | 'coverWidth' | 'coverHeight' | 'coverSizes'
> &
  Partial<Pick<Book, 'coverPlain'>>

/** Cover keys are never reused, so this changes with the picture. */
export const coverVersion = (coverKey: string) => fnv1a(coverKey)

const LONG_TITLE = 50
/** Titles that need smaller letters in little space. */
export const isLong = (title: string) => title.length > LONG_TITLE

type CoverProps = {
  book: Covered
  language: Language
  /** How wide it stands on the page, as `sizes` says it. */
  sizes: string
  lazy?: boolean
  /** The picture that matters most: fetched before the others. */
  isFirst?: boolean
  /** Its title stands beside it, so it needs no alternative text. */
  isPlain?: boolean
  /** The address of its pictures; the desk has its own, which also serve drafts. */
  address?: typeof paths.cover
}

/** A cover, or the title if there is no cover. */
export function Cover({ book, language, sizes, lazy, isFirst, isPlain, ...props }: CoverProps) {
  const address = props.address ?? paths.cover
  if (book.coverKey === null || !book.coverWidth || !book.coverHeight)
    return (
      <div class={`cover blank${isLong(book.title) ? ' long' : ''}`} aria-hidden="true">
        {!isPlain && <span>{book.title}</span>}
      </div>
    )
  const version = coverVersion(book.coverKey)
  const widths = book.coverSizes.map(({ width }) => width)
  const srcset = widths.map((width) => `${address(book.slug, { version, width })} ${width}w`)
  const inSizes = widths.length > 1 ? { srcset: srcset.join(', '), sizes } : {}
  const plain = book.coverPlain ? ('jpeg' as const) : undefined
  const image = (
    <img
      class="cover"
      src={address(book.slug, { version, width: plain ?? widths.find((width) => width >= 320) })}
      {...(plain ? {} : inSizes)}
      alt={isPlain ? '' : wordsIn(language).book.cover(book.title)}
      width={book.coverWidth}
      height={book.coverHeight}
      loading={lazy ? 'lazy' : undefined}
      fetchpriority={isFirst ? 'high' : undefined}
    />
  )
  if (!plain) return image
  // A browser without WebP (KaiOS, old Safari) uses the fallback below.
  return (
    <picture>
      <source type={book.coverSizes[0]?.type} {...inSizes} />
      {image}
    </picture>
  )
}
