import { isSame, type PdfDict, type PdfObject, type PdfValue } from './objects.ts'
import { TooMuchWork } from './budget.ts'
import { hexDigit } from './decoders.ts'
import {
  BACKSLASH,
  BRACKET,
  BRACKET_END,
  CR,
  ESCAPES,
  GREATER,
  isDigit,
  isEol,
  isOctal,
  LESS,
  LETTER_R,
  LF,
  PAREN,
  PAREN_END,
  PERCENT,
  REGULAR,
  SLASH,
  SPACE,
  STRAY,
  ENDS,
  NUMBER,
  ZERO,
  Letters,
  nameIn,
} from './syntax.ts'
import { latin1, PdfFault, Unfinished } from './source.ts'

const MAX_DEPTH = 64
const MAX_NAME_BYTES = 1_024
const MAX_NUMBER_BYTES = 64
const MAX_STRING_BYTES = 2 * 1024 * 1024
/** In one object: a page tree without branches names each of its pages. */
const MAX_VALUES = 300_000
/** A dictionary takes as much memory as so many numbers. */
const VALUES_A_DICT = 8

/**
 * Reads objects from bytes, by the syntax of ISO 32000-2, 7.2 and 7.3. Forgiving where readers are
 * by custom; where nothing sensible can be read it throws PdfFault, and Unfinished at the end of a
 * window that is not the end of the file. Every step moves forward, so the time is bounded by the
 * window, and the depth by MAX_DEPTH.
 */
export class Parser {
  readonly bytes: Uint8Array
  readonly isLast: boolean
  at: number
  /** Whether it met what readers differ on. */
  isLoose = false
  values = 0

  constructor(bytes: Uint8Array, isLast: boolean, at = 0) {
    this.bytes = bytes
    this.isLast = isLast
    this.at = at
  }

  /** `N G obj`, its value, and where its stream begins (7.3.8.1, 7.3.10). */
  indirect(): PdfObject {
    const number = this.integer()
    const generation = this.integer()
    this.keyword('obj')
    return { number, generation, ...this.valueAsWritten(), streamAt: this.streamStart() }
  }

  valueAsWritten(): Pick<PdfObject, 'value' | 'written' | 'isLoose'> {
    this.skipSpace()
    const from = this.at
    const value = this.value()
    return { value, written: this.bytes.subarray(from, this.at), isLoose: this.isLoose }
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) throw new PdfFault('nested too deep')
    this.count(1)
    this.skipSpace()
    const byte = this.peek()
    if (byte === SLASH) return { kind: 'name', text: this.name() }
    if (byte === PAREN) return { kind: 'string', bytes: this.literalString() }
    if (byte === LESS && this.peek(1) === LESS) return this.dict(depth)
    if (byte === LESS) return { kind: 'string', bytes: this.hexString() }
    if (byte === BRACKET) return this.array(depth)
    const word = this.word()
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    if (ENDS.test(word)) throw new PdfFault('no value')
    if (!NUMBER.test(word)) {
      // Readers make of it what they can: a number that begins well, or nothing.
      this.isLoose = true
      return /^[+-.\d]/.test(word) ? Number.parseFloat(word) || 0 : null
    }
    const number = Number.parseFloat(word)
    return Number.isInteger(number) && number >= 0 ? this.perhapsRef(number) : number
  }

  /** A whole number from 0 up, as stands before `obj`. */
  integer(): number {
    this.skipSpace()
    const start = this.at
    let value = 0
    for (; this.at < this.bytes.length && isDigit(this.bytes[this.at]!); this.at++)
      value = value * 10 + this.bytes[this.at]! - ZERO
    if (this.at >= this.bytes.length && !this.isLast) throw new Unfinished()
    const count = this.at - start
    const isAlone = this.at >= this.bytes.length || !REGULAR[this.bytes[this.at]!]
    if (count < 1 || count > 15 || !isAlone) throw new PdfFault('no whole number where one is due')
    return value
  }

  keyword(expected: string): void {
    this.skipSpace()
    // Not a whole word: some writers put nothing between `obj` and what follows.
    for (let i = 0; i < expected.length; i++) {
      if (this.peek(i) !== expected.charCodeAt(i)) throw new PdfFault(`no ${expected}`)
    }
    this.at += expected.length
  }

  skipSpace(): void {
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at]!
      if (byte === PERCENT) {
        while (this.at < this.bytes.length && !isEol(this.bytes[this.at]!)) this.at++
      } else if (!SPACE[byte]) return
    }
  }

  private perhapsRef(number: number): PdfValue {
    const start = this.at
    this.skipSpace()
    const generation = this.digits()
    if (generation !== undefined) {
      this.skipSpace()
      if (this.at >= this.bytes.length && !this.isLast) throw new Unfinished()
      const after = this.bytes[this.at + 1]
      if (this.bytes[this.at] === LETTER_R && (after === undefined || !REGULAR[after])) {
        this.at++
        return { kind: 'ref', number, generation }
      }
    }
    this.at = start
    return number
  }

  /** One to five digits that stand alone. */
  private digits(): number | undefined {
    const start = this.at
    while (this.at < this.bytes.length && this.at - start < 6 && isDigit(this.bytes[this.at]!))
      this.at++
    if (this.at >= this.bytes.length && !this.isLast) throw new Unfinished()
    const count = this.at - start
    const isAlone = this.at >= this.bytes.length || !REGULAR[this.bytes[this.at]!]
    if (count < 1 || count > 5 || !isAlone) return undefined
    return Number(latin1(this.bytes.subarray(start, this.at)))
  }

  private peek(ahead = 0): number {
    const byte = this.bytes[this.at + ahead]
    if (byte !== undefined) return byte
    throw this.isLast ? new PdfFault('ended too early') : new Unfinished()
  }

  private word(): string {
    const start = this.at
    while (this.at < this.bytes.length && REGULAR[this.bytes[this.at]!]) this.at++
    if (this.at >= this.bytes.length && !this.isLast) throw new Unfinished()
    if (this.at === start || this.at - start > MAX_NUMBER_BYTES) throw new PdfFault('no value')
    return latin1(this.bytes.subarray(start, this.at))
  }

  private name(): string {
    const start = ++this.at
    while (this.at < this.bytes.length && REGULAR[this.bytes[this.at]!]) this.at++
    if (this.at >= this.bytes.length && !this.isLast) throw new Unfinished()
    if (this.at - start > MAX_NAME_BYTES) throw new PdfFault('a name too long')
    return nameIn(latin1(this.bytes.subarray(start, this.at)))
  }

  /** 7.3.4.2. */
  private literalString(): Uint8Array {
    const text = new Letters()
    let open = 1
    for (this.at++; text.length <= MAX_STRING_BYTES; this.at++) {
      let byte = this.peek()
      if (byte === BACKSLASH) {
        this.at++
        byte = this.peek()
        const escaped = ESCAPES.get(byte)
        if (isOctal(byte)) text.push(this.octal())
        else if (isEol(byte)) {
          if (byte === CR && this.peek(1) === LF) this.at++
        } else text.push(escaped ?? byte)
        continue
      }
      if (byte === PAREN) open++
      if (byte === PAREN_END && --open === 0) {
        this.at++
        return text.bytes()
      }
      text.push(byte)
    }
    throw new PdfFault('a string too long')
  }

  private octal(): number {
    let value = 0
    let count = 0
    for (; count < 3 && isOctal(this.peek(count)); count++)
      value = value * 8 + this.peek(count) - ZERO
    this.at += count - 1
    return value & 255
  }

  /** 7.3.4.3: white space counts for nothing, a digit that is missing is 0. */
  private hexString(): Uint8Array {
    const text = new Letters()
    let half: number | undefined
    for (this.at++; this.peek() !== GREATER; this.at++) {
      if (text.length > MAX_STRING_BYTES) throw new PdfFault('a string too long')
      const digit = hexDigit(this.peek())
      if (digit < 0) continue
      if (half === undefined) half = digit
      else {
        text.push(half * 16 + digit)
        half = undefined
      }
    }
    this.at++
    if (half !== undefined) text.push(half * 16)
    return text.bytes()
  }

  private count(values: number): void {
    this.values += values
    if (this.values > MAX_VALUES) throw new TooMuchWork('too many values')
  }

  private array(depth: number): PdfValue[] {
    const values: PdfValue[] = []
    for (this.at++; ;) {
      this.skipSpace()
      // One that is not closed ends with what it stands in.
      if (this.isDictEnd()) {
        this.isLoose = true
        return values
      }
      if (this.peek() === BRACKET_END) break
      if (!this.isPastStray()) values.push(this.value(depth + 1))
    }
    this.at++
    return values
  }

  /** `onEntry` is told each key, and where it begins; its value has just been read. */
  dict(depth: number, onEntry?: (key: string | undefined, start: number) => void): PdfDict {
    this.count(VALUES_A_DICT)
    const entries = new Map<string, PdfValue>()
    for (this.at += 2; ;) {
      this.skipSpace()
      if (this.isDictEnd()) break
      if (this.isPastStray()) continue
      const start = this.at
      // What has no key means nothing.
      const key = this.peek() === SLASH ? this.name() : undefined
      this.skipSpace()
      const isEmpty = this.isDictEnd() || this.isPastStray()
      const value = isEmpty ? null : this.value(depth + 1)
      // Said twice alike, as pdfTeX names a font, it is said once.
      this.isLoose ||= !key || isEmpty || (entries.has(key) && !isSame(entries.get(key), value))
      if (key !== undefined) entries.set(key, value)
      onEntry?.(key, start)
    }
    this.at += 2
    return { kind: 'dict', entries }
  }

  private isDictEnd = () => this.peek() === GREATER && this.peek(1) === GREATER

  /** Steps over a sign that closes or opens nothing here, as readers do. */
  private isPastStray(): boolean {
    const byte = this.peek()
    const isStray = STRAY.has(byte) || (byte === GREATER && this.peek(1) !== GREATER)
    if (isStray) this.at++
    this.isLoose ||= isStray
    return isStray
  }

  /** After `stream` comes CR LF or LF; a CR alone is wrong, but it occurs. */
  private streamStart(): number | undefined {
    this.skipSpace()
    if (this.bytes.length - this.at < 8 && !this.isLast) throw new Unfinished()
    if (latin1(this.bytes.subarray(this.at, this.at + 6)) !== 'stream') return undefined
    const [first, second] = [this.bytes[this.at + 6], this.bytes[this.at + 7]]
    const eol = first === CR ? (second === LF ? 2 : 1) : first === LF ? 1 : 0
    return this.at + 6 + eol
  }
}
