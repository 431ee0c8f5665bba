import type { PdfDict, PdfRef, PdfValue } from '../objects.ts'
import { isDict, isName, isRef, isString } from '../objects.ts'

/** Writes objects as PDF text (ISO 32000-1, 7.3), in printable ASCII only: strings as hexadecimal. */
export function write(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value)
  if (Array.isArray(value)) return `[${value.map(write).join(' ')}]`
  if (isName(value)) return writeName(value.text)
  if (isString(value)) return `<${hexOf(value.bytes)}>`
  if (isRef(value)) return writeRef(value)
  return isDict(value) ? `<<${writeEntries(value)}>>` : 'null'
}

/** The entries of a dictionary, but for some. */
export const writeEntries = (dict: PdfDict, without: readonly string[] = []): string =>
  [...dict.entries]
    .filter(([key]) => !without.includes(key))
    .map(([key, value]) => writeEntry(key, value))
    .join(' ')

export const writeEntry = (key: string, value: PdfValue) => `${writeName(key)} ${write(value)}`

export const writeRef = ({ number, generation }: PdfRef) => `${number} ${generation} R`

/** A stream that is not packed (7.3.8). */
export const stream = (content: string, entries = '') =>
  `<<${entries}/Length ${content.length}>>\nstream\n${content}\nendstream`

/** 7.3.3: no exponents; six digits are more than readers keep. */
export function writeNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value === 0 ? 0 : value)
  const text = Math.max(-1e15, Math.min(1e15, value))
    .toFixed(6)
    .replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}

const writeName = (text: string) =>
  `/${text.replace(/[^A-Za-z0-9_.+*@:-]/g, (character) => `#${hexByte(character.charCodeAt(0))}`)}`

export const hexOf = (bytes: Uint8Array) => Array.from(bytes, hexByte).join('')

const hexByte = (byte: number) => byte.toString(16).padStart(2, '0')
