import { chaptersOf, readManuscript, withTitle } from './manuscript.ts'
import { closeBook, leaveContentsPage } from './typesetter/binding.ts'
import { imprint, titlePage } from './typesetter/front-matter.ts'
import { type About, openBook } from './typesetter/layout.ts'
import type { Style } from './typesetter/paragraph.ts'
import { PRACTICAL, setText } from './typesetter/prose.ts'

// A whole recipe on one page: nobody turns pages with oily fingers.
const RECIPE: Style = { ...PRACTICAL, size: 11.8, leading: 14.6 }

export const about: About = {
  title: 'Cuisine de maquis',
  subtitle: 'Douze recettes de plein air, pour rentrer chez soi rassasié',
  author: 'Tante Gnamakou',
  subject: 'Livre de cuisine',
  colours: { ground: '#9a2a1f', mark: '#f3d9a4', accent: '#d98a1f' },
  headings: 'Helvetica',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'lozenges')
  imprint(
    book,
    'Les recettes sont originales ; Tante Gnamakou est imaginaire, mais elle cuisine très bien.',
  )
  leaveContentsPage(book)
  const chapters = chaptersOf(readManuscript('cuisine-de-maquis'))
  for (const [index, chapter] of chapters.entries()) {
    const isRecipe = index > 0 && index < chapters.length - 1
    setText(book, withTitle(chapter), isRecipe ? RECIPE : PRACTICAL)
  }
  return closeBook(book)
}
