import { base64url } from '../lib/encoding.ts'
import { hmacSha256 } from '../lib/hmac.ts'

/**
 * Everything that is derived from APP_SECRET, by what it is for: HMAC(APP_SECRET, "purpose part part").
 * A purpose has a label of its own, none is the beginning of another, and parts are written without
 * spaces: what is made for one purpose is never what another would make, whatever a person types.
 *
 * `order` and `file` open every link that was ever sold, `suitcase` knows every backup archive, and `passkey
 * owner` stands in people's passkeys, and `quiet phone` in who is not to be written to: these never change.
 */
export const PURPOSES = [
  'order',
  'file',
  'mailed books',
  'device of an order',
  'suitcase',
  'setup',
  'invitation',
  'passkey owner',
  'desk device',
  'session device',
  'challenge',
  'download of a suitcase',
  'limit',
  'purchase',
  'quiet phone',
  'question digits',
  'question seal',
  'trial of the front',
  'doctor notice',
  'doctor answer',
  'doctor probe',
  'doctor sight',
  'doctor network',
  'doctor phone',
  'alert topic',
] as const
type Purpose = (typeof PURPOSES)[number]

type Parts = readonly (string | number)[]

export const inputOf = (purpose: Purpose, parts: Parts) =>
  [purpose, ...parts.map((part) => encodeURIComponent(part))].join(' ')

export const derive = (secret: string, purpose: Purpose, ...parts: Parts) =>
  hmacSha256(secret, inputOf(purpose, parts))

const KEY_BYTES = 16

/** 128 bits in base64url: well beyond guessing through a web server (RFC 2104, section 5). */
export async function deriveKey(secret: string, purpose: Purpose, ...parts: Parts) {
  return base64url((await derive(secret, purpose, ...parts)).subarray(0, KEY_BYTES))
}
