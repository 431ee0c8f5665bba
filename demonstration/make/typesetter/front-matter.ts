import { typeset } from './french.ts'
import { type Book, PAGE, SOFT_INK, COLUMN, fit, newPage, write } from './layout.ts'
import { setText } from './prose.ts'

export type Band = 'triangles' | 'lozenges' | 'dots' | 'steps' | 'rain' | 'checks'

const PAPER = '#fbf5e9'
const CELL = 17

/** The title page wears the colours of the cover, between two woven bands. */
export function titlePage(book: Book, band: Band): void {
  newPage(book, { bare: true })
  const { doc, about } = book
  const { ground, accent } = about.colours
  doc.rect(0, 0, PAGE.width, PAGE.height).fill(ground)
  weaveBand(book, band, 34)
  weaveBand(book, band, PAGE.height - 34 - 2 * CELL)

  const font = `${about.headings}-Bold`
  let y = 176
  const [shortTitle = ''] = about.title.split(/ [–:] /)
  for (const line of fit(book, typeset(shortTitle), COLUMN, font, 33)) {
    write(book, line, PAGE.side, y, { font, size: 33, colour: PAPER })
    y += 38
  }
  doc.rect(PAGE.side, y - 20, 44, 3).fill(accent)
  const subtitleFont = about.headings === 'Times' ? 'Times-Italic' : 'Helvetica'
  for (const line of fit(book, typeset(about.subtitle), COLUMN, subtitleFont, 14)) {
    write(book, line, PAGE.side, y + 8, { font: subtitleFont, size: 14, colour: PAPER })
    y += 19
  }
  write(book, about.author, PAGE.side, 410, { font: 'Times-Roman', size: 16, colour: PAPER })
}

function weaveBand(book: Book, band: Band, top: number): void {
  const { mark, accent } = book.about.colours
  for (let column = 0; column < PAGE.width / CELL; column++) {
    for (const row of [0, 1]) {
      const shape = SHAPES[band](column, row)
      const place = book.doc.save().translate(column * CELL, top + row * CELL)
      place.path(shape).fill((column + row) % 3 === 0 ? accent : mark)
      place.restore()
    }
  }
}

const SHAPES: Record<Band, (column: number, row: number) => string> = {
  triangles: (_, row) => (row === 0 ? 'M0 17 L8.5 2 L17 17 Z' : 'M0 1 L8.5 16 L17 1 Z'),
  lozenges: () => 'M8.5 1 L16 8.5 L8.5 16 L1 8.5 Z',
  dots: (column, row) =>
    (column + row) % 2 === 0
      ? 'M3 8.5 a5.5 5.5 0 1 0 11 0 a5.5 5.5 0 1 0 -11 0 Z'
      : 'M6 8.5 a2.5 2.5 0 1 0 5 0 a2.5 2.5 0 1 0 -5 0 Z',
  steps: (_, row) =>
    row === 0
      ? 'M0 17 V11 H4 V6 H7 V1 H10 V6 H13 V11 H17 V17 Z'
      : 'M0 0 V6 H4 V11 H7 V16 H10 V11 H13 V6 H17 V0 Z',
  rain: (column) => (column % 2 === 0 ? 'M9 0 L11 0 L7 17 L5 17 Z' : 'M9 5 L11 5 L8 14 L6 14 Z'),
  checks: (column, row) => ((column + row) % 2 === 0 ? 'M0 0 H17 V17 H0 Z' : 'M6 6 H11 V11 H6 Z'),
}

/** Says plainly what is real and what is not: these books stand in a shop window. */
export function imprint(book: Book, note: string): void {
  newPage(book, { bare: true })
  book.y = 250
  setText(
    book,
    `**${book.about.title}**

    ${book.about.author}

    ${note}

    Ce livre accompagne Kiosque, la librairie d'auteurs. Il est fourni à titre de démonstration : vous pouvez
    le lire, le copier et le partager librement.`,
    { size: 10.5, leading: 14.5, justified: false, indent: 0, gap: 8, colour: SOFT_INK },
  )
}
