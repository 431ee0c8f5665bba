import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { countOf, entry, isString, nameOf } from './objects.ts'
import type { PdfValue } from './objects.ts'
import { PdfFault } from './source.ts'

/**
 * The standard security handler (ISO 32000-2, 7.6.4), with the empty user password: a file that
 * opens so is shown by every reader, and only asks it not to print or copy. Streams alone are
 * decrypted here, because object streams hide the page tree; the strings of a document are not.
 */
export type Decrypt = (bytes: Uint8Array, number: number, generation: number) => Uint8Array

/** Undefined: the file wants a password, or a handler that is not the standard one. */
export function openWithoutPassword(encrypt: PdfValue, firstId: Uint8Array): Decrypt | undefined {
  const revision = countOf(entry(encrypt, 'R'), 6)
  if (nameOf(entry(encrypt, 'Filter')) !== 'Standard' || !revision) return undefined
  const key = revision >= 5 ? newKey(encrypt, revision) : oldKey(encrypt, revision, firstId)
  if (!key) return undefined
  const method = methodOf(encrypt)
  if (method === 'None') return (bytes) => bytes
  if (method === 'AESV3') return (bytes) => decryptAes(key, bytes)
  return (bytes, number, generation) => {
    const own = objectKey(key, number, generation, method === 'AESV2')
    return method === 'AESV2' ? decryptAes(own, bytes) : rc4(own, bytes)
  }
}

type Method = 'None' | 'V2' | 'AESV2' | 'AESV3'

/** Up to version 3, RC4; then what the crypt filter for streams says (7.6.6). */
function methodOf(encrypt: PdfValue): Method {
  if ((countOf(entry(encrypt, 'V'), 5) ?? 0) < 4) return 'V2'
  const filter = nameOf(entry(encrypt, 'StmF')) ?? 'Identity'
  if (filter === 'Identity') return 'None'
  const method = nameOf(entry(entry(entry(encrypt, 'CF'), filter), 'CFM'))
  if (method === 'None' || method === 'V2' || method === 'AESV2' || method === 'AESV3')
    return method
  throw new PdfFault('an unknown way of encrypting')
}

const bytesOf = (value: PdfValue | undefined, length: number): Uint8Array | undefined =>
  isString(value) && value.bytes.length >= length ? value.bytes.subarray(0, length) : undefined

/** 7.6.4.3.2, algorithm 2; 7.6.4.4.3 and .4, algorithms 4 and 5, to see whether it opens. */
function oldKey(encrypt: PdfValue, revision: number, firstId: Uint8Array): Uint8Array | undefined {
  const [owner, user] = [bytesOf(entry(encrypt, 'O'), 32), bytesOf(entry(encrypt, 'U'), 32)]
  const permissions = entry(encrypt, 'P')
  if (!owner || !user || typeof permissions !== 'number') throw new PdfFault('odd encryption')
  for (const length of keyLengths(encrypt, revision)) {
    const key = keyOf(encrypt, revision, { owner, user, permissions, firstId, length })
    if (key) return key
  }
  return undefined
}

/** In bytes. Writers disagree on where to say it, and whether in bits: the file opens with the right one. */
function keyLengths(encrypt: PdfValue, revision: number): number[] {
  if (revision === 2) return [5]
  const filter = entry(entry(encrypt, 'CF'), nameOf(entry(encrypt, 'StmF')) ?? '')
  const said = [entry(encrypt, 'Length'), entry(filter, 'Length')].map((value) => {
    const length = countOf(value, 128)
    return length && (length < 40 ? length : length >> 3)
  })
  const likely = [...said, lengthByVersion(encrypt) >> 3, 16, 5]
  return [...new Set(likely.filter((length) => length && length >= 5 && length <= 16))] as number[]
}

type OldKey = {
  owner: Uint8Array
  user: Uint8Array
  permissions: number
  firstId: Uint8Array
  length: number
}

function keyOf(
  encrypt: PdfValue,
  revision: number,
  { owner, user, permissions, firstId, length }: OldKey,
): Uint8Array | undefined {
  const allowed = new Uint8Array(4)
  new DataView(allowed.buffer).setInt32(0, permissions | 0, true)
  const isOpenMetadata = revision >= 4 && entry(encrypt, 'EncryptMetadata') === false
  const open = isOpenMetadata ? [255, 255, 255, 255] : []

  let hash = digest('md5', concat(PADDING, owner, allowed, firstId, Uint8Array.from(open)))
  if (revision >= 3) for (let i = 0; i < 50; i++) hash = digest('md5', hash.subarray(0, length))
  const key = hash.slice(0, length)

  if (revision === 2) return isSame(rc4(key, PADDING), user) ? key : undefined
  let made: Uint8Array = digest('md5', concat(PADDING, firstId))
  for (let i = 0; i < 20; i++)
    made = rc4(
      key.map((byte) => byte ^ i),
      made,
    )
  return isSame(made, user.subarray(0, 16)) ? key : undefined
}

const lengthByVersion = (encrypt: PdfValue) => (entry(encrypt, 'V') === 4 ? 128 : 40)

/** 7.6.4.3.3, algorithm 2.A, for the user password. */
function newKey(encrypt: PdfValue, revision: number): Uint8Array | undefined {
  const user = bytesOf(entry(encrypt, 'U'), 48)
  const locked = bytesOf(entry(encrypt, 'UE'), 32)
  if (!user || !locked) throw new PdfFault('odd encryption')
  const hash = revision === 5 ? (salt: Uint8Array) => digest('sha256', salt) : hardened
  if (!isSame(hash(user.subarray(32, 40)), user.subarray(0, 32))) return undefined
  return aes('open', hash(user.subarray(40, 48)), new Uint8Array(16), locked)
}

/** 7.6.4.3.4, algorithm 2.B, of an empty password. */
function hardened(salt: Uint8Array): Uint8Array {
  let key = digest('sha256', salt)
  for (let round = 0; ; round++) {
    const block = new Uint8Array(key.length * 64)
    for (let i = 0; i < 64; i++) block.set(key, i * key.length)
    const mixed = aes('close', key.subarray(0, 16), key.subarray(16, 32), block)
    // The first sixteen bytes as one number, modulo 3: 256 is 1 modulo 3, so their sum will do.
    const remainder = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    key = digest((['sha256', 'sha384', 'sha512'] as const)[remainder]!, mixed)
    if (round >= 63 && mixed.at(-1)! <= round - 31) return key.slice(0, 32)
  }
}

/** 7.6.3.1, algorithm 1. */
function objectKey(key: Uint8Array, number: number, generation: number, isAes: boolean) {
  const tail = [number, number >> 8, number >> 16, generation, generation >> 8]
  const salt = isAes ? [0x73, 0x41, 0x6c, 0x54] : []
  const hash = digest(
    'md5',
    concat(
      key,
      Uint8Array.from([...tail, ...salt], (byte) => byte & 255),
    ),
  )
  return hash.subarray(0, Math.min(16, key.length + 5))
}

export function rc4(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i)
  const swap = (i: number, j: number) => ([state[i], state[j]] = [state[j]!, state[i]!])
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255
    swap(i, j)
  }
  let [i, j] = [0, 0]
  return bytes.map((byte) => {
    i = (i + 1) & 255
    j = (j + state[i]!) & 255
    swap(i, j)
    return byte ^ state[(state[i]! + state[j]!) & 255]!
  })
}

function decryptAes(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  // Whole blocks: a stray byte behind them, or an end that is filled up otherwise, stops no reader.
  const blocks = bytes.subarray(16, bytes.length - (bytes.length % 16))
  if (blocks.length === 0) throw new PdfFault('a stream that does not decrypt')
  const plain = aes('open', key, bytes.subarray(0, 16), blocks)
  const filled = plain.at(-1)!
  return filled >= 1 && filled <= 16 ? plain.subarray(0, -filled) : plain
}

/** Whole blocks, to which no padding is added. */
function aes(deed: 'close' | 'open', key: Uint8Array, iv: Uint8Array, blocks: Uint8Array) {
  const make = deed === 'close' ? createCipheriv : createDecipheriv
  const cipher = make(nameOfAes(key), key, iv).setAutoPadding(false)
  return concat(cipher.update(blocks), cipher.final())
}

const nameOfAes = (key: Uint8Array) => `aes-${key.length * 8}-cbc`

/** MD5 is what old files are encrypted with. On both runtimes: workerd lends node:crypto. */
const digest = (name: 'md5' | 'sha256' | 'sha384' | 'sha512', bytes: Uint8Array) =>
  new Uint8Array(createHash(name).update(bytes).digest())

const isSame = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** 7.6.4.3.2: what an empty password is filled up with. */
const PADDING = Uint8Array.from(
  '28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a'.match(/../g)!,
  (digits) => parseInt(digits, 16),
)
