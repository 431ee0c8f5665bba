import { chaptersOf, readManuscript } from './manuscript.ts'
import type { Chapter } from './manuscript.ts'
import { closeBook, leaveContentsPage } from './typesetter/binding.ts'
import { imprint, titlePage } from './typesetter/front-matter.ts'
import { type About, type Book, openBook } from './typesetter/layout.ts'
import { type Style, setParagraph } from './typesetter/paragraph.ts'
import { READING, startChapter } from './typesetter/prose.ts'

const VERSE: Style = { ...READING, leading: 17.5, justified: false, indent: 0 }

export const about: About = {
  title: 'Sept pluies',
  subtitle: 'Poèmes d’une saison, du premier nuage au dernier',
  author: 'Nafi Tamarin',
  subject: 'Poésie',
  colours: { ground: '#33526b', mark: '#cfdcdf', accent: '#d2603a' },
  headings: 'Times',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'rain')
  imprint(
    book,
    'Les poèmes sont originaux et l’autrice est imaginaire. La pluie, elle, est réelle.',
  )
  leaveContentsPage(book)
  for (const poem of chaptersOf(readManuscript('sept-pluies'))) setPoem(book, poem)
  return closeBook(book)
}

/** Verse keeps its own lines. */
function setPoem(book: Book, { title, text }: Chapter): void {
  startChapter(book, title)
  for (const stanza of text.split('\n\n')) {
    for (const verse of stanza.split('\n')) {
      setParagraph(book, verse, VERSE)
    }
    book.y += 13
  }
}
