import { readManuscript } from './manuscript.ts'
import { closeBook, leaveContentsPage } from './typesetter/binding.ts'
import { imprint, titlePage } from './typesetter/front-matter.ts'
import { type About, openBook } from './typesetter/layout.ts'
import { PRACTICAL, setText } from './typesetter/prose.ts'

export const about: About = {
  title: 'Vendre ses livres par téléphone',
  subtitle: 'Petit guide de l’auteur qui s’édite lui-même',
  author: 'Issa Fonio',
  subject: 'Guide pratique',
  colours: { ground: '#7d2f1b', mark: '#f0b955', accent: '#d9822b' },
  headings: 'Helvetica',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'dots')
  imprint(
    book,
    `Le texte est original et l'auteur imaginaire. Les conseils sont d'ordre général : les tarifs et les règles
    de votre opérateur ou de votre pays passent avant ce livre.`,
  )
  leaveContentsPage(book)
  setText(book, readManuscript('vendre-ses-livres-par-telephone'), PRACTICAL)
  return closeBook(book)
}
