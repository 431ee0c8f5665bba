import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Shop } from '../src/contracts/shop.ts'
import { addPromotion } from '../src/data/orders/promotions.ts'
import type { PromotionRules } from '../src/data/orders/promotions.ts'
import { inspectFile } from '../src/storage/inspect-file.ts'
import { bytesSource } from '../packages/pdf/source.ts'
import { addBook, listSlugs } from './add-book.ts'
import type { NewBook, NewFile } from './add-book.ts'

/** What `shop.json` says. The files of a book lie in `books/<slug>`, its cover among them. */
type Demonstration = {
  promotion: Pick<PromotionRules, 'code' | 'kind' | 'value'>
  /** As the storefront shows them, the first first. */
  books: (Omit<NewBook, 'description' | 'language' | 'currency' | 'cover' | 'files'> & {
    /** A paragraph each. */
    description: string[]
    files?: (Pick<NewFile, 'name' | 'slot' | 'title' | 'isSample'> & { file: string })[]
  })[]
}

const COVER = { type: 'image/svg+xml', width: 400, height: 600 }
/** Each book came out this long before the one above it. */
const BETWEEN_BOOKS_MS = 1_000

const HERE = dirname(fileURLToPath(import.meta.url))
/** This folder, which stands beside the built `dist`, too; the cPanel package has none. */
const FOLDER = import.meta.url.endsWith('.ts') ? HERE : join(HERE, '../demonstration')

type Seeded = Pick<Shop, 'sql' | 'files' | 'now'>

/**
 * Puts the demonstration books into an empty shop, or finishes a seeding that was cut. A shop that
 * holds any other book is left alone, and so is every shop where the books are not: undefined.
 */
export async function seedDemonstration(shop: Seeded): Promise<number | undefined> {
  const catalogue = join(FOLDER, 'shop.json')
  if (!existsSync(catalogue)) return undefined
  const { promotion, books } = JSON.parse(await readFile(catalogue, 'utf8')) as Demonstration
  const there = new Set(await listSlugs(shop.sql))
  const missing = books.filter(({ slug }) => !there.has(slug))
  if (there.size + missing.length > books.length) return undefined
  if (missing.length === 0) return 0

  const now = shop.now()
  const rules = { ...promotion, startsAt: null, endsAt: null, maxUses: null, bookIds: [] }
  await addPromotion(shop.sql, rules, null, now)
  // A pack comes after the books that it holds.
  for (const book of missing.toSorted((a, b) => Number('pack' in a) - Number('pack' in b)))
    await seedBook(shop, book, new Date(now.getTime() - books.indexOf(book) * BETWEEN_BOOKS_MS))
  return missing.length
}

async function seedBook(shop: Seeded, book: Demonstration['books'][number], publishedAt: Date) {
  const files: NewFile[] = []
  for (const { file, ...shown } of book.files ?? []) {
    const { bytes, ...stored } = await store(shop, 'books', book.slug, file)
    const found = await inspectFile(bytesSource(bytes), 'tenth')
    if (!found.ok) throw new Error(`${book.slug}/${file}: ${found.fault}`)
    files.push({ ...shown, ...stored, ...found })
  }
  const { key } = await store(shop, 'covers', book.slug, 'cover.svg')
  const description = book.description.join('\n\n')
  const typed = { ...book, description, language: 'fr', currency: 'XOF' } as const
  await addBook(shop.sql, { ...typed, cover: { ...COVER, key }, files }, publishedAt)
}

async function store(shop: Seeded, home: 'books' | 'covers', slug: string, name: string) {
  const bytes = await readFile(join(FOLDER, 'books', slug, name))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const key = `${home}/${slug}-${sha256.slice(0, 16)}${extname(name)}`
  await shop.files.put(key, new Blob([bytes]).stream(), bytes.length)
  return { bytes, key, sizeBytes: bytes.length, sha256 }
}
