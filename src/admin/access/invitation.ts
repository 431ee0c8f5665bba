import { findInvited, inviteOwner } from '../../data/people/people.ts'
import type { Invited } from '../../data/people/people.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { invitationKey, isSameKey, readInvitationKey } from './keys.ts'
import { DAY_MS } from '../../lib/time.ts'

export const INVITATION_MS = 7 * DAY_MS

/** Whom an open invitation is for. */
export async function findInvitation(shop: Shop, key: string): Promise<Invited | undefined> {
  const id = readInvitationKey(key)
  const since = new Date(shop.now().getTime() - INVITATION_MS)
  const invited = id === undefined ? undefined : await findInvited(shop.sql, id, since)
  const made = invited && (await invitationKey(shop.config.appSecret, invited))
  return made && isSameKey(key, made) ? invited : undefined
}

/**
 * A link with which an owner who is locked out chooses a new password. It is printed on the host's
 * console, which only the person who runs the shop can read. Undefined while there is no owner.
 */
export async function wayBackIn(shop: Shop) {
  const owner = await inviteOwner(shop.sql, shop.now())
  if (!owner) return undefined
  const key = await invitationKey(shop.config.appSecret, owner)
  return { login: owner.login, address: absolute(shop.config, paths.invitation(key)) }
}
