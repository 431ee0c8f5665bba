import { chaptersOf, readManuscript, withTitle } from './manuscript.ts'
import { closeBook, leaveContentsPage } from './typesetter/binding.ts'
import { imprint, titlePage } from './typesetter/front-matter.ts'
import { newPage, openBook, PAGE, write } from './typesetter/layout.ts'
import type { About, Book } from './typesetter/layout.ts'
import { READING, setNote, setText } from './typesetter/prose.ts'

export const about: About = {
  title: 'L’œuvre du tailleur – et autres nouvelles',
  subtitle: 'et autres nouvelles, de Ségou à Abidjan',
  author: 'Mariam Karité',
  subject: 'Nouvelles',
  colours: { ground: '#1f2f57', mark: '#e2c391', accent: '#c8553d' },
  headings: 'Times',
}

const ALL_INVENTED =
  'Les textes sont originaux ; l’autrice, les personnages et leurs histoires sont imaginaires.'
const SLUG = 'l-oeuvre-du-tailleur'

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'triangles')
  imprint(book, ALL_INVENTED)
  dedicate(book)
  leaveContentsPage(book)
  setText(book, readManuscript(SLUG), READING)
  return closeBook(book)
}

/** The first story alone, for whoever wants to see before paying. */
export async function makeSample() {
  const book = openBook({ ...about, title: `${about.title} (extrait)` })
  titlePage(book, 'triangles')
  imprint(book, ALL_INVENTED)
  dedicate(book)
  setText(book, withTitle(chaptersOf(readManuscript(SLUG))[0]!), READING)
  book.y += 28
  setNote(book, '*La suite, quatre autres nouvelles, attend dans le livre.*')
  return closeBook(book)
}

function dedicate(book: Book): void {
  newPage(book, { bare: true })
  const dedication = { font: 'Times-Italic', size: 13, align: 'right' } as const
  write(book, 'À celles et ceux', PAGE.width - PAGE.side, 190, dedication)
  write(book, 'qui disent « demain »', PAGE.width - PAGE.side, 208, dedication)
  write(book, 'et qui y pensent toute la nuit.', PAGE.width - PAGE.side, 226, dedication)
}
