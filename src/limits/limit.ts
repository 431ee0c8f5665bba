import { countAct, giveBackAct, takeActs } from '../data/throttles.ts'
import type { Act, GuessKind } from '../data/throttles.ts'
import { derive } from '../links/derived.ts'
import { hex } from '../lib/encoding.ts'
import { network } from '../lib/network.ts'
import type { Shop } from '../contracts/shop.ts'

/**
 * The one rate limit of the shop. An act is taken before anything is judged, so that a hundred
 * guesses sent at once are a hundred; a try that turns out to be no guess is given back. It is
 * counted in the database, for all processes, by HMACs: no number and no address stands there.
 *
 * A key that a stranger may know (a phone, a login) never counts alone: the stranger would use it up,
 * and the person would have to wait. It is counted together with who guesses. What one address alone
 * reaches is a whole town's, behind a mobile operator: past it, nobody is refused but asked a
 * question (`question.ts`).
 */
export type Limit = {
  kind: string
  /** How many acts a window allows. */
  most: number
  windowMs: number
}

/** A limit, and the value that it counts. */
export type Counted = readonly [limit: Limit, value: string]

type Taken =
  | { kind: 'allowed'; /** For an act that was no guess. */ giveBack(): Promise<void> }
  | { kind: 'over'; limit: Limit; minutes: number }

/**
 * Takes one act from each of these limits, the narrowest and most often full first, or from none of them: then it tells
 * which one is used up, and for how many minutes.
 */
export async function take(shop: Shop, counted: readonly Counted[]): Promise<Taken> {
  const acts = await actsOf(shop, counted)
  const giveBack = async (taken: readonly Act[]) => {
    await Promise.all(taken.map((act) => giveBackAct(shop.sql, act)))
  }
  const count = await takeActs(shop.sql, acts)
  if (count === acts.length) return { kind: 'allowed', giveBack: () => giveBack(acts) }
  await giveBack(acts.slice(0, count))
  const [limit] = counted[count]!
  const over = acts[count]!.windowStart.getTime() + limit.windowMs - shop.now().getTime()
  return { kind: 'over', limit, minutes: Math.ceil(over / 60_000) }
}

/** The same acts, for a statement that counts them itself; none where limits are off. */
export async function actsOf(shop: Shop, counted: readonly Counted[]): Promise<Act[]> {
  if (!shop.config.rateLimits) return []
  return Promise.all(
    counted.map(async ([{ kind, most, windowMs }, value]) => ({
      key: await keyOf(shop, kind, value),
      windowStart: windowAt(shop, windowMs),
      most,
    })),
  )
}

/** Whether this is the first of its kind in its window. */
export async function isFirst(shop: Shop, { kind, windowMs }: Limit, value: string) {
  const key = await keyOf(shop, kind, value)
  return (await countAct(shop.sql, key, windowAt(shop, windowMs))) === 1
}

/**
 * Counts a wrong guess by what was guessed, regardless of who guessed. It stops nobody: once so many
 * were wrong, the log says so, and the check-up tells the seller (`doctor/checks/guesses.ts`).
 */
export async function noteWrong(shop: Shop, { of, most, windowMs }: Guesses, value: string) {
  if (!shop.config.rateLimits) return
  const key = await keyOf(shop, `wrong.${of}`, value)
  const count = await countAct(shop.sql, key, windowAt(shop, windowMs))
  if (count !== most) return
  await countAct(shop.sql, `many ${of}`, windowAt(shop, windowMs))
  shop.log('guesses.many', { of, count })
}

/** Wrong guesses, and how many in a window are worth noting. */
export type Guesses = { of: GuessKind; most: number; windowMs: number }

const windowAt = (shop: Shop, windowMs: number) =>
  new Date(Math.floor(shop.now().getTime() / windowMs) * windowMs)

async function keyOf({ config }: Shop, kind: string, value: string): Promise<string> {
  const code = await derive(config.appSecret, 'limit', kind, value)
  return `${kind} ${hex(code).slice(0, 32)}`
}

/** A visitor's network: an IPv4 address, or a /64 of IPv6. */
export const addressOf = (shop: Shop) => network(shop.visitorAddress)

/**
 * Who guesses at something: the same, but a /48 of IPv6, since one that is rented has 65 536
 * networks. For keys that hold what is guessed as well, which strangers in one network share by
 * chance only.
 */
export const guesserOf = (shop: Shop) => addressOf(shop).split(':').slice(0, 3).join(':')
