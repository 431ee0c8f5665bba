import {
  archiveBook,
  publishBook,
  unarchiveBook,
  withdrawBook,
} from '../../data/books/book-deeds.ts'
import type { Sql } from '../../data/database.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import {
  announceVersion,
  changeSlot,
  restoreVersion,
  withdrawVersion,
} from '../../data/books/desk-files.ts'
import { MAX_TITLE } from '../../files/uploads/limits.ts'
import { titleLine } from '../../forms/shapes.ts'
import { DAY_MS } from '../../lib/time.ts'
import { paths } from '../../links/addresses.ts'
import { isSellable } from '../../money/price.ts'
import { defineDeed, fault } from '../deeds/deed.ts'
import type { SentVisit, Visit } from '../deeds/deed.ts'
import { coverIn } from './begin.ts'
import { changeCover, dropCover, MAX_COVER_FORM_BYTES } from './cover.ts'
import { bookFormDeeds } from './form-deeds.ts'
import type { BookDeed } from '../../links/addresses.ts'
import { bookAt, showBook } from './show.tsx'
import { booksWords } from './words.ts'

/** What a person does to a book. Whatever cannot be done now is explained on the book's page. */
const aBook = { by: 'helper', on: bookAt, within: showBook } as const

const MAX_AHEAD_MS = 5 * 365 * DAY_MS

const at = (deed: BookDeed) => `${paths.deskBook.pattern}/${deed}`
const done = ({ slug }: Pick<WholeBook, 'slug'>, word: string) =>
  `${paths.deskBook(slug)}?fait=${word}`
const doneToFile = (book: WholeBook, word: string) => `${done(book, word)}#fichiers`

async function putOnSale(visit: SentVisit, book: WholeBook, at: Date) {
  const { shop, person, now, language } = visit
  const { slug } = book
  if (!isSellable(book)) return { clash: booksWords(language).refused.price }
  const outcome = await publishBook(shop.sql, slug, at, now)
  switch (outcome) {
    case 'done': {
      const scheduled = at > now && { at: at.toISOString() }
      const event = scheduled ? 'book.scheduled' : 'book.published'
      shop.log(event, { slug, ...scheduled, personId: person.id })
      return done(book, scheduled ? 'programme' : 'vente')
    }
    case 'already':
      return paths.deskBook(slug)
    case 'gone':
      return fault(404)
    default:
      return { clash: booksWords(language).refused[outcome] }
  }
}

const publish = defineDeed({
  ...aBook,
  path: at('publier'),
  act: (visit, book) => putOnSale(visit, book, visit.now),
})

const schedule = defineDeed({
  ...aBook,
  path: at('programmer'),
  act: (visit, book) => {
    const { now, sent, language } = visit
    const at = momentIn(sent.get('when') ?? '')
    const isAhead = at && at > now && at.getTime() <= now.getTime() + MAX_AHEAD_MS
    return isAhead
      ? putOnSale(visit, book, at)
      : { errors: { when: booksWords(language).refused.when } }
  },
})

/** A deed that may be repeated without harm. */
const change = (
  deed: BookDeed,
  event: `book.${string}`,
  word: string,
  act: (sql: Sql, slug: string, now: Date) => Promise<void>,
) =>
  defineDeed({
    ...aBook,
    path: at(deed),
    act: async ({ shop, person, now }, book) => {
      await act(shop.sql, book.slug, now)
      shop.log(event, { slug: book.slug, personId: person.id })
      return done(book, word)
    },
  })

const setCover = defineDeed({
  ...aBook,
  path: paths.deskCover.pattern,
  maxBytes: MAX_COVER_FORM_BYTES,
  files: { tooLarge: ({ language }) => ({ image: booksWords(language).cover.faults.heavy }) },
  act: async (visit, book) => {
    const { shop, person, language, files } = visit
    if (!files.has('image')) return { errors: { image: booksWords(language).cover.faults.none } }
    const { pictures, errors } = await coverIn(visit)
    if (!pictures) return { errors }
    if (!(await changeCover(shop, book.slug, pictures))) return fault(404)
    shop.log('cover.changed', { slug: book.slug, personId: person.id })
    return done(book, 'couverture')
  },
})

const takeCoverOff = defineDeed({
  ...aBook,
  path: paths.dropCover.pattern,
  act: async ({ shop, person }, book) => {
    await dropCover(shop, book.slug)
    shop.log('cover.dropped', { slug: book.slug, personId: person.id })
    return done(book, 'sans-couverture')
  },
})

/** The page has several such forms: each field's name contains its slot. */
const settleSlot = defineDeed({
  ...aBook,
  path: paths.slot.pattern,
  act: async ({ shop, place, sent, language }, book) => {
    const slot = place('slot')
    const name = `title-${slot}`
    const title = titleLine(sent.get(name) ?? '')
    const asked = { bookSlug: book.slug, slot, title, isSample: sent.has(`sample-${slot}`) }
    const outcome = title.length > MAX_TITLE ? 'title' : await changeSlot(shop.sql, asked)
    if (outcome === 'done') return doneToFile(book, 'fichier')
    if (outcome === 'gone') return fault(404)
    return { errors: { [name]: booksWords(language).refused[outcome] } }
  },
})

const atVersion = (deed: 'retirer' | 'remettre' | 'annoncer') =>
  `${paths.fileVersion.pattern}/${deed}`
const fileOf = ({ place }: Visit, { slug }: WholeBook) => ({
  bookSlug: slug,
  fileId: Number(place('id')),
})

const withdrawFile = defineDeed({
  ...aBook,
  path: atVersion('retirer'),
  act: async (visit, book) => {
    const { shop, person, now, language } = visit
    const file = fileOf(visit, book)
    const outcome = await withdrawVersion(shop.sql, file, now)
    if (outcome === 'gone') return fault(404)
    if (outcome === 'last-file') return { clash: booksWords(language).refused[outcome] }
    shop.log('file.withdrawn', { fileId: file.fileId, personId: person.id })
    return doneToFile(book, 'version-retiree')
  },
})

const restoreFile = defineDeed({
  ...aBook,
  path: atVersion('remettre'),
  act: async (visit, book) => {
    const file = fileOf(visit, book)
    if ((await restoreVersion(visit.shop.sql, file)) === 'gone') return fault(404)
    visit.shop.log('file.restored', { fileId: file.fileId, personId: visit.person.id })
    return doneToFile(book, 'version-remise')
  },
})

const announceFile = defineDeed({
  ...aBook,
  path: atVersion('annoncer'),
  act: async (visit, book) => {
    const { shop, person, now, language } = visit
    if (!shop.mail) return { clash: booksWords(language).refused['no-mail'] }
    const file = fileOf(visit, book)
    const buyers = await announceVersion(shop.sql, file, shop.provider.isPlayMoney, now)
    if (buyers === undefined) return fault(404)
    shop.log('file.announced', { fileId: file.fileId, buyers, personId: person.id })
    return doneToFile(book, buyers > 0 ? 'annonce' : 'annonce-personne')
  },
})

/** What `datetime-local` sends, or a person types instead; in GMT, as in Bamako. */
function momentIn(text: string): Date | undefined {
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?$/.exec(text.trim()) ?? []
  const at = new Date(`${day}T${hour}:00Z`)
  // 31 February would otherwise become another day.
  return at.getTime() > 0 && at.toISOString().startsWith(`${day}T${hour}`) ? at : undefined
}

export const bookDeeds = [
  ...bookFormDeeds,
  publish,
  schedule,
  change('retirer', 'book.withdrawn', 'retire', withdrawBook),
  change('archiver', 'book.archived', 'archive', archiveBook),
  change('desarchiver', 'book.unarchived', 'desarchive', unarchiveBook),
  setCover,
  takeCoverOff,
  settleSlot,
  withdrawFile,
  restoreFile,
  announceFile,
]
