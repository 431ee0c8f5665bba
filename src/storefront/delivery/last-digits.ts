import type { Context } from 'hono'
import { guesserOf, noteWrong, take } from '../../limits/limit.ts'
import type { Guesses, Limit } from '../../limits/limit.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { knownAs } from './devices.ts'
import type { OrderRef } from './devices.ts'
import { digitsIn } from '../../lib/pasted.ts'
import { HOUR_MS } from '../../lib/time.ts'

/**
 * The last four digits of an order's phone, asked of a strange device and of a buyer who wants more
 * copies: one secret, and one counter for both doors. They slow down links that are passed around,
 * and prove nobody's identity: ten thousand numbers, of which all strangers together try a hundred an
 * hour. A browser that the order knows has a counter of its own, and phone and code at /retrouver
 * make any browser known: so nobody who bought waits for strangers.
 */
const BY_ONE: Limit = { kind: 'digits.guesser', most: 10, windowMs: HOUR_MS }
const BY_STRANGERS: Limit = { kind: 'digits.order', most: 100, windowMs: HOUR_MS }
const WRONG: Guesses = { of: 'digits', most: 20, windowMs: HOUR_MS }

type DigitsAnswer = { kind: 'right' | 'wrong' } | { kind: 'wait'; minutes: number }

/** One try; `isRight` compares the digits. */
export async function tryDigits(
  c: Context<ShopEnv>,
  order: OrderRef,
  typed: string,
  isRight: (digits: string) => Promise<boolean>,
): Promise<DigitsAnswer> {
  const device = await knownAs(c, order)
  const taken = await take(
    c.env,
    device
      ? [[BY_ONE, `${order.code} ${device}`]]
      : [
          [BY_ONE, `${order.code} ${guesserOf(c.env)}`],
          [BY_STRANGERS, order.code],
        ],
  )
  if (taken.kind === 'over') return { kind: 'wait', minutes: taken.minutes }
  if (await isRight(digitsIn(typed))) {
    await taken.giveBack()
    return { kind: 'right' }
  }
  await noteWrong(c.env, WRONG, order.code)
  return { kind: 'wrong' }
}
