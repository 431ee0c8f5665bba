import { type Book, PAGE, SOFT_INK, COLUMN, write } from './layout.ts'

export type Table = {
  head: string[]
  /** Of the columns; together they fill the page's own. */
  widths: number[]
  /** What is printed in the first column of each row. */
  rows: string[]
  /** Rows that hold totals, by index. */
  strongRows: number[]
  rowHeight: number
}

/** A table to be filled by hand: ruled rows, a coloured head, tinted totals. */
export function drawTable(book: Book, table: Table, top: number): void {
  const { doc, about } = book
  const { ground, mark } = about.colours
  const bottom = top + (table.rows.length + 1) * table.rowHeight
  const rowTop = (row: number) => top + (row + 1) * table.rowHeight

  doc.fillColor(mark, 0.3)
  for (const row of table.strongRows) doc.rect(PAGE.side, rowTop(row), COLUMN, table.rowHeight)
  if (table.strongRows.length > 0) doc.fill()
  doc.fillOpacity(1).rect(PAGE.side, top, COLUMN, table.rowHeight).fill(ground)

  doc.lineWidth(0.4)
  table.rows.forEach((_, row) => {
    doc.moveTo(PAGE.side, rowTop(row + 1)).lineTo(PAGE.side + COLUMN, rowTop(row + 1))
  })
  for (const x of columnEdges(table).slice(1, -1)) doc.moveTo(x, top).lineTo(x, bottom)
  doc.stroke('#b9ae9c')
  doc
    .lineWidth(0.8)
    .rect(PAGE.side, top, COLUMN, bottom - top)
    .stroke(ground)

  writeHeads(book, table, top + table.rowHeight * 0.68)
  table.rows.forEach((label, row) => {
    const strong = table.strongRows.includes(row)
    write(book, label, PAGE.side + 6, rowTop(row) + table.rowHeight * 0.68, {
      font: strong ? 'Helvetica-Bold' : 'Helvetica',
      size: 9.5,
      colour: strong ? ground : SOFT_INK,
    })
  })
}

function writeHeads(book: Book, table: Table, y: number): void {
  const edges = columnEdges(table)
  table.head.forEach((text, column) => {
    const [left = 0, right = 0] = [edges[column], edges[column + 1]]
    const isFirst = column === 0
    write(book, text, isFirst ? left + 6 : (left + right) / 2, y, {
      font: 'Helvetica-Bold',
      size: 9,
      colour: '#fbf5e9',
      align: isFirst ? 'left' : 'center',
    })
  })
}

function columnEdges(table: Table): number[] {
  let edge = PAGE.side
  return [edge, ...table.widths.map((width) => (edge += width))]
}
