import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { base64url, fromBase64url, randomBytes } from './encoding.ts'
import { sameBytes } from './hmac.ts'
import { orAfter } from './or-after.ts'

/**
 * Passwords are kept as scrypt$14$8$5$salt$hash: N = 2^14, r = 8, p = 5, one of the settings that
 * OWASP's cheat sheet gives, and within what production Workers allow (N·r·p at most 2^20; the
 * local workerd does not check). 16 MB and about a tenth of a second each, so two at a time in a
 * process; a third waits. The one file outside the entries that imports `node:`, because scrypt is
 * in no Web API; Node and workerd (nodejs_compat) both have it there.
 */
export const SCRYPT = { logN: 14, r: 8, p: 5 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const AT_ONCE = 2
/** On Workers a cancelled request never ends its turn: the next one waits no longer than this. */
const TURN_MS = 10_000

export const MAX_PASSWORD_LENGTH = 128

type Parts = { logN: number; r: number; p: number; salt: Uint8Array; hash: Uint8Array }

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, { ...SCRYPT, salt })
  const { logN, r, p } = SCRYPT
  return ['scrypt', logN, r, p, base64url(salt), base64url(hash)].join('$')
}

type Verdict = 'wrong' | 'right' | 'right, to be hashed anew'

/** Without a stored hash it takes as long as with one, so the time does not reveal which logins exist. */
export async function verifyPassword(password: string, stored: string | null): Promise<Verdict> {
  const parts = read(stored ?? NOBODYS)
  if (!parts) throw new Error('A stored password does not read')
  const same = sameBytes(await derive(password, parts), parts.hash)
  if (!same || stored === null) return 'wrong'
  const { logN, r, p } = parts
  const current = logN === SCRYPT.logN && r === SCRYPT.r && p === SCRYPT.p
  return current ? 'right' : 'right, to be hashed anew'
}

const zeros = (count: number) => base64url(new Uint8Array(count))
const NOBODYS = `scrypt$${SCRYPT.logN}$${SCRYPT.r}$${SCRYPT.p}$${zeros(SALT_BYTES)}$${zeros(HASH_BYTES)}`

function read(stored: string): Parts | undefined {
  const form = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/.exec(stored)
  if (!form) return undefined
  const [logN, r, p] = form.slice(1, 4).map(Number) as [number, number, number]
  return { logN, r, p, salt: fromBase64url(form[4]!), hash: fromBase64url(form[5]!) }
}

const scryptAsync = promisify<string, Uint8Array, number, object, Uint8Array>(scrypt)

/** The bytes of a key derived from a passphrase, with the same settings and in the same queue. */
export const stretchPassphrase = (passphrase: string, salt: Uint8Array, bytes: number) =>
  derive(passphrase, { ...SCRYPT, salt }, bytes)

function derive(
  password: string,
  { logN, r, p, salt }: Omit<Parts, 'hash'>,
  bytes = HASH_BYTES,
): Promise<Uint8Array> {
  // The same letters may be typed as different code points (NIST SP 800-63B, §3.1.1.2).
  const text = password.normalize('NFKC')
  return inTurn(async () => {
    const key = await scryptAsync(text, salt, bytes, { N: 2 ** logN, r, p })
    return new Uint8Array(key)
  })
}

const lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve())
let arrivals = 0

/**
 * The queue limits memory and time, and correctness does not depend on it: a turn that never ends
 * is overtaken.
 */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const lane = arrivals++ % AT_ONCE
  const before = lanes[lane]
  const mine = orAfter(TURN_MS, before!, () => undefined).then(work)
  lanes[lane] = mine.catch(() => {})
  return mine
}
