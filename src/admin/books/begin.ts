import { addDraft } from '../../data/books/book-deeds.ts'
import type { TypedBook } from '../../data/books/book-deeds.ts'
import { findBookBySlug } from '../../data/books/desk-books.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import { findAbout } from '../../data/books/desk-files.ts'
import { findUpload } from '../../data/books/uploads.ts'
import type { Upload } from '../../data/books/uploads.ts'
import { sendWhole, startUpload } from '../../files/uploads/deeds.ts'
import { readStamp, readWhat } from '../../files/uploads/what.ts'
import type { What } from '../../files/uploads/what.ts'
import { bytesOf } from '../../forms/read.ts'
import { titleLine } from '../../forms/shapes.ts'
import { paths } from '../../links/addresses.ts'
import { numberedSlug } from '../../lib/slug.ts'
import type { FileAbout } from '../../storage/about.ts'
import { accountCurrencies, CURRENCIES } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import type { Outcome, SentVisit } from '../deeds/deed.ts'
import { announcedSize, stateOf } from '../uploads/answers.ts'
import { faultSentence, uploadWords } from '../uploads/words.ts'
import { MAX_BOOK_TITLE, readBook, unpriced } from './book-form.ts'
import type { FormErrors, Typed } from './book-form.ts'
import { changeCover, readCover } from './cover.ts'
import type { Pictures } from './cover.ts'
import { bookFormWords } from './form-words.ts'
import { booksWords } from './words.ts'

/**
 * A book begun from its file. A browser hands over a file only once, so the draft is made at once,
 * with a default wherever a field was left blank or is wrong. The form then continues as that
 * draft's, with what was typed, and with what the file says in the blank fields.
 */
export type Begun = { begun: { book: WholeBook; typed: Typed; errors: FormErrors } }

/** Fields that may be left blank: the file says them, or nobody can know them yet. */
const BLANKS = ['title', 'author', 'language', 'slug', 'price'] as const
type Blank = (typeof BLANKS)[number]

/** The form's file field, or what the script announces of a file sent in pieces. */
export function announcedFile({ sent, files }: SentVisit) {
  if (sent.has('size')) return { name: sent.get('name') ?? '', sizeBytes: announcedSize(sent) }
  const file = files.get('file')
  return file && { name: file.name, sizeBytes: file.size }
}

export async function beginBook(visit: SentVisit, typed: Typed): Promise<Outcome<Begun>> {
  const { shop, person, language, now, sent } = visit
  const inPieces = sent.has('size')
  const file = announcedFile(visit)
  const what = file && readWhat(new Map([['slot', 'livre']]), file, [])
  const cover = await coverIn(visit)
  const draft = firstDraft(visit, typed, stemOf(file?.name ?? ''))
  const errors: FormErrors = { ...draft.errors, ...cover.errors }
  if (what && !what.ok) errors.file = uploadWords(language).refusals[what.fault]
  // The script keeps its page, its file and everything typed, so it hears of a fault before
  // anything is begun.
  const wrong = (Object.keys(errors) as (keyof FormErrors)[]).find((name) => !isBlank(typed, name))
  if (inPieces && wrong) return json({ field: wrong, sentence: errors[wrong] }, 422)

  const slug = await addUnderFreeSlug(visit, draft.book)
  shop.log('book.created', { slug, personId: person.id })
  if (slug !== draft.book.slug && typed.slug.trim() !== '')
    errors.slug = bookFormWords(language).errors.slugTaken(slug)
  if (cover.pictures) await changeCover(shop, slug, cover.pictures)

  const upload = what?.ok ? await begunUpload(visit, slug, what.what) : undefined
  if (what?.ok && !upload) errors.file = uploadWords(language).tooMany
  const blanks = BLANKS.filter((name) => isBlank(typed, name))
  // An address that was made of the typed title is no question any more.
  const open = blanks.filter((name) => name !== 'slug' || isBlank(typed, 'title'))
  const next =
    open.length === 0
      ? `${paths.deskBook(slug)}?fait=cree`
      : `${paths.editBook(slug)}?vides=${open.join('.')}`
  if (inPieces)
    return upload
      ? json({ ...stateOf(upload), page: paths.upload(upload.id), next }, 201)
      : json({ field: 'file', sentence: errors.file }, 409)
  if (upload) errors.file = await sentWhole(visit, upload)
  if (errors.file === undefined) delete errors.file

  const stillWrong = Object.keys(errors).some((name) => !isBlank(typed, name))
  if (!stillWrong) return next
  const book = (await findBookBySlug(shop.sql, slug, now))!
  const about = (await findAbout(shop.sql, book.id, 'chapters'))?.about
  const kept = filled({ ...typed, slug: errors.slug ? slug : typed.slug }, blanks, book, about)
  // Filled in from the file: nothing is left to correct in that field.
  for (const name of blanks) if (kept[name].trim() !== '') delete errors[name]
  return { more: { begun: { book, typed: kept, errors } } }
}

/** The blank fields, filled from the file or else with the draft's defaults; the price stays open. */
export function filled(
  typed: Typed,
  blanks: readonly string[],
  stored: Pick<WholeBook, 'title' | 'author' | 'language'>,
  about: FileAbout | undefined,
): Typed {
  const known = { ...stored, ...about }
  const first: Record<Blank, string> = {
    title: known.title === bookFormWords('fr').untitled ? '' : known.title,
    author: known.author,
    language: known.language,
    slug: '',
    price: '',
  }
  const mine = BLANKS.filter((name) => blanks.includes(name))
  return { ...typed, ...Object.fromEntries(mine.map((name) => [name, first[name]])) }
}

/** Whether something is left to say of a book that was just begun, or its file knows what it has not. */
export function isOpen(
  blanks: readonly string[],
  stored: Pick<WholeBook, 'language' | 'contents' | 'coverKey'>,
  about: FileAbout | undefined,
): boolean {
  const language = blanks.includes('language')
    ? (about?.language ?? stored.language)
    : stored.language
  return (
    blanks.some((name) => name !== 'language') ||
    language !== stored.language ||
    (stored.contents === '' && about?.chapters !== undefined) ||
    (stored.coverKey === null && about?.cover !== undefined)
  )
}

const isBlank = (typed: Typed, name: string) =>
  BLANKS.some((blank) => blank === name) &&
  typed[name as Blank].trim() === '' &&
  !(name === 'price' && typed.priceKind === 'free')

type FirstDraft = { book: TypedBook; errors: FormErrors }

/** What was typed, with defaults where it cannot be stored; the default price cannot be sold at. */
function firstDraft({ person, language, shop }: SentVisit, typed: Typed, stem: string): FirstDraft {
  const currencies = accountCurrencies(shop.config.currency)
  const reading = readBook(typed, currencies, language)
  if (reading.ok) return { book: reading.book, errors: {} }
  const { errors } = reading
  const currency = errors.currency ? shop.config.currency : (typed.currency as Currency)
  const first: Partial<Record<keyof Typed, string>> = {
    title: stem || bookFormWords('fr').untitled,
    author: person.name,
    language: 'fr',
    currency,
    priceKind: 'fixed',
    price: String(CURRENCIES[currency].min),
    floor: '0',
  }
  const wrong = Object.keys(errors) as (keyof Typed)[]
  const mended = Object.fromEntries(wrong.map((name) => [name, first[name] ?? '']))
  const again = readBook({ ...typed, ...mended }, currencies, language)
  if (!again.ok) throw new Error(`first values are refused: ${Object.keys(again.errors).join()}`)
  const isPriced = !errors.price && !errors.floor && !errors.currency && !errors.priceKind
  const price = isPriced ? {} : { price: unpriced(currency), priceFloor: null }
  return { book: { ...again.book, ...price }, errors }
}

/** « Sept_pluies.epub » becomes the title "Sept pluies" until somebody types a better one. */
const stemOf = (name: string) =>
  titleLine(name.replace(/\.[a-z0-9]{1,8}$/i, '').replaceAll('_', ' ')).slice(0, MAX_BOOK_TITLE)

const MAX_TRIES = 50

async function addUnderFreeSlug({ shop, person, now }: SentVisit, book: TypedBook) {
  for (let number = 1; number <= MAX_TRIES; number++) {
    const slug = number === 1 ? book.slug : numberedSlug(book.slug, number)
    if (await addDraft(shop.sql, { ...book, slug }, person.id, now)) return slug
  }
  throw new Error(`no free address near ${book.slug}`)
}

type CoverIn = { pictures?: Pictures; errors: FormErrors }

/** The form's picture, and what is wrong with it. */
export async function coverIn({ files, language }: SentVisit): Promise<CoverIn> {
  if (!files.has('image')) return { errors: {} }
  const reading = readCover(await bytesOf(new Map([...files].filter(([name]) => name !== 'file'))))
  if (reading.ok) return { pictures: reading.pictures, errors: {} }
  const { fault, width, height } = reading
  const sentence = booksWords(language).cover.faults[fault]
  return { errors: { image: typeof sentence === 'string' ? sentence : sentence(width, height) } }
}

const begunUpload = ({ shop, person, sent }: SentVisit, bookSlug: string, what: What) =>
  startUpload(shop, {
    bookSlug,
    personId: person.id,
    what: { ...what, stamp: readStamp(sent.get('stamp')) },
  })

/** Sends the form's file; returns why it failed, if it did. */
async function sentWhole({ shop, person, files, language }: SentVisit, upload: Upload) {
  const outcome = await sendWhole(shop, upload, files.get('file')!, person.id)
  if (outcome === 'full') return uploadWords(language).full
  const now = await findUpload(shop.sql, { id: upload.id, personId: person.id })
  return now?.state === 'refused' && now.fault
    ? faultSentence(now.fault, now.faultDetail, language)
    : undefined
}

const json = (said: object, status: number) =>
  new Response(JSON.stringify(said), { status, headers: { 'content-type': 'application/json' } })
