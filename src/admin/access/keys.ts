import { deriveKey } from '../../links/derived.ts'
import { utf8 } from '../../lib/encoding.ts'
import { sameBytes } from '../../lib/hmac.ts'

/**
 * What opens the desk for the first time, and for somebody invited. Derived, like the keys of orders
 * (`links/keys.ts`), and never stored. The set-up key is good while there is no owner; an invitation
 * while `invited_at` is the one that it was made from, and for seven days.
 */
export const setupKey = (secret: string) => deriveKey(secret, 'setup')

type Invitation = { id: number; invitedAt: Date }

export async function invitationKey(secret: string, { id, invitedAt }: Invitation) {
  return `${id}.${await deriveKey(secret, 'invitation', id, invitedAt.getTime())}`
}

/** The person of an invitation's key, unproved. */
export function readInvitationKey(key: string): number | undefined {
  const [, id] = /^([1-9]\d{0,14})\.[\w-]{22}$/.exec(key) ?? []
  return id === undefined ? undefined : Number(id)
}

/** The name of an account inside a passkey: it is shown to nobody, and says nothing. */
export const userHandle = (secret: string, personId: number) =>
  deriveKey(secret, 'passkey owner', personId)

/** Proof that this browser has entered as this login before. */
export const devicePass = (secret: string, login: string, device: string) =>
  deriveKey(secret, 'desk device', login, device)

/** A device's name for a session, which stands for the browser that has it. */
export const sessionDevice = (secret: string, sessionId: number) =>
  deriveKey(secret, 'session device', sessionId)

export const isSameKey = (given: string, made: string) => sameBytes(utf8(given), utf8(made))
