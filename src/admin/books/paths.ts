import { paths } from '../../links/addresses.ts'

/** The addresses of this room, by the names that it uses. */
export const bookPaths = {
  list: paths.deskBooks,
  newBook: paths.newBook,
  newPack: `${paths.newBook}?type=lot`,
  book: paths.deskBook,
  edit: paths.editBook,
  deed: paths.bookDeed,
  setCover: paths.deskCover,
  dropCover: paths.dropCover,
  cover: paths.ownCover,
  slot: paths.slot,
  version: (slug: string, fileId: number, deed: 'retirer' | 'remettre' | 'annoncer') =>
    `${paths.fileVersion(slug, fileId)}/${deed}`,
}

export type BookDeed = 'publier' | 'programmer' | 'retirer' | 'archiver' | 'desarchiver'
