import * as v from 'valibot'
import { MIN_PACK_BOOKS } from '../../data/books/book-deeds.ts'
import type { TypedBook } from '../../data/books/book-deeds.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import { parse, typedIn } from '../../forms/parse.ts'
import type { Errors, Typed as TypedTexts } from '../../forms/parse.ts'
import type { Fields } from '../../forms/read.ts'
import { area, titleLine } from '../../forms/shapes.ts'
import type { FileAbout } from '../../storage/about.ts'
import { amountIn } from '../../lib/amount.ts'
import { hasName } from '../../lib/look-up.ts'
import { isSlug, slugOf } from '../../lib/slug.ts'
import { CURRENCIES, isPayable } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { bookFormWords } from './form-words.ts'
import type { BookFormWords } from './form-words.ts'

/** The fields with a label, in the order in which two versions of a book are compared. */
export const LABELLED = [
  'title', 'author', 'slug', 'description', 'contents', 'tags',
  'price', 'floor', 'currency', 'language',
] as const // prettier-ignore

/** What stands in a book's form, not yet interpreted. */
export type Typed = TypedTexts<(typeof LABELLED)[number] | 'priceKind'> & {
  kind: 'book' | 'pack'
  /** The position of each ticked book. */
  places: ReadonlyMap<number, string>
}
export type TypedErrors = Errors<keyof Typed>
/** Everything that the form may bring besides typed text has its sentences, too. */
export type FormErrors = Errors<keyof Typed | 'file' | 'image'>

/** The languages that the region's books are written in, besides French and English. */
export const BOOK_LANGUAGES = [
  'fr', 'en', 'ar', 'bm', 'ee', 'es', 'ff', 'ha', 'ln', 'mg', 'pt', 'sg', 'sw', 'wo', 'yo',
] as const // prettier-ignore

/** In letters, of a title or of an author's name. */
export const MAX_BOOK_TITLE = 200
/** Reserved: this address shows something else than a book. */
const TAKEN_BY_US = 'nouveau'

export function typedBook(fields: Fields): Typed {
  const places = [...fields.keys()].flatMap((name) => {
    const id = /^book-([1-9]\d{0,14})$/.exec(name)?.[1]
    return id ? [[Number(id), fields.get(`place-${id}`) ?? ''] as const] : []
  })
  return {
    ...typedIn(fields, [...LABELLED, 'priceKind']),
    kind: fields.get('kind') === 'pack' ? 'pack' : 'book',
    places: new Map(places),
  }
}

export const emptyForm = (kind: Typed['kind'], currency: Currency): Typed => ({
  ...typedBook(new Map()),
  kind,
  // A book may take it from its file.
  language: kind === 'pack' ? 'fr' : '',
  priceKind: 'fixed',
  currency,
})

/** The form, filled from the stored book. */
export function typedOf({ price, priceFloor, packBooks, ...book }: WholeBook): Typed {
  const priceKind = priceFloor !== null ? 'chosen' : price === 0 ? 'free' : 'fixed'
  return {
    ...book,
    priceKind,
    price: priceKind === 'free' || price === unpriced(book.currency) ? '' : String(price),
    floor: priceFloor === null ? '' : String(priceFloor),
    places: new Map(packBooks.map(({ bookId }, place) => [bookId, String(place + 1)])),
  }
}

/** Fills in what the book's file knows and the book lacks; typed text is never replaced. */
export const withOffer = (typed: Typed, about: FileAbout | undefined): Typed =>
  typed.contents === '' ? { ...typed, contents: about?.chapters?.join('\n') ?? '' } : typed

type BookReading = { ok: true; book: TypedBook } | { ok: false; errors: TypedErrors }

/**
 * Reads a book's form, with a sentence for every field that is wrong.
 * @param currencies those of the account, and the one that the book has already
 */
export function readBook(
  typed: Typed,
  currencies: readonly Currency[],
  language: Language,
): BookReading {
  const words = bookFormWords(language)
  const { errors } = words
  const Book = v.object({
    kind: v.picklist(['book', 'pack']),
    title: line(errors.title),
    author: line(errors.author),
    slug: v.pipe(
      v.string(),
      v.transform((slug) => slug.trim().toLowerCase() || slugOf(typed.title) || typed.kind),
      v.check((slug) => isSlug(slug), errors.slug),
      v.check((slug) => slug !== TAKEN_BY_US, errors.slugTaken('le-livre')),
    ),
    description: area({ max: 20_000 }, errors.description),
    tags: v.pipe(v.string(), v.transform(titleLine), v.maxLength(300, errors.tags)),
    contents: area({ max: 10_000 }, errors.contents),
    language: v.picklist(BOOK_LANGUAGES, errors.language),
    currency: v.picklist(currencies, errors.currency),
    priceKind: v.picklist(['fixed', 'free', 'chosen'], errors.priceKind),
  })
  const read = parse(Book, typed)
  const faults: TypedErrors = read.ok ? {} : { ...read.errors }
  const currency = hasName(CURRENCIES, typed.currency) ? typed.currency : undefined
  const price = currency && readPrice({ ...typed, currency }, words, language)
  const packBookIds = inOrder(typed.places)
  if (typed.kind === 'pack' && packBookIds.length < MIN_PACK_BOOKS) faults.places = errors.packBooks
  Object.assign(faults, price?.faults)
  if (!read.ok || !price || Object.keys(faults).length > 0) return { ok: false, errors: faults }
  const { priceKind: _, ...book } = read.value
  return {
    ok: true,
    book: { ...book, price: price.price, priceFloor: price.priceFloor, packBookIds },
  }
}

const line = (sentence: string) =>
  v.pipe(
    v.string(),
    v.transform(titleLine),
    v.minLength(1, sentence),
    v.maxLength(MAX_BOOK_TITLE, sentence),
  )

type PriceTyped = Typed & { currency: Currency }

function readPrice(typed: PriceTyped, words: BookFormWords, language: Language) {
  const { currency, priceKind } = typed
  const rule = priceRule(currency, language)
  const faults: TypedErrors = {}
  if (priceKind === 'free') return { price: 0, priceFloor: null, faults }
  const { hasCents } = CURRENCIES[currency]
  const price = amountIn(typed.price, hasCents)
  if (!isPayable(price, currency)) faults.price = words.errors.price(rule)
  if (priceKind !== 'chosen') return { price, priceFloor: null, faults }
  const floor = typed.floor.trim() === '' ? 0 : amountIn(typed.floor, hasCents)
  const isFloor = floor === 0 || (isPayable(floor, currency) && floor <= price)
  if (!isFloor) faults.floor = words.errors.floor(rule)
  return { price, priceFloor: floor, faults }
}

/** The price of a draft begun without one: nobody can buy at it, and the book cannot be put on sale. */
export const unpriced = (currency: Currency) => CURRENCIES[currency].max + CURRENCIES[currency].step

/** « de 100 F CFA à 2 000 000 F CFA, de 5 en 5 » */
export function priceRule(currency: Currency, language: Language): string {
  const { min, max, step } = CURRENCIES[currency]
  const spelt = (amount: number) => money(amount, currency, language)
  return bookFormWords(language).rule(spelt(min), spelt(max), String(step))
}

/** Sorted by position; those without one come last. */
function inOrder(places: Typed['places']): number[] {
  const place = (id: number) => Number.parseInt(places.get(id) ?? '', 10) || Number.MAX_SAFE_INTEGER
  return [...places.keys()].sort((a, b) => place(a) - place(b) || a - b)
}
