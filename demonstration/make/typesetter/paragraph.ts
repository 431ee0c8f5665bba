import { hyphenations, typeset } from './french.ts'
import { type Book, COLUMN, INK, PAGE, newPage, write } from './layout.ts'

export type Style = {
  size: number
  leading: number
  justified: boolean
  /** Of the first line. */
  indent: number
  /** Below the paragraph. */
  gap: number
  colour?: string
  family?: 'Times' | 'Helvetica'
}

type Place = { left: number; width: number }
type Run = { text: string; font: string }
type Word = { runs: Run[]; width: number }
type Line = { words: Word[]; place: Place; last: boolean }

const FACES = {
  Times: ['Times-Roman', 'Times-Italic', 'Times-Bold'],
  Helvetica: ['Helvetica', 'Helvetica-Oblique', 'Helvetica-Bold'],
} as const

// A space may grow by this much before a word is cut to fill the line.
const LOOSEST_SPACE = 1.5

/** Sets one paragraph, where *stars* mean italics and **two stars** bold, over as many pages as needed. */
export function setParagraph(
  book: Book,
  text: string,
  style: Style,
  place: (line: number) => Place = (line) => indented(style, line),
): void {
  const lines = breakLines(book, readWords(book, typeset(text), style), style, place)
  lines.forEach((line, index) => {
    if (mustTurn(book, style, lines.length - index, index)) newPage(book)
    book.y += style.leading
    writeLine(book, line, style)
  })
  book.y += style.gap
}

function indented(style: Style, line: number): Place {
  const indent = line === 0 ? style.indent : 0
  return { left: PAGE.side + indent, width: COLUMN - indent }
}

/** A paragraph leaves no line alone at the foot of a page, nor at the head of the next. */
function mustTurn(book: Book, style: Style, left: number, done: number): boolean {
  const room = Math.floor((PAGE.bottom - book.y) / style.leading)
  if (room < 1) return true
  if (done === 0) return (left > 1 && room === 1) || (left === 3 && room === 2)
  return left === 2 && room === 1
}

export function countLines(book: Book, text: string, style: Style, width: number): number {
  const place = () => ({ left: 0, width })
  return breakLines(book, readWords(book, typeset(text), style), style, place).length
}

function readWords(book: Book, text: string, style: Style): Word[] {
  const [roman, italic, bold] = FACES[style.family ?? 'Times']
  const words: Word[] = []
  let runs: Run[] = []
  let font: string = roman
  const endWord = () => {
    if (runs.length > 0) words.push(measure(book, runs, style))
    runs = []
  }
  for (const piece of text.split(/(\*\*|\*| )/)) {
    if (piece === ' ') endWord()
    else if (piece === '**') font = font === bold ? roman : bold
    else if (piece === '*') font = font === italic ? roman : italic
    else if (piece !== '') runs.push({ text: piece, font })
  }
  endWord()
  return words
}

function measure(book: Book, runs: Run[], style: Style): Word {
  let width = 0
  for (const { text, font } of runs) {
    width += book.doc.font(font).fontSize(style.size).widthOfString(text)
  }
  return { runs, width }
}

function breakLines(
  book: Book,
  words: Word[],
  style: Style,
  placeOf: (line: number) => Place,
): Line[] {
  const space = style.size / 4
  const lines: Line[] = []
  const waiting = words.toReversed()
  let line: Line = { words: [], place: placeOf(0), last: false }
  let room = line.place.width
  for (let word = waiting.pop(); word; word = waiting.pop()) {
    if (word.width <= room || line.words.length === 0) {
      line.words.push(word)
      room -= word.width + space
      continue
    }
    const gaps = line.words.length - 1
    const isLoose = (room + space) / Math.max(gaps, 1) > (LOOSEST_SPACE - 1) * space * 1.6
    const isLastWord = waiting.length === 0
    const cut =
      style.justified && isLoose && !isLastWord ? cutWord(book, word, room, style) : undefined
    if (cut) {
      line.words.push(cut.head)
      waiting.push(cut.tail)
    } else waiting.push(word)
    lines.push(line)
    line = { words: [], place: placeOf(lines.length), last: false }
    room = line.place.width
  }
  return [...lines, { ...line, last: true }]
}

function cutWord(book: Book, word: Word, room: number, style: Style) {
  const [run, ...others] = word.runs
  if (!run || others.length > 0) return undefined
  for (const [head, tail] of hyphenations(run.text).toReversed()) {
    const first = measure(book, [{ ...run, text: head }], style)
    if (first.width > room) continue
    return { head: first, tail: measure(book, [{ ...run, text: tail }], style) }
  }
  return undefined
}

function writeLine(book: Book, { words, place, last }: Line, style: Style): void {
  const natural = words.reduce((sum, word) => sum + word.width, 0)
  const gaps = Math.max(words.length - 1, 1)
  const space = style.justified && !last ? (place.width - natural) / gaps : style.size / 4
  let x = place.left
  words.forEach((word, index) => {
    word.runs.forEach((run, part) => {
      // The space is written too: without it, a search or a copy would run the words together.
      const ends = part === word.runs.length - 1 && index < words.length - 1
      write(book, ends ? `${run.text} ` : run.text, x, book.y, {
        font: run.font,
        size: style.size,
        colour: style.colour ?? INK,
      })
      x += book.doc.widthOfString(run.text)
    })
    x += space
  })
}
