import { deriveKey } from '../../links/derived.ts'
import { utf8 } from '../../lib/encoding.ts'
import { sameBytes } from '../../lib/hmac.ts'

/**
 * The keys that open the desk for the first time, and to somebody invited. They are derived like
 * the keys of orders (`links/keys.ts`) and never stored. The set-up key works while there is no
 * owner; an invitation works for seven days, and only while `invited_at` is the one that it was
 * derived from.
 */
export const setupKey = (secret: string) => deriveKey(secret, 'setup')

type Invitation = { id: number; invitedAt: Date }

export async function invitationKey(secret: string, { id, invitedAt }: Invitation) {
  return `${id}.${await deriveKey(secret, 'invitation', id, invitedAt.getTime())}`
}

/** The person named by an invitation's key. Nothing is verified yet. */
export function readInvitationKey(key: string): number | undefined {
  const [, id] = /^([1-9]\d{0,14})\.[\w-]{22}$/.exec(key) ?? []
  return id === undefined ? undefined : Number(id)
}

/** The account's name inside a passkey: shown to nobody, and meaningless by itself. */
export const userHandle = (secret: string, personId: number) =>
  deriveKey(secret, 'passkey owner', personId)

/** Proof that this browser has signed in with this login before. */
export const devicePass = (secret: string, login: string, device: string) =>
  deriveKey(secret, 'desk device', login, device)

/** The device name that a session implies, for the browser that holds it. */
export const sessionDevice = (secret: string, sessionId: number) =>
  deriveKey(secret, 'session device', sessionId)

export const isSameKey = (given: string, made: string) => sameBytes(utf8(given), utf8(made))
