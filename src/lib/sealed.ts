import * as v from 'valibot'
import { base64url, fromBase64url, randomBytes, utf8 } from './encoding.ts'
import { stretchPassphrase } from './password.ts'

/**
 * A short text under a passphrase: AES-256-GCM, with a key that scrypt makes of the passphrase, by
 * the settings of passwords (`lib/password.ts`). Trusted: that the passphrase is long; anybody with
 * the sealed text can try as many as they like, a tenth of a second each.
 */
export const Sealed = v.object({
  method: v.literal('scrypt-14-8-5+aes-256-gcm'),
  salt: v.pipe(v.string(), v.regex(/^[\w-]{22}$/)),
  nonce: v.pipe(v.string(), v.regex(/^[\w-]{16}$/)),
  text: v.pipe(v.string(), v.regex(/^[\w-]{1,2000}$/)),
})
export type Sealed = v.InferOutput<typeof Sealed>

const SALT_BYTES = 16
const NONCE_BYTES = 12
const KEY_BYTES = 32

async function keyOf(passphrase: string, salt: Uint8Array): Promise<CryptoKey> {
  const bytes = await stretchPassphrase(passphrase, salt, KEY_BYTES)
  return crypto.subtle.importKey('raw', bytes as BufferSource, 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
}

export async function seal(text: string, passphrase: string): Promise<Sealed> {
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const key = await keyOf(passphrase, salt)
  const algorithm = { name: 'AES-GCM', iv: nonce as BufferSource }
  const sealed = await crypto.subtle.encrypt(algorithm, key, utf8(text) as BufferSource)
  return {
    method: 'scrypt-14-8-5+aes-256-gcm',
    salt: base64url(salt),
    nonce: base64url(nonce),
    text: base64url(new Uint8Array(sealed)),
  }
}

/** Undefined: wrong passphrase, or the text was changed. */
export async function unseal(sealed: Sealed, passphrase: string): Promise<string | undefined> {
  const key = await keyOf(passphrase, fromBase64url(sealed.salt))
  const algorithm = { name: 'AES-GCM', iv: fromBase64url(sealed.nonce) as BufferSource }
  const bytes = fromBase64url(sealed.text) as BufferSource
  return crypto.subtle.decrypt(algorithm, key, bytes).then(
    (text) => new TextDecoder().decode(text),
    () => undefined,
  )
}
