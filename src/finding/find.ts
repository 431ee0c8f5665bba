import { findOrderOfPhone, listBooksOfPhone, listOpenPaymentsOfPhone } from '../data/finding.ts'
import { findOrderByCode } from '../data/orders.ts'
import { booksKey, isSameKey, orderKey, readBooksKey } from '../delivery/keys.ts'
import { readCode } from '../lib/crockford.ts'
import { plainReference } from '../lib/reference.ts'
import { checkUnseen } from '../payment/check-now.ts'
import type { Shop } from '../shop.ts'
import { paths, pathsIn } from '../urls.ts'
import { addressOf, takeTry } from '../visit/tries.ts'
import type { Language } from '../words/words.ts'

/** Thousands of phones stand behind one address of an operator; wrong tries only are counted. */
const PER_ADDRESS = { kind: 'find.address', most: 60, windowMs: 10 * 60_000 }
const PER_PHONE = { kind: 'find.phone', most: 8, windowMs: 60 * 60_000 }
/** How long the list of all books stays open. */
const BOOKS_LIFE_MS = 30 * 60_000
/** As long as payments are asked about. */
export const LOOK_BACK_MS = 30 * 24 * 60 * 60_000

export type Finding =
  { kind: 'found'; path: string } | { kind: 'not-found' } | { kind: 'wait'; minutes: number }

/**
 * Finds an order by its buyer's phone and a proof: the code, or the operator's reference. A
 * reference may belong to a payment that CinetPay has confirmed and we do not know of yet: then the
 * open payments of the phone are asked about, and compared again. Who finds nothing learns nothing:
 * wrong phone and wrong proof have one answer, in one time.
 */
export async function find(
  shop: Shop,
  phoneE164: string,
  typed: string,
  language: Language,
): Promise<Finding> {
  const tried = await takeTry(shop, [
    [PER_ADDRESS, addressOf(shop)],
    [PER_PHONE, phoneE164],
  ])
  if (tried.kind === 'wait') return tried
  const proof = { code: readCode(typed) ?? '', reference: plainReference(typed) }
  const ask = () => findOrderOfPhone(shop.sql, phoneE164, proof, shop.provider.isPlayMoney)
  let order = await ask()
  if (!order && !proof.code) {
    await checkUnseen(shop, await openPayments(shop, phoneE164))
    order = await ask()
  }
  if (!order) return { kind: 'not-found' }
  await tried.giveBack()
  const books = await listBooksOfPhone(shop.sql, phoneE164, shop.provider.isPlayMoney)
  if (books.every(({ id }) => id === order.id))
    return { kind: 'found', path: paths.order(await orderKey(shop.config.appSecret, order)) }
  const expiresAt = new Date(shop.now().getTime() + BOOKS_LIFE_MS)
  const key = await booksKey(shop.config.appSecret, order, expiresAt)
  return { kind: 'found', path: pathsIn(language).foundBooks(key) }
}

export const openPayments = (shop: Shop, phoneE164: string) =>
  listOpenPaymentsOfPhone(shop.sql, phoneE164, new Date(shop.now().getTime() - LOOK_BACK_MS))

/** A line of the list: an order, and the page that it opens. */
export type Listed = Awaited<ReturnType<typeof listBooksOfPhone>>[number] & { path: string }

/** All books of a phone, the order that was found first; undefined for a made-up key. */
export async function listFound(shop: Shop, key: string): Promise<Listed[] | 'over' | undefined> {
  const read = readBooksKey(key)
  const order = read && (await findOrderByCode(shop.sql, read.code))
  if (!order) return undefined
  const { appSecret } = shop.config
  if (!isSameKey(key, await booksKey(appSecret, order, read.expiresAt))) return undefined
  if (read.expiresAt <= shop.now() || order.phoneE164 === '') return 'over'
  const books = await listBooksOfPhone(shop.sql, order.phoneE164, shop.provider.isPlayMoney)
  const others = books.filter(({ id }) => id !== order.id)
  return Promise.all(
    [order, ...others].map(async (book) => ({
      ...book,
      path: paths.order(await orderKey(appSecret, book)),
    })),
  )
}
