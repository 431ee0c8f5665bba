import { addDraft, saveBook } from '../../data/books/book-deeds.ts'
import { paths } from '../../links/addresses.ts'
import { findAbout } from '../../data/books/desk-files.ts'
import { findBookById } from '../../data/books/desk-books.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import type { Language } from '../../words/words.ts'
import { numberedSlug, slugOf } from '../../lib/slug.ts'
import { defineDeed, fault, go } from '../deeds/deed.ts'
import type { Detour, Outcome, Shown, Visit } from '../deeds/deed.ts'
import { hidden, wholeNumber } from '../deeds/fields.tsx'
import { accountCurrencies } from '../../money/currency.ts'
import { MAX_SIMPLE_BYTES } from '../../files/uploads/limits.ts'
import { uploadWords } from '../uploads/words.ts'
import { announcedFile, beginBook, coverIn, filled, isOpen } from './begin.ts'
import type { Begun } from './begin.ts'
import { changeCover, MAX_COVER_FORM_BYTES } from './cover.ts'
import { booksWords } from './words.ts'
import { emptyForm, readBook, typedBook, typedOf, withOffer } from './book-form.ts'
import { bookFormWords } from './form-words.ts'
import { bookAt, showForm } from './show.tsx'

/** The forms that create and edit a book. A third button shows a preview. */
type Preview = { isPreview: true }
type More = Preview | Begun

/** A description of 20 000 letters, each percent-encoded at its longest, and a pack. */
const MAX_FORM_BYTES = 256 * 1024

const create = defineDeed({
  path: paths.newBook,
  by: 'helper',
  maxBytes: MAX_FORM_BYTES + MAX_SIMPLE_BYTES,
  files: {
    perhaps: true,
    tooLarge: ({ language }) => ({ file: uploadWords(language).tooLargeForForm }),
  },
  page: ({ query, ...visit }, _, { sent, errors, more }: Shown<More>) => {
    if (more && 'begun' in more)
      return showForm({ query, ...visit }, { ...more.begun, isBegun: true })
    const kind = query('type') === 'lot' ? 'pack' : 'book'
    const typed = sent ? typedBook(sent) : emptyForm(kind, visit.shop.config.currency)
    // A slug derived from the title is shown, so that it can be changed.
    if (errors['slug']) typed.slug ||= slugOf(typed.title) || typed.kind
    return showForm({ query, ...visit }, { typed, errors, ...more })
  },
  act: async (visit): Promise<Outcome<More>> => {
    const { shop, person, now, language, sent, files } = visit
    if (sent.has('apercu')) return { more: { isPreview: true } }
    const typed = typedBook(sent)
    if (typed.kind === 'book' && (announcedFile(visit) || files.has('image')))
      return beginBook(visit, typed)
    const currencies = accountCurrencies(shop.config.currency)
    const reading = readBook({ ...typed, language: typed.language || 'fr' }, currencies, language)
    if (!reading.ok) return reading
    const { book } = reading
    if (!(await addDraft(shop.sql, book, person.id, now))) return slugTaken(book.slug, language)
    shop.log('book.created', { slug: book.slug, personId: person.id })
    return `${paths.deskBook(book.slug)}?fait=cree`
  },
})

const edit = defineDeed({
  path: paths.editBook.pattern,
  by: 'helper',
  maxBytes: MAX_FORM_BYTES + MAX_COVER_FORM_BYTES,
  files: {
    perhaps: true,
    tooLarge: ({ language }) => ({ image: booksWords(language).cover.faults.heavy }),
  },
  // Found by id: somebody else may have changed the slug since the form was opened.
  on: async (visit) => {
    if (visit.sent) return bookById(visit, visit.sent.get('id'))
    const book = await bookAt(visit)
    const blanks = visit.query('vides')?.split('.')
    if (!book || !blanks || isOpen(blanks, book, await aboutOf(visit, book))) return book
    return go(`${paths.deskBook(book.slug)}?fait=cree`)
  },
  fields: () => ({ version: hidden(wholeNumber) }),
  typed: (_, book) => ({ version: String(book.version) }),
  page: async (visit, stored, { sent, typed, errors, clash, more }: Shown<Preview>) => {
    const book = { ...stored, version: Number(typed['version']) }
    const isNew = sent === undefined && stored.kind === 'book'
    const about = isNew ? await aboutOf(visit, stored) : undefined
    const blanks = visit.query('vides')
    const shown = sent
      ? { ...typedBook(sent), kind: stored.kind }
      : withOffer(filled(typedOf(stored), (blanks ?? '').split('.'), stored, about), about)
    const isChangedMeanwhile = clash !== undefined
    const isBegun = isNew && blanks !== undefined
    // What nobody has said yet is asked at its field.
    const reading = isBegun
      ? readBook(shown, currenciesOf(visit, stored), visit.language)
      : undefined
    return showForm(visit, {
      book,
      about,
      typed: shown,
      errors: reading && !reading.ok ? reading.errors : errors,
      isChangedMeanwhile,
      isBegun,
      ...more,
    })
  },
  act: async (visit, stored, { version: versionSeen }) => {
    const { shop, person, now, language, sent } = visit
    if (sent.has('apercu')) return { more: { isPreview: true } }
    const { id, kind } = stored
    const reading = readBook({ ...typedBook(sent), kind }, currenciesOf(visit, stored), language)
    const cover = await coverIn(visit)
    if (!reading.ok) return { errors: { ...reading.errors, ...cover.errors } }
    if (cover.errors.image) return { errors: cover.errors }
    const { book } = reading
    switch (await saveBook(shop.sql, book, { id, versionSeen, personId: person.id }, now)) {
      case 'saved':
        if (cover.pictures) await changeCover(shop, book.slug, cover.pictures)
        shop.log('book.saved', { slug: book.slug, personId: person.id })
        return `${paths.deskBook(book.slug)}?fait=enregistre`
      case 'slug-taken':
        return slugTaken(book.slug, language)
      case 'few-books':
        return { errors: { places: bookFormWords(language).errors.packOnSale } }
      case 'changed-meanwhile':
        return undefined
      case 'gone':
        return fault(404)
    }
  },
})

/** Those of the account, and the one that the book has from before. */
const currenciesOf = ({ shop }: Pick<Visit, 'shop'>, { currency }: WholeBook) => [
  ...accountCurrencies(shop.config.currency),
  currency,
]

const aboutOf = async ({ shop }: Visit, { id }: WholeBook) =>
  (await findAbout(shop.sql, id, 'chapters'))?.about

const bookById = async ({ shop, now }: Visit, id = ''): Promise<WholeBook | Detour | undefined> =>
  /^\d{1,15}$/.test(id) ? findBookById(shop.sql, Number(id), now) : fault(400)

const slugTaken = (slug: string, language: Language) => ({
  errors: { slug: bookFormWords(language).errors.slugTaken(another(slug)) },
})

/** `le-livre` → `le-livre-2`, `le-livre-2` → `le-livre-3`. */
function another(slug: string): string {
  const [, stem = slug, number] = /^(.*?)(?:-(\d{1,3}))?$/.exec(slug) ?? []
  return numberedSlug(stem, Number(number ?? 1) + 1)
}

export const bookFormDeeds = [create, edit]
