/** The objects of a PDF: ISO 32000-2, 7.3. Streams only exist as indirect objects (7.3.8). */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfValue[] | PdfDict

type PdfName = { kind: 'name'; text: string }
type PdfString = { kind: 'string'; bytes: Uint8Array }
export type PdfRef = { kind: 'ref'; number: number; generation: number }
export type PdfDict = { kind: 'dict'; entries: Map<string, PdfValue> }

/** `N G obj … endobj`; `streamAt` is where the bytes of its stream begin, when it has one. */
export type PdfObject = {
  number: number
  generation: number
  value: PdfValue
  streamAt: number | undefined
  /** Readers differ on what it says. */
  isLoose: boolean
  /** The value as it is written. */
  written: Uint8Array
}

const kindOf = (value: PdfValue | undefined) =>
  typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined

export const isName = (value: PdfValue | undefined): value is PdfName => kindOf(value) === 'name'
export const isRef = (value: PdfValue | undefined): value is PdfRef => kindOf(value) === 'ref'
export const isDict = (value: PdfValue | undefined): value is PdfDict => kindOf(value) === 'dict'
export const isString = (value: PdfValue | undefined): value is PdfString =>
  kindOf(value) === 'string'

/** An entry of a dictionary; undefined for anything that is not one. */
export const entry = (value: PdfValue | undefined, key: string): PdfValue | undefined =>
  isDict(value) ? value.entries.get(key) : undefined

export const nameOf = (value: PdfValue | undefined): string | undefined =>
  isName(value) ? value.text : undefined

/** Whether two values mean the same to every reader; of arrays and dictionaries it is not said. */
export const isSame = (a: PdfValue | undefined, b: PdfValue | undefined): boolean =>
  a === b ||
  (isName(a) && isName(b) && a.text === b.text) ||
  (isRef(a) && isRef(b) && a.number === b.number && a.generation === b.generation)

/** A whole number from 0 up to a limit. */
export const countOf = (value: PdfValue | undefined, max: number): number | undefined =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max
    ? (value as number)
    : undefined
