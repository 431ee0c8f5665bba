import { listInContents } from './binding.ts'
import { type Book, COLUMN, INK, PAGE, SOFT_INK, fit, newPage, write } from './layout.ts'
import { typeset } from './french.ts'
import { type Style, countLines, setParagraph } from './paragraph.ts'

export const READING: Style = { size: 12.5, leading: 17, justified: true, indent: 14, gap: 0 }
export const PRACTICAL: Style = { size: 12, leading: 15.6, justified: false, indent: 0, gap: 6 }

/**
 * Sets a text written in a few plain marks, a blank line between its parts:
 * `# chapter`, `## heading`, `- point`, `1. step`, `[] box to tick`, `> message`, `***`.
 */
export function setText(book: Book, source: string, style: Style): void {
  let previous = ''
  for (const part of readParts(source)) {
    const [, sign = '', text = ''] = /^(# |## |- |\d+\. |\[\] |> |\*\*\*$)?([^]*)$/.exec(part) ?? []
    const mark = sign.trim().replace(/^\d+/, '1')
    if (LISTS.has(previous) && mark !== previous && mark !== '##') book.y += 5
    if (mark === '#') startChapter(book, text)
    else if (mark === '##') setHeading(book, text)
    else if (mark === '***') setBreak(book)
    else if (mark === '>') setMessage(book, text)
    else if (LISTS.has(mark)) setPoint(book, sign.trim(), text, style)
    else if (previous === '#' && style.justified) setOpening(book, text, style)
    else setParagraph(book, text, previous === '' ? style : { ...style, indent: 0 })
    previous = mark
  }
}

const LISTS = new Set(['-', '1.', '[]'])

/** A list is one part a line; other lines are joined into their paragraph. */
function readParts(source: string): string[] {
  return source
    .trim()
    .split(/\n\s*\n/)
    .flatMap((block) =>
      block
        .replace(/\n\s*(?!\s|- |\d+\. |\[\] )/g, ' ')
        .split('\n')
        .map((line) => line.trim()),
    )
}

export function startChapter(book: Book, title: string): void {
  newPage(book)
  listInContents(book, title)
  const { headings, colours } = book.about
  const font = `${headings}-Bold`
  const size = headings === 'Times' ? 24 : 20
  book.y = 72
  for (const line of fit(book, typeset(title), COLUMN, font, size)) {
    write(book, line, PAGE.side, book.y, { font, size, colour: colours.ground })
    book.y += size * 1.2
  }
  book.doc.rect(PAGE.side, book.y - 12, 34, 2.4).fill(colours.accent)
  book.y += 5
}

/** The first letter of a tale stands two lines high. */
function setOpening(book: Book, text: string, style: Style): void {
  const font = 'Times-Bold'
  const size = style.leading * 2.25
  const width =
    4 +
    write(book, text.charAt(0), PAGE.side, book.y + 2 * style.leading, {
      font,
      size,
      colour: book.about.colours.accent,
    })
  setParagraph(book, text.slice(1), style, (line) => {
    const inset = line < 2 ? width : 0
    return { left: PAGE.side + inset, width: COLUMN - inset }
  })
}

function setHeading(book: Book, text: string): void {
  const size = 13
  if (book.y + 90 > PAGE.bottom) newPage(book)
  else book.y += 8
  for (const line of fit(book, typeset(text), COLUMN, 'Helvetica-Bold', size)) {
    book.y += 17
    const colour = book.about.colours.ground
    write(book, line, PAGE.side, book.y, { font: 'Helvetica-Bold', size, colour })
  }
  book.y += 4
}

function setBreak(book: Book): void {
  if (book.y + 60 > PAGE.bottom) return newPage(book)
  const { doc, about } = book
  book.y += 20
  for (const side of [-14, 0, 14]) {
    const x = PAGE.width / 2 + side
    doc.polygon([x, book.y - 6], [x + 3, book.y - 3], [x, book.y], [x - 3, book.y - 3])
    doc.fill(about.colours.accent)
  }
  book.y += 10
}

function setPoint(book: Book, mark: string, text: string, style: Style): void {
  const inset = mark === '-' ? 14 : 20
  const point = { ...style, indent: 0, gap: 4 }
  const height = countLines(book, text, point, COLUMN - inset) * style.leading
  if (book.y + Math.min(height, style.leading * 2) > PAGE.bottom) newPage(book)
  const baseline = book.y + style.leading
  drawMark(book, mark, baseline, style.size)
  setParagraph(book, text, point, () => ({ left: PAGE.side + inset, width: COLUMN - inset }))
}

function drawMark(book: Book, mark: string, y: number, size: number): void {
  const { accent, ground } = book.about.colours
  if (mark === '[]') {
    book.doc
      .roundedRect(PAGE.side + 0.5, y - 9, 10, 10, 2)
      .lineWidth(1)
      .stroke(accent)
  } else if (mark === '-') {
    book.doc.rect(PAGE.side + 1, y - size * 0.42, 4.5, 4.5).fill(accent)
  } else {
    write(book, mark, PAGE.side, y, { font: 'Helvetica-Bold', size: size - 1, colour: ground })
  }
}

/** A message to copy into a telephone, drawn as one. */
function setMessage(book: Book, text: string): void {
  const style: Style = { ...PRACTICAL, size: 11, leading: 15, gap: 0, family: 'Helvetica' }
  const width = COLUMN - 34
  const height = countLines(book, text, style, width) * style.leading + 18
  if (book.y + height > PAGE.bottom) newPage(book)
  const { doc, about } = book
  const left = PAGE.side + 10
  doc
    .roundedRect(left, book.y + 2, width + 24, height, 9)
    .fillColor(about.colours.mark, 0.32)
    .fill()
  doc.fillOpacity(1)
  const after = book.y + height + 7
  book.y += 7
  setParagraph(book, text, { ...style, colour: INK }, () => ({ left: left + 12, width }))
  book.y = after
}

/** A line to itself, in the quiet grey of notes. */
export function setNote(book: Book, text: string): void {
  setParagraph(book, text, { ...PRACTICAL, size: 10.5, leading: 14, colour: SOFT_INK })
}
