const encoder = new TextEncoder()

export const utf8 = (text: string) => encoder.encode(text)

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += PAIRS[byte]!
  return text
}

/** The bytes of 64 hexadecimal digits, either case; undefined for anything else. */
export function sha256FromHex(text: string): Uint8Array | undefined {
  if (!/^[0-9a-f]{64}$/i.test(text)) return undefined
  return Uint8Array.from({ length: 32 }, (_, i) => parseInt(text.slice(i * 2, i * 2 + 2), 16))
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

export function fromBase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return latin1Bytes(binary)
}

/**
 * One byte per character, for text without characters above 0xff. Not `Uint8Array.from`, which
 * iterates the text by code points: 7.6 ms for 50 KB instead of 0.35.
 */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count))
}

const TOKEN_BYTES = 16
let drawn = new Uint8Array(0)

/**
 * 128 random bits, to be unguessable and unique. One getRandomValues call serves many tokens: a call
 * has a fixed cost.
 */
export function randomToken(): string {
  if (drawn.length < TOKEN_BYTES) drawn = randomBytes(64 * TOKEN_BYTES)
  const token = base64url(drawn.subarray(0, TOKEN_BYTES))
  drawn = drawn.subarray(TOKEN_BYTES)
  return token
}
