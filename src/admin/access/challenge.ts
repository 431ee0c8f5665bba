import { derive } from '../../links/derived.ts'
import { base64url, randomToken } from '../../lib/encoding.ts'
import type { Shop } from '../../contracts/shop.ts'

/**
 * What a passkey is asked to sign: HMAC(APP_SECRET, purpose, session, expiry, nonce). These 256
 * bits cannot be predicted and need no storage, so no visitor can use up a quota and lock out
 * another's passkey. A verified answer is remembered until the challenge expires, so that it counts
 * only once.
 */
export const CHALLENGE_MS = 5 * 60_000

/** What a challenge is for and who may answer it: at the door, anybody; otherwise one session only. */
export type Asked =
  { deed: 'enter' } | { deed: 'add' | 'prove'; personId: number; sessionId: number }

export async function newChallenge(shop: Shop, asked: Asked) {
  const until = Math.floor((shop.now().getTime() + CHALLENGE_MS) / 1000).toString(36)
  const id = `${until}.${randomToken()}`
  return { id, challenge: await bytesOf(shop, id, asked) }
}

/** The challenge with this id; undefined when it has expired or the id is not ours. */
export async function readChallenge(shop: Shop, id: string, asked: Asked) {
  const [, until] = /^([0-9a-z]{6,8})\.[\w-]{22}$/.exec(id) ?? []
  if (!until) return undefined
  const endsAt = new Date(parseInt(until, 36) * 1000)
  const left = endsAt.getTime() - shop.now().getTime()
  if (left <= 0 || left > CHALLENGE_MS) return undefined
  return { id, endsAt, text: base64url(await bytesOf(shop, id, asked)) }
}

async function bytesOf({ config }: Shop, id: string, asked: Asked) {
  const where = asked.deed === 'enter' ? [] : [asked.personId, asked.sessionId]
  const bytes = await derive(config.appSecret, 'challenge', asked.deed, ...where, id)
  return bytes as Uint8Array<ArrayBuffer>
}
