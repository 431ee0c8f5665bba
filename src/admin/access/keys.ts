import { base64url, utf8 } from '../../lib/encoding.ts'
import { hmacSha256, sameBytes } from '../../lib/hmac.ts'

/**
 * What opens the desk for the first time, and for somebody invited. Derived, like the keys of
 * orders (delivery/keys.ts): HMAC(APP_SECRET, purpose, what), 128 bits of it, and never stored. The
 * set-up key is good while there is no owner; an invitation while `invited_at` is the one that it
 * was made from, and for seven days.
 */
const MAC_BYTES = 16

export const setupKey = (secret: string) => mac(secret, ['setup'])

type Invitation = { id: number; invitedAt: Date }

export async function invitationKey(secret: string, { id, invitedAt }: Invitation) {
  return `${id}.${await mac(secret, ['invitation', id, invitedAt.getTime()])}`
}

/** The person of an invitation's key, unproved. */
export function readInvitationKey(key: string): number | undefined {
  const [, id] = /^([1-9]\d{0,14})\.[\w-]{22}$/.exec(key) ?? []
  return id === undefined ? undefined : Number(id)
}

/** The name of an account inside a passkey: it is shown to nobody, and says nothing. */
export const userHandle = (secret: string, personId: number) =>
  mac(secret, ['passkey owner', personId])

/** Proof that this browser has entered as this login before. */
export const devicePass = (secret: string, login: string, device: string) =>
  mac(secret, ['device', login, device])

/** A device's name for a session, which stands for the browser that has it. */
export const sessionDevice = (secret: string, sessionId: number) =>
  mac(secret, ['session device', sessionId])

export const isSameKey = (given: string, made: string) => sameBytes(utf8(given), utf8(made))

async function mac(secret: string, parts: readonly (string | number)[]): Promise<string> {
  const whole = await hmacSha256(secret, parts.join(' '))
  return base64url(whole.subarray(0, MAC_BYTES))
}
