import { deriveKey } from './derived.ts'
import { isSameKey } from './keys.ts'
import { randomToken } from '../lib/encoding.ts'
import { network } from '../lib/network.ts'

/**
 * What lets the shop know its doctor's calls when they come back from outside, and the doctor its
 * shop's answers: HMAC(APP_SECRET, purpose, …), short-lived and never stored. They open nothing.
 */
const LIFE_MS = 10 * 60_000

const until = (now: Date) => Math.floor((now.getTime() + LIFE_MS) / 1000).toString(36)
const isOver = (text: string, now: Date) => parseInt(text, 36) * 1000 < now.getTime()

/** A transaction id that no payment has, for the doctor's own notice. */
export async function noticeId(secret: string, now: Date): Promise<string> {
  const named = `${until(now)}.${randomToken()}`
  return `doctor.${named}.${await deriveKey(secret, 'doctor notice', named)}`
}

/** The shop's answer to its doctor's notice; undefined for any other id. */
export async function noticeAnswer(secret: string, id: string, now: Date) {
  const [, named, ends, given] =
    /^doctor\.(([0-9a-z]{6,8})\.[\w-]{22})\.([\w-]{22})$/.exec(id) ?? []
  if (!named || !ends || !given || isOver(ends, now)) return undefined
  if (!isSameKey(given, await deriveKey(secret, 'doctor notice', named))) return undefined
  return `OK ${await noticeProof(secret, id)}`
}

export const noticeProof = (secret: string, id: string) => deriveKey(secret, 'doctor answer', id)

/** The tag of the probe file for this nonce. */
export const probeTag = (secret: string, nonce: string) => deriveKey(secret, 'doctor probe', nonce)
/** Together with a probe's nonce: only the doctor learns whom the shop sees. */
export const sightKey = (secret: string, nonce: string) => deriveKey(secret, 'doctor sight', nonce)
export const isSightKey = async (secret: string, nonce: string, given: string) =>
  isSameKey(given, await sightKey(secret, nonce))
export const isNonce = (text: string) => /^[\w-]{22}$/.test(text)

/** Of the network that the desk is open on: enough to compare, too little to identify it. */
const NETWORK_LETTERS = 6
const networkTag = async (secret: string, address: string) =>
  (await deriveKey(secret, 'doctor network', network(address))).slice(0, NETWORK_LETTERS)

/** For an address that a phone opens: who showed it, and when it expires. */
export async function phoneKey(secret: string, deskAddress: string, now: Date): Promise<string> {
  const named = `${until(now)}.${await networkTag(secret, deskAddress)}`
  return `${named}.${await deriveKey(secret, 'doctor phone', named)}`
}

/** Whether the phone is on the same network as the desk; undefined for an invalid or expired key. */
export async function readPhoneKey(secret: string, key: string, phoneAddress: string, now: Date) {
  const [, named, ends, desk, given] =
    /^(([0-9a-z]{6,8})\.([\w-]{6}))\.([\w-]{22})$/.exec(key) ?? []
  if (!named || !ends || !given || isOver(ends, now)) return undefined
  if (!isSameKey(given, await deriveKey(secret, 'doctor phone', named))) return undefined
  return desk === (await networkTag(secret, phoneAddress)) ? 'same' : 'other'
}
