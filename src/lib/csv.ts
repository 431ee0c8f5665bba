/**
 * CSV that a French Excel opens right: semicolons, a byte order mark before the first line, CRLF.
 * Cells come from strangers (a buyer's name) and a spreadsheet runs a cell that begins like a
 * formula (OWASP, "CSV Injection"): such a text gets an apostrophe before it. So does a text that a
 * spreadsheet would take for a number and show as another: a reference of twenty digits, 00123, 12E34.
 */
export type Cell = string | number | Date | null

export const CSV_START = '\uFEFF'

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(';')}\r\n`
}

function writeCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return writeNumber(cell)
  if (cell instanceof Date) return writeMoment(cell)
  const text = defuse(cell.replaceAll('\0', '').toWellFormed())
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** With the comma of French decimals. */
const writeNumber = (number: number) =>
  Number.isFinite(number) ? String(number).replace('.', ',') : ''

/** 31/12/2026 14:05, the only form that a French Excel reads as a date with time. */
function writeMoment(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T')
  return `${date.split('-').reverse().join('/')} ${time.slice(0, 5)}`
}

/** The characters that start a formula, full-width forms included, after any spaces. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\u2212\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u
const NUMBER_SHOWN_OTHERWISE = /^\s*(0\d+|\d{16,}|\d+([.,]\d+)?e[+-]?\d+)\s*$/i

const defuse = (text: string) =>
  FORMULA.test(text) || NUMBER_SHOWN_OTHERWISE.test(text) ? `'${text}` : text
