import { closeBook, leaveContentsPage, listInContents } from './typesetter/binding.ts'
import { typeset } from './typesetter/french.ts'
import { imprint, titlePage } from './typesetter/front-matter.ts'
import { type About, type Book, COLUMN, PAGE, SOFT_INK, fit } from './typesetter/layout.ts'
import { newPage, openBook, write } from './typesetter/layout.ts'
import { setParagraph } from './typesetter/paragraph.ts'
import { CLOTHS } from './cloth/cloths.ts'
import { weave } from './cloth/weaving.ts'
import type { Cloth } from './cloth/weaving.ts'
import { chaptersOf, readManuscript, withTitle } from './manuscript.ts'
import type { Chapter } from './manuscript.ts'
import { READING, setText } from './typesetter/prose.ts'

export const about: About = {
  title: 'Bogolan : vingt-quatre motifs',
  subtitle: 'Vingt-quatre étoffes imaginaires et ce qu’elles racontent',
  author: 'Atelier N’Galama',
  subject: 'Livre d’images',
  colours: { ground: '#2e1f16', mark: '#e6d5b0', accent: '#b8682a' },
  headings: 'Times',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'steps')
  imprint(
    book,
    `Les étoffes, leurs noms et leurs légendes sont inventés. Ils s'inspirent librement de l'art du bogolan, le tissu
    teint à la terre du Mali, sans prétendre en transmettre les signes véritables.`,
  )
  leaveContentsPage(book)
  const chapters = chaptersOf(readManuscript('bogolan-vingt-quatre-motifs'))
  const [preface, legends, afterword] = [chapters[0]!, chapters.slice(1, -1), chapters.at(-1)!]
  setText(book, withTitle(preface), READING)
  for (const [index, legend] of legends.entries())
    await addCloth(book, CLOTHS[index]!, legend, index + 1)
  setText(book, withTitle(afterword), READING)
  return closeBook(book)
}

/** The cloth fills a page; its name and its story stand on the next. */
async function addCloth(
  book: Book,
  cloth: Cloth,
  { title, text }: Chapter,
  number: number,
): Promise<void> {
  const photograph = await weave(cloth, number)
  newPage(book, { bare: true })
  listInContents(book, `${number}. ${title}`)
  book.doc.image(photograph, 0, 0, { width: PAGE.width, height: PAGE.height })

  newPage(book)
  const { ground, accent } = book.about.colours
  write(book, String(number), PAGE.side, 150, { font: 'Times-Bold', size: 64, colour: accent })
  book.y = 190
  for (const line of fit(book, typeset(title), COLUMN, 'Times-Bold', 22)) {
    write(book, line, PAGE.side, book.y, { font: 'Times-Bold', size: 22, colour: ground })
    book.y += 26
  }
  showDyes(book, cloth)
  setParagraph(book, text.replaceAll('\n', ' '), { ...READING, indent: 0 })
}

function showDyes(book: Book, cloth: Cloth): void {
  const dyes = [...new Set(cloth.dyes)]
  dyes.forEach((dye, index) => {
    book.doc
      .rect(PAGE.side + index * 22, book.y - 10, 16, 16)
      .lineWidth(0.4)
      .fillAndStroke(dye, SOFT_INK)
  })
  book.y += 22
}
