import { paths } from '../../links/addresses.ts'
import type { CoverAddress } from '../../links/addresses.ts'

const books = `${paths.desk}/livres`
const book = (slug: string) => `${books}/${slug}`

/** The addresses of this room. */
export const bookPaths = {
  list: books,
  newBook: `${books}/nouveau`,
  newPack: `${books}/nouveau?type=lot`,
  book,
  edit: (slug: string) => `${book(slug)}/modifier`,
  deed: (slug: string, deed: BookDeed) => `${book(slug)}/${deed}`,
  setCover: (slug: string) => `${book(slug)}/couverture`,
  dropCover: (slug: string) => `${book(slug)}/couverture/enlever`,
  cover: (slug: string, { version, width }: CoverAddress) =>
    `${book(slug)}/couverture?v=${version}${width ? `&l=${width}` : ''}`,
  slot: (slug: string, slot: string) => `${book(slug)}/emplacements/${slot}`,
  version: (slug: string, fileId: number, deed: 'retirer' | 'remettre' | 'annoncer') =>
    `${book(slug)}/versions/${fileId}/${deed}`,
}

export type BookDeed = 'publier' | 'programmer' | 'retirer' | 'archiver' | 'desarchiver'
