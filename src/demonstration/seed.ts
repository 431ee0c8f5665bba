import { addBook, listSlugs } from '../data/books/books.ts'
import { hex } from '../lib/encoding.ts'
import { bytesSource } from '../lib/pdf/source.ts'
import { readRecipe } from '../lib/pdf/stamp/read-recipe.ts'
import type { Shop } from '../contracts/shop.ts'
import { demonstrationBooks } from './books.ts'

/**
 * Puts the demonstration books into an empty shop, or finishes a seeding that was cut. A shop that
 * holds any other book is left alone: undefined.
 * @param tell is called before each book, with its place
 */
export async function seedDemonstration(
  shop: Pick<Shop, 'sql' | 'files' | 'now'>,
  tell: (title: string, place: number, count: number) => void = () => {},
): Promise<number | undefined> {
  const there = new Set(await listSlugs(shop.sql))
  const missing = demonstrationBooks.filter(({ slug }) => !there.has(slug))
  if (there.size + missing.length > demonstrationBooks.length) return undefined
  // Last in the list, first in the window.
  for (const [index, book] of missing.toReversed().entries()) {
    tell(book.title, index + 1, missing.length)
    const { bytes: pdf, pages } = await book.makePdf()
    const file = await store(shop, `books/${book.slug}`, 'pdf', pdf)
    const cover = await store(shop, `covers/${book.slug}`, 'svg', book.cover.bytes)
    const stamp = { choice: 'tenth' as const, ...(await readRecipe(bytesSource(pdf), 'tenth')) }
    const { slug, title, author, description, tags, contents, language, priceFcfa: price } = book
    const { width, height, mediaType: type } = book.cover
    await addBook(
      shop.sql,
      {
        slug,
        title,
        author,
        description,
        tags,
        ...(contents && { contents }),
        language,
        price,
        currency: 'XOF',
        cover: { key: cover.key, type, width, height },
        file: { name: book.fileName, ...file, pages, stamp },
      },
      shop.now(),
    )
  }
  return missing.length
}

async function store(shop: Pick<Shop, 'files'>, name: string, ending: string, bytes: Uint8Array) {
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)))
  const key = `${name}-${sha256.slice(0, 16)}.${ending}`
  const body = new Blob([bytes as BlobPart]).stream()
  await shop.files.put(key, body, bytes.length)
  return { key, sizeBytes: bytes.length, sha256 }
}
