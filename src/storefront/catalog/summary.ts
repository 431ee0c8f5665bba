import type { Book } from '../../data/books/books.ts'
import { paths } from '../../links/addresses.ts'
import { coverVersion } from '../../views/cover.tsx'
import { priceLabel } from '../../views/price.tsx'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

/** What search engines and WhatsApp show of a text: about two lines. */
const MOST_LETTERS = 160
/** Enough text for that, Markdown included; a long description is read no further. */
const MOST_READ = 2000

/**
 * The start of the description without its Markdown; without a description, what the book is and
 * costs.
 */
export function summaryOf(book: Book, language: Language): string {
  const plain = plainText(book.description)
  if (plain.length < 20)
    return wordsIn(language).book.description(book.title, book.author, priceLabel(book, language))
  return shortened(plain)
}

/**
 * No pattern searches past the next occurrence of its first character: an unclosed one costs one
 * search.
 */
export const plainText = (markdown: string) =>
  markdown
    .slice(0, MOST_READ)
    .replace(/!?\[([^[\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/^[^\S\n]*(#+|[-*+>]|\d+\.)\s+/gm, '')
    .replace(/[*_`~]/g, '')
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim()

export function shortened(text: string): string {
  if (text.length <= MOST_LETTERS) return text
  const cut = text.slice(0, MOST_LETTERS)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MOST_LETTERS / 2))}…`
}

/** WhatsApp shows no drawing, no WebP, and nothing above this weight or below 300 pixels. */
export function sharedPicture(book: Book) {
  if (!book.coverKey) return undefined
  const version = coverVersion(book.coverKey)
  if (book.coverShare) {
    const { type, width, height } = book.coverShare
    return { path: paths.cover(book.slug, { version, width: 'partage' }), type, width, height }
  }
  const isShown = /^image\/(jpeg|png)$/.test(book.coverType ?? '')
  return isShown
    ? {
        path: paths.cover(book.slug, { version }),
        type: book.coverType!,
        width: book.coverWidth!,
        height: book.coverHeight!,
      }
    : undefined
}
