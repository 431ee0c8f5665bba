import { readManuscript } from './manuscript.ts'
import { bookmark, closeBook, leaveContentsPage, listInContents } from './typesetter/binding.ts'
import { imprint, titlePage } from './typesetter/front-matter.ts'
import { type About, type Book, PAGE, SOFT_INK } from './typesetter/layout.ts'
import { newPage, openBook, write } from './typesetter/layout.ts'
import { setParagraph } from './typesetter/paragraph.ts'
import { PRACTICAL, setNote, setText } from './typesetter/prose.ts'
import { type Table, drawTable } from './typesetter/table.ts'

const YEAR = 2027
const SLUG = `cahier-de-caisse-${YEAR}`
/** One under each day, in turn. */
const COUNSELS = readManuscript(SLUG, 'counsels.md').match(/(?<=^- ).*/gm) ?? []
const DAY_MS = 86_400_000
const DAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi']
const MONTHS =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ')

export const about: About = {
  title: `Cahier de caisse ${YEAR}`,
  subtitle: 'Une page par jour, un bilan par mois',
  author: 'Les Cahiers du Moringa',
  subject: 'Agenda et cahier de comptes',
  colours: { ground: '#17453b', mark: '#d9c48f', accent: '#b5472f' },
  headings: 'Helvetica',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'checks')
  imprint(book, 'Les conseils sont originaux et d’ordre général.')
  leaveContentsPage(book)
  setText(book, readManuscript(SLUG), PRACTICAL)
  for (let month = 0; month < 12; month++) addMonth(book, month)
  addYear(book)
  return closeBook(book)
}

function addMonth(book: Book, month: number): void {
  const name = `${capital(MONTHS[month] ?? '')} ${YEAR}`
  const first = new Date(Date.UTC(YEAR, month, 1))
  let outline: PDFKit.PDFOutline | undefined
  for (let day = first; day.getUTCMonth() === month; day = new Date(day.getTime() + DAY_MS)) {
    newPage(book)
    outline ??= listInContents(book, name)
    bookmark(outline, dateOf(day))
    addDay(book, day)
  }
  newPage(book)
  if (outline) bookmark(outline, `Bilan de ${MONTHS[month]}`)
  addMonthSummary(book, name)
}

function addDay(book: Book, day: Date): void {
  const numberInYear = (day.getTime() - Date.UTC(YEAR, 0, 1)) / DAY_MS + 1
  const weekday = capital(DAYS[day.getUTCDay()] ?? '')
  const date = dateOf(day).slice(weekday.length + 1)
  writeHead(book, weekday, `${date} ${YEAR}`, `Jour ${numberInYear}`)
  drawTable(book, DAY_TABLE, 92)
  const counsel = COUNSELS[(numberInYear - 1) % COUNSELS.length] ?? ''
  book.y = 428
  setParagraph(book, `*${counsel}*`, { ...PRACTICAL, size: 10.5, leading: 13, colour: SOFT_INK })
}

function addMonthSummary(book: Book, name: string): void {
  writeHead(book, 'Bilan du mois', name, '')
  drawTable(book, MONTH_TABLE, 92)
  book.y = 404
  setNote(book, 'Ce que j’ai appris ce mois-ci, et la seule chose que je change le mois prochain :')
  writingLine(book, 452)
}

function addYear(book: Book): void {
  newPage(book)
  listInContents(book, `Bilan de l’année ${YEAR}`)
  writeHead(book, 'Bilan de l’année', `Janvier à décembre ${YEAR}`, '')
  const rows = [...MONTHS.map(capital), 'Total de l’année']
  drawTable(book, { ...YEAR_TABLE, rows, strongRows: [12] }, 92)
  setText(book, readManuscript(SLUG, 'closing.md'), PRACTICAL)
}

/** A tap on the head of any page leads back to the table of contents. */
function writeHead(book: Book, title: string, subtitle: string, aside: string): void {
  const { ground, accent } = book.about.colours
  const right = PAGE.width - PAGE.side
  write(book, title, PAGE.side, 54, { font: 'Helvetica-Bold', size: 19, colour: ground })
  write(book, subtitle, PAGE.side, 73, { font: 'Helvetica', size: 12 })
  write(book, 'Sommaire', right, 54, {
    font: 'Helvetica',
    size: 9.5,
    colour: accent,
    align: 'right',
  })
  write(book, aside, right, 73, { font: 'Helvetica', size: 9.5, colour: SOFT_INK, align: 'right' })
  book.doc.goTo(right - 60, 38, 60, 24, 'contents')
}

function writingLine(book: Book, y: number): void {
  book.doc
    .moveTo(PAGE.side, y)
    .lineTo(PAGE.width - PAGE.side, y)
    .lineWidth(0.5)
    .stroke(SOFT_INK)
}

function dateOf(day: Date): string {
  const date = day.getUTCDate()
  const number = date === 1 ? '1er' : String(date)
  return `${capital(DAYS[day.getUTCDay()] ?? '')} ${number} ${MONTHS[day.getUTCMonth()]}`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const blank = (count: number) => Array.from({ length: count }, () => '')

const DAY_TABLE: Table = {
  head: ['Libellé', 'E / M', 'Recettes', 'Dépenses'],
  widths: [124, 32, 56, 56],
  rows: ['Solde de départ', ...blank(11), 'Totaux du jour', 'Solde du soir', 'Compté', 'Écart'],
  strongRows: [0, 12, 13],
  rowHeight: 19,
}

const MONTH_TABLE: Table = {
  head: ['', 'Recettes', 'Dépenses', 'Solde'],
  widths: [94, 58, 58, 58],
  rows: [
    'Semaine 1',
    'Semaine 2',
    'Semaine 3',
    'Semaine 4',
    'Fin du mois',
    'Total du mois',
    'dont espèces',
    'dont mobile',
    'Loyer, charges',
    'Marchandise',
    'Transport',
    'Salaires',
    'Mon salaire',
    'Épargne',
  ],
  strongRows: [5],
  rowHeight: 20,
}

const YEAR_TABLE: Omit<Table, 'rows' | 'strongRows'> = {
  head: ['Mois', 'Recettes', 'Dépenses', 'Solde'],
  widths: [94, 58, 58, 58],
  rowHeight: 24,
}
