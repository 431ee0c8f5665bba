import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Person } from '../../data/people/sessions.ts'
import { readSettings } from '../../data/settings.ts'
import { readDevice } from '../../lib/device.ts'
import { readJson } from '../../forms/read.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import type { DeskEnv } from '../guard.ts'
import { ownPath } from './own-path.ts'
import {
  KeyAnswer,
  NewKeyAnswer,
  askForKey,
  askForNewKey,
  enterWithKey,
  keepNewKey,
} from './passkeys.ts'
import { giveCookie, newTicket } from './session.ts'
import type { Ticket } from './session.ts'
import { accessWords } from './words.ts'

const MAX_ANSWER_BYTES = 32 * 1024

/** What browser/passkey.ts calls at the door. */
export const keyDoor = new Hono<ShopEnv>()

keyDoor.post(paths.keyQuestion, async (c) => {
  return c.json(await askForKey(c.env))
})

keyDoor.post(paths.signInByKey, async (c) => enterByKey(c, await newTicket(c, 'passkey')))

/** Signs in with the passkey that was used; `signed` is the person who signs in again. */
export async function enterByKey<E extends ShopEnv>(
  c: Context<E>,
  ticket: Ticket,
  signed?: Person,
): Promise<Response> {
  const words = accessWords(c.var.language)
  const given = await readJson(c.req.raw, KeyAnswer, MAX_ANSWER_BYTES)
  if (!given) return c.json({ error: words.key.failed }, 400)
  const personId = await enterWithKey(c.env, given, ticket, signed)
  const how = { by: 'passkey', ...(signed && { anew: true }) }
  if (personId === undefined) {
    c.env.log('access.refused', how)
    return c.json({ error: words.key.failed }, 422)
  }
  c.env.log('access.entered', { ...how, personId })
  giveCookie(c, ticket.token)
  return c.json({ to: ownPath(given.next) ?? paths.desk })
}

/** The same for a person who is signed in. */
export const ownKeys = new Hono<DeskEnv>()

ownKeys.post(paths.addKeyQuestion, async (c) => {
  const { shop } = await readSettings(c.env.sql)
  return c.json(await askForNewKey(c.env, c.var.person, shop.name))
})

ownKeys.post(paths.addKey, async (c) => {
  const words = accessWords(c.var.language)
  const given = await readJson(c.req.raw, NewKeyAnswer, MAX_ANSWER_BYTES)
  if (!given) return c.json({ error: words.key.failed }, 400)
  const { browser, system } = readDevice(c.req.header('user-agent') ?? '')
  const label = words.account.device(browser, system)
  const personId = c.var.person.id
  const outcome = await keepNewKey(c.env, c.var.person, given, label)
  switch (outcome) {
    case 'added':
      c.env.log('passkey.added', { personId })
      return c.json({ to: ownPath(given.next) ?? `${paths.access}?fait=cle` })
    case 'known':
      return c.json({ error: words.key.known }, 422)
    case 'refused':
      c.env.log('passkey.refused', { personId })
      return c.json({ error: words.key.failed }, 422)
  }
})
