import {
  findOrderOfPhone,
  listBooksOfEmail,
  listOpenPaymentsOfPhone,
} from '../../data/orders/lookup.ts'
import type { FoundBook, FoundOrder } from '../../data/orders/lookup.ts'
import { findOrderByCode } from '../../data/orders/orders.ts'
import { askForBooks } from '../../data/messages/outbox.ts'
import { booksKey, isSameKey, orderKey, readBooksKey } from '../../links/keys.ts'
import { derive } from '../../links/derived.ts'
import { readCode } from '../../lib/crockford.ts'
import { hex } from '../../lib/encoding.ts'
import { plainReference } from '../../lib/reference.ts'
import { addressOf, guesserOf, noteWrong, take } from '../../limits/limit.ts'
import type { Counted } from '../../limits/limit.ts'
import { sendOneMessage } from '../../mail/send.ts'
import { checkUnseen } from '../../payment/check-now.ts'
import type { Shop } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { LETTERS, REFERENCES_OF_PHONE, TRIES_OF_ADDRESS, TRIES_OF_PHONE, WRONG } from './limits.ts'
import { DAY_MS } from '../../lib/time.ts'

/** As long as payments are checked. */
export const LOOK_BACK_MS = 30 * DAY_MS

export type Finding =
  | { kind: 'found'; order: FoundOrder }
  | { kind: 'not-found' }
  | { kind: 'wait'; minutes: number }
  /** Too many from here: only after a question. */
  | { kind: 'ask' }

/**
 * Finds an order by its buyer's phone and a proof: the code, or the operator's reference. It opens
 * that order and no other of the phone: a phone is typed by anybody. A reference may belong to a
 * payment that CinetPay has confirmed and we do not know of yet: then the open payments of the phone
 * are asked about, and compared again; not where CinetPay names no reference, though those of
 * payments made with older keys are still found. Who finds nothing learns nothing: wrong phone and wrong proof
 * have one answer, in one time.
 * @param isPerson the visitor has answered a question
 */
export async function find(
  shop: Shop,
  phoneE164: string,
  typed: string,
  isPerson: boolean,
): Promise<Finding> {
  const code = readCode(typed) ?? ''
  const pair = `${phoneE164} ${guesserOf(shop)}`
  const guesses: Counted[] = code ? [] : [[REFERENCES_OF_PHONE, pair]]
  // A try that must answer a question never counts as one at a reference, not even briefly.
  const taken = await take(
    shop,
    isPerson ? guesses : [[TRIES_OF_PHONE, pair], ...guesses, [TRIES_OF_ADDRESS, addressOf(shop)]],
  )
  if (taken.kind === 'over')
    return taken.limit === REFERENCES_OF_PHONE
      ? { kind: 'wait', minutes: taken.minutes }
      : { kind: 'ask' }
  // Only one of them: references are counted, and what reads as a code is not.
  const proof = { code, reference: code ? '' : plainReference(typed) }
  const ask = () => findOrderOfPhone(shop.sql, phoneE164, proof, shop.provider.isPlayMoney)
  let order = await ask()
  if (!order && !code && shop.provider.tells.reference) {
    await checkUnseen(shop, await openPayments(shop, phoneE164))
    order = await ask()
  }
  if (!order) {
    await noteWrong(shop, WRONG, phoneE164)
    return { kind: 'not-found' }
  }
  await taken.giveBack()
  return { kind: 'found', order }
}

export function openPayments({ sql, now, provider }: Shop, phoneE164: string) {
  const since = new Date(now().getTime() - LOOK_BACK_MS)
  return listOpenPaymentsOfPhone(sql, phoneE164, since, provider.isPlayMoney)
}

/** One letter per this time: whoever asks again has one already, and its link works longer. */
const LETTER_EVERY_MS = 8 * 60 * 60_000

/**
 * Mails the list of all books of an e-mail address to it, if there are any. The answer is the same
 * either way; false: only after a question.
 */
export async function mailBooks(shop: Shop, email: string, isPerson: boolean): Promise<boolean> {
  const taken = await take(shop, isPerson ? [] : [[LETTERS, guesserOf(shop)]])
  if (taken.kind === 'over') return false
  sendBooks(shop, email)
  return true
}

/** Not awaited: the time taken must not reveal whether there was anything to send. */
export function sendBooks(shop: Shop, email: string): void {
  shop.background(askAndSend(shop, email))
}

async function askAndSend(shop: Shop, email: string): Promise<void> {
  const now = shop.now()
  const turn = Math.floor(now.getTime() / LETTER_EVERY_MS)
  // Named after the address, whatever orders a stranger opens with it.
  const named = await derive(shop.config.appSecret, 'mailed books', email.toLowerCase())
  const addressee = parseInt(hex(named).slice(0, 12), 16)
  const asked = { email, addressee, withSimulated: shop.provider.isPlayMoney, turn }
  await askForBooks(shop.sql, asked, now)
  await sendOneMessage(shop)
}

/** One line of a list: an order, and the page that it opens. */
export type Listed = FoundBook & { path: string }

/**
 * All books of an e-mail address, for somebody with the link from a letter; undefined for an
 * invented one.
 */
export async function listMailed(shop: Shop, key: string): Promise<Listed[] | 'over' | undefined> {
  const read = readBooksKey(key)
  const order = read && (await findOrderByCode(shop.sql, read.code))
  if (!order) return undefined
  if (!isSameKey(key, await booksKey(shop.config.appSecret, order, read.expiresAt)))
    return undefined
  if (read.expiresAt <= shop.now() || !order.email) return 'over'
  return withPaths(shop, await listBooksOfEmail(shop.sql, order.email, shop.provider.isPlayMoney))
}

export const withPaths = (shop: Shop, books: readonly FoundBook[]): Promise<Listed[]> =>
  Promise.all(
    books.map(async (book) => ({
      ...book,
      path: paths.order(await orderKey(shop.config.appSecret, book)),
    })),
  )
