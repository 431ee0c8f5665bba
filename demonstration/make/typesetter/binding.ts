import { typeset } from './french.ts'
import { type Book, COLUMN, PAGE, SOFT_INK, newPage, pageIndex, write } from './layout.ts'

/** Names the current page in the table of contents and among the reader's bookmarks. */
export function listInContents(book: Book, title: string): PDFKit.PDFOutline {
  const page = pageIndex(book)
  book.contents.push({ title, page })
  book.doc.addNamedDestination(destination(page), 'Fit')
  return bookmark(book.doc.outline, title)
}

export function bookmark(parent: PDFKit.PDFOutline, title: string): PDFKit.PDFOutline {
  const wholePage = { expanded: false, fit: true }
  return parent.addItem(title, wholePage)
}

function destination(page: number): string {
  return `page-${page}`
}

export function leaveContentsPage(book: Book): void {
  newPage(book)
  book.contentsPage = pageIndex(book)
  bookmark(book.doc.outline, 'Sommaire')
}

function writeContents(book: Book, page: number): void {
  book.doc.switchToPage(page)
  book.doc.addNamedDestination('contents', 'Fit')
  const { headings, colours } = book.about
  write(book, 'Sommaire', PAGE.side, 76, {
    font: `${headings}-Bold`,
    size: 22,
    colour: colours.ground,
  })
  rule(book, 92)
  const step = Math.min(27, 350 / book.contents.length)
  const size = Math.min(12, step * 0.78)
  book.contents.forEach((entry, index) => writeEntry(book, entry, 118 + index * step, size))
}

function rule(book: Book, y: number): void {
  book.doc
    .moveTo(PAGE.side, y)
    .lineTo(PAGE.width - PAGE.side, y)
    .lineWidth(0.6)
    .stroke(book.about.colours.accent)
}

function writeEntry(book: Book, entry: Book['contents'][number], y: number, size: number): void {
  const right = PAGE.width - PAGE.side
  const font = 'Times-Roman'
  const width = write(book, typeset(entry.title), PAGE.side, y, { font, size })
  write(book, String(entry.page + 1), right, y, { font, size, align: 'right' })
  book.doc
    .moveTo(PAGE.side + width + 6, y - 2)
    .lineTo(right - 26, y - 2)
    .lineWidth(0.5)
    .dash(0.6, { space: 3 })
    .stroke(SOFT_INK)
    .undash()
  book.doc.goTo(PAGE.side, y - size, COLUMN, size + 5, destination(entry.page))
}

function writePageNumbers(book: Book, count: number): void {
  for (let page = 0; page < count; page++) {
    if (book.bare.has(page)) continue
    book.doc.switchToPage(page)
    write(book, String(page + 1), PAGE.width / 2, PAGE.height - 21, {
      font: 'Times-Roman',
      size: 9.5,
      colour: SOFT_INK,
      align: 'center',
    })
  }
}

export async function closeBook(book: Book): Promise<{ bytes: Uint8Array; pages: number }> {
  const pages = book.doc.bufferedPageRange().count
  if (book.contentsPage !== undefined) writeContents(book, book.contentsPage)
  writePageNumbers(book, pages)
  book.doc.end()
  const chunks: Uint8Array[] = []
  for await (const chunk of book.doc) chunks.push(chunk)
  return { bytes: Buffer.concat(chunks), pages }
}
