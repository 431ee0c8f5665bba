import { Hono } from 'hono'
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
import { accessWords } from './words.ts'

export const MAX_ANSWER_BYTES = 32 * 1024

/** What browser/passkey.ts talks to at the door. */
export const keyDoor = new Hono<ShopEnv>()

keyDoor.post(paths.keyQuestion, async (c) => {
  return c.json(await askForKey(c.env))
})

keyDoor.post(paths.signInByKey, async (c) => {
  const words = accessWords(c.var.language)
  const given = await readJson(c.req.raw, KeyAnswer, MAX_ANSWER_BYTES)
  if (!given) return c.json({ error: words.key.failed }, 400)
  const ticket = await newTicket(c, 'passkey')
  const personId = await enterWithKey(c.env, given, ticket)
  if (personId === undefined) {
    c.env.log('access.refused', { by: 'passkey' })
    return c.json({ error: words.key.failed }, 422)
  }
  c.env.log('access.entered', { by: 'passkey', personId })
  giveCookie(c, ticket.token)
  return c.json({ to: ownPath(given.next) ?? paths.desk })
})

/** And behind it. */
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
