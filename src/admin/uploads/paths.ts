import { paths } from '../../links/addresses.ts'

const upload = (id: string) => `${paths.desk}/envois/${id}`

/** The addresses of this room. */
export const uploadPaths = {
  start: (bookSlug: string) => `${paths.desk}/livres/${bookSlug}/fichiers`,
  simple: (bookSlug: string) => `${paths.desk}/livres/${bookSlug}/fichiers/simple`,
  upload,
  finish: (id: string) => `${upload(id)}/finir`,
  giveUp: (id: string) => `${upload(id)}/abandonner`,
  book: (slug: string) => `${paths.desk}/livres/${slug}`,
}
