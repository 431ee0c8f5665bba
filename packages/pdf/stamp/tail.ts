import { createHash } from 'node:crypto'
import { latin1Bytes } from '../../../src/lib/encoding.ts'
import { inWinAnsi, widthOf } from './letters.ts'
import {
  CLOSED_STATES,
  FONT,
  FONT_NAME,
  MAX_EXTRA_STATES,
  OPENED_STATES,
  OPENING,
  STAMPS,
} from './recipe.ts'
import { footOf } from './beside.ts'
import type { StampPlace, StampRecipe } from './recipe.ts'
import { hexOf, stream, writeNumber } from './write.ts'

/** What is said of the buyer: the line at the foot of pages, and what stands in /Info unseen. */
export type Stamp = {
  line: string
  order: string
  buyer: string
  phone: string
}

/**
 * What follows the original, untouched, in a stamped PDF: the chosen pages written again with the
 * stamp among their contents, and a table that goes before the original's (ISO 32000-1, 7.5.6). The
 * same recipe and stamp give the same bytes, for ever and on every runtime: nothing here may ask for
 * the time, for chance, for a compressor or for the language of the machine.
 */
export function stampTail(recipe: StampRecipe, stamp: Stamp): Uint8Array {
  const parts: string[] = []
  const places = new Map<number, { generation: number; offset: number }>()
  let offset = recipe.sizeBytes
  const add = (text: string) => {
    parts.push(text)
    offset += text.length
  }
  const addObject = (number: number, generation: number, text: string) => {
    places.set(number, { generation, offset })
    add(`${number} ${generation} obj\n${text}\nendobj\n`)
  }

  // Whatever the original ends with, what follows begins a line.
  add('\n')
  addObject(recipe.first + FONT, 0, HELVETICA)
  const [opening, closing, closed] = recipe.format === 1 ? FORMAT_1 : FORMAT_2
  addObject(recipe.first + OPENING, 0, stream(opening))
  const letters = lettersOf(stamp.line)
  const draw = recipe.format === 3 ? withEdge : drawing
  recipe.places.forEach((place, i) => {
    const drawn = `\n${closing} q ${place.matrix} cm ${draw(place, letters)} ${closed}\n`
    addObject(recipe.first + STAMPS + i, 0, stream(drawn))
  })
  for (const [at, number] of recipe.beside ?? []) {
    const place = recipe.places[at]!
    addObject(number, 0, stream(`${draw(place, letters)}\n`, formOf(place, recipe.first)))
  }
  for (const object of recipe.objects) addObject(...object)
  const { number, generation, entries } = recipe.info
  addObject(number, generation, `<<${entries}${hidden(stamp)}>>`)

  const start = offset
  const id = recipe.id === null ? '' : `/ID [<${recipe.id}> <${secondId(recipe, stamp)}>]`
  const info = `/Info ${number} ${generation} R`
  const trailer = `${recipe.trailer} ${info} /Prev ${recipe.previous} ${id}`
  add(recipe.xref === 'table' ? table(recipe, places, trailer) : tableStream())
  add(`startxref\n${start}\n%%EOF\n`)
  return latin1Bytes(parts.join(''))

  /** 7.5.8: a table in a stream, which is an object of its own. */
  function tableStream(): string {
    const number = recipe.size
    places.set(number, { generation: 0, offset: start })
    const runs = runsOf(places)
    const rows = runs.flat().map(({ generation, offset }) => row(1, offset, generation))
    const index = runs.map((run) => `${run[0]!.number} ${run.length}`).join(' ')
    const kind = `/Type /XRef /W [1 5 2] /Index [${index}] /Size ${number + 1}`
    return `${number} 0 obj\n${stream(rows.join(''), `${kind} ${trailer} `)}\nendobj\n`
  }
}

const HELVETICA = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>'

/** Before a page's contents, after them, and after the line. */
const FORMAT_1 = ['q\n', 'Q', 'Q'] as const
const states = (letter: string, count: number) => Array<string>(count).fill(letter).join(' ')
const FORMAT_2 = [
  `${states('q', OPENED_STATES)}\n`,
  states('Q', CLOSED_STATES),
  states('Q', 1 + MAX_EXTRA_STATES),
] as const

/** 8.10.2: the foot of a page as a drawing of its own, which nothing of the page has a hold on. */
const formOf = (place: StampPlace, first: number) =>
  `/Type /XObject /Subtype /Form /BBox [${footOf(place).join(' ')}] /Matrix [${place.matrix}] ` +
  `/Resources <</Font <</${FONT_NAME} ${first + FONT} 0 R>>>> `

const MAX_SIZE_POINTS = 7
const MARGIN_POINTS = 12
const BASELINE_POINTS = 8

/** The line as it is shown, and how wide it is at a size of one point. */
type Letters = { hex: string; wide: number }

function lettersOf(line: string): Letters {
  const bytes = inWinAnsi(line)
  return { hex: hexOf(Uint8Array.from(bytes)), wide: widthOf(bytes) / 1000 }
}

/**
 * After the page's own drawing, as if nothing had been drawn. Centred, and as small as it takes to
 * fit. An artifact, which readers do not read aloud (14.8.2.2).
 */
function drawing(place: StampPlace, letters: Letters): string {
  const { font, at, text } = partsOf(place, letters)
  return artifact(`${font} 0.45 g ${at} ${text}`)
}

/**
 * Of format 3: with a white edge around each letter, so that they are seen on whatever is at the foot; on
 * paper it is not to be seen. The edge is no text of its own (14.9.4).
 */
function withEdge(place: StampPlace, letters: Letters): string {
  const { font, at, text } = partsOf(place, letters)
  const edge = `/Span <</ActualText <feff>>> BDC 1 Tr 1 G 1 j ${EDGE_POINTS} w ${text} EMC`
  return artifact(`${font} ${at} ${edge} 0 Tr 0.45 g 0 0 Td ${text}`)
}

/** On both sides of a letter's outline. */
const EDGE_POINTS = 1.2

function partsOf({ width, height }: StampPlace, { hex, wide }: Letters) {
  const size = Math.min(MAX_SIZE_POINTS, Math.max(width - 2 * MARGIN_POINTS, width / 2) / wide)
  const [x, y] = [(width - wide * size) / 2, Math.min(BASELINE_POINTS, height / 4)]
  const rounded = (points: number) => writeNumber(Math.round(points * 100) / 100)
  return {
    font: `/${FONT_NAME} ${rounded(size)} Tf`,
    at: `${rounded(x)} ${rounded(y)} Td`,
    text: `<${hex}> Tj`,
  }
}

const artifact = (text: string) =>
  `/Artifact <</Type /Pagination /Subtype /Footer>> BDC BT ${text} ET EMC`

const hidden = ({ order, buyer, phone }: Stamp) =>
  ` /KiosqueOrder ${textString(order)} /KiosqueBuyer ${textString(buyer)} /KiosquePhone ${textString(phone)}`

/** 7.9.2.2: any letter, in UTF-16 with its mark. */
function textString(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  return `<feff${units.map((unit) => unit.toString(16).padStart(4, '0')).join('')}>`
}

/** 14.4: the first half stays with the document, the second goes with this state of it. */
const secondId = ({ id, sizeBytes }: StampRecipe, { line, order }: Stamp) =>
  createHash('md5').update([id, sizeBytes, order, line].join('\n')).digest('hex')

type Places = ReadonlyMap<number, { generation: number; offset: number }>

/** Objects by number, those that follow each other together. */
function runsOf(places: Places) {
  const runs: { number: number; generation: number; offset: number }[][] = []
  for (const [number, place] of [...places].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1)
    if (last?.at(-1)?.number === number - 1) last.push({ number, ...place })
    else runs.push([{ number, ...place }])
  }
  return runs
}

/** 7.5.4: twenty bytes a line. */
function table(recipe: StampRecipe, places: Places, trailer: string): string {
  const digits = (value: number, count: number) => String(value).padStart(count, '0')
  const runs = runsOf(places).map((run) => {
    const lines = run.map((at) => `${digits(at.offset, 10)} ${digits(at.generation, 5)} n \n`)
    return `${run[0]!.number} ${run.length}\n${lines.join('')}`
  })
  return `xref\n${runs.join('')}trailer\n<<${trailer} /Size ${recipe.size}>>\n`
}

function row(type: number, offset: number, generation: number): string {
  const bytes = [type]
  for (let power = 4; power >= 0; power--) bytes.push(Math.floor(offset / 256 ** power) % 256)
  return String.fromCharCode(...bytes, generation >> 8, generation & 255)
}
