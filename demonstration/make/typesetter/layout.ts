import PDFDocument from 'pdfkit'
import { typeset } from './french.ts'

/** In points, and in a phone's proportions: a page fills the screen and is read without zooming. */
export const PAGE = { width: 340, height: 510, side: 36, top: 48, bottom: 468 }
export const COLUMN = PAGE.width - 2 * PAGE.side
export const INK = '#241d17'
export const SOFT_INK = '#766a5d'

// The same build must make the same bytes, and PDFKit would write the time of day.
const PRINTED_AT = new Date(Date.UTC(2026, 8, 1))

export type About = {
  title: string
  subtitle: string
  author: string
  subject: string
  /** Chosen to match the cover. */
  colours: { ground: string; mark: string; accent: string }
  /** The face of the headings. */
  headings: 'Times' | 'Helvetica'
}

export type Book = {
  doc: PDFKit.PDFDocument
  about: About
  /** Where the next line goes, from the top of the page. */
  y: number
  contents: { title: string; page: number }[]
  contentsPage: number | undefined
  /** Pages that carry no number, by index. */
  bare: Set<number>
}

export type Lettering = {
  font: string
  size: number
  colour?: string
  align?: 'left' | 'center' | 'right'
}

export function openBook(about: About): Book {
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'fr',
    displayTitle: true,
    info: {
      Title: typeset(about.title),
      Author: about.author,
      Subject: about.subject,
      Creator: 'Kiosque',
      CreationDate: PRINTED_AT,
    },
  })
  return { doc, about, y: PAGE.top, contents: [], contentsPage: undefined, bare: new Set() }
}

export function newPage(book: Book, { bare = false } = {}): void {
  book.doc.addPage()
  book.y = PAGE.top
  if (bare) book.bare.add(pageIndex(book))
}

export function pageIndex(book: Book): number {
  return book.doc.bufferedPageRange().count - 1
}

/** Writes one line; `y` is its baseline, `x` the edge or the middle that `align` speaks of. */
export function write(
  book: Book,
  text: string,
  x: number,
  y: number,
  lettering: Lettering,
): number {
  const { font, size, colour = INK, align = 'left' } = lettering
  const { doc } = book
  doc.font(font).fontSize(size).fillColor(colour)
  const width = doc.widthOfString(text)
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2
  doc.text(text, left, y, { lineBreak: false, baseline: 'alphabetic' })
  return width
}

/** Cuts a heading into as few lines as fit, the words shared out evenly. */
export function fit(book: Book, text: string, width: number, font: string, size: number): string[] {
  const words = text.split(' ')
  const widthOf = (line: string) => book.doc.font(font).fontSize(size).widthOfString(line)
  const fill = (limit: number) => {
    const lines: string[] = []
    for (const word of words) {
      const longer = `${lines.at(-1)} ${word}`
      if (lines.length === 0 || widthOf(longer) > limit) lines.push(word)
      else lines[lines.length - 1] = longer
    }
    return lines
  }
  const lines = fill(width)
  let even = lines
  for (let limit = width - 8; limit > width / 3; limit -= 8) {
    const tighter = fill(limit)
    if (tighter.length > lines.length) break
    even = tighter
  }
  return even
}
