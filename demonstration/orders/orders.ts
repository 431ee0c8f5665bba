import { addInventedOrders, listBooksToSell } from './rows.ts'
import type { InventedOrder, WaitingPayment } from './rows.ts'
import { recordBegun } from '../../src/data/orders/begun.ts'
import { orderKey } from '../../src/links/keys.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { returnAddress } from '../../src/config/return-address.ts'
import { inventMoments } from './calendar.ts'
import { choose, inventPerson, oneOf } from './people.ts'
import type { Person } from './people.ts'
import { drawFrom } from '../random.ts'
import type { Draw } from '../random.ts'
import { inventSale } from './sales.ts'

const DAYS = 365
/** Each is one statement, which has five seconds: on a machine that is busy, too. */
const BATCH = 100
/** This share of the orders comes from somebody who bought before. */
const FAITHFUL_SHARE = 0.14
const KNOWN_BUYERS = 500
/** This share of all, the newest, still waits for its buyer; a dozen at most. */
const WAITING_SHARE = 0.002
const MAX_WAITING = 12

/** How well each demonstration book sells. */
const DEMAND: Record<string, number> = {
  'cuisine-de-maquis': 30,
  'vendre-ses-livres-par-telephone': 22,
  'l-oeuvre-du-tailleur': 18,
  'cahier-de-caisse-2027': 14,
  'bogolan-vingt-quatre-motifs': 9,
  'sept-pluies': 7,
  'sept-pluies-la-musique': 3,
}

export type OrdersSeeded = 'seeded' | 'not-a-demonstration' | 'no-books'

/**
 * A year of sales that never were, to show the desk at work: in a demonstration only, of its own
 * books only, every order marked as simulated.
 * @param tell is called after each batch, with how many are made
 */
export async function seedOrders(
  shop: Shop,
  count: number,
  tell: (made: number) => void = () => {},
): Promise<OrdersSeeded> {
  if (!shop.simulator) return 'not-a-demonstration'
  const books = await listBooksToSell(shop.sql, Object.keys(DEMAND))
  if (books.length === 0) return 'no-books'
  const wanted = books.map((book) => [DEMAND[book.slug]!, book] as const)

  const now = shop.now()
  const draw = drawFrom(now.getTime())
  const moments = inventMoments(draw, count, DAYS, now)
  const settled = count - Math.min(MAX_WAITING, Math.ceil(count * WAITING_SHARE))
  const buyers: Person[] = []
  for (let made = 0; made < count; made += BATCH) {
    const batch: InventedOrder[] = moments.slice(made, made + BATCH).map((createdAt, place) => {
      const buyer = someBuyer(draw, buyers)
      const waitsAt = made + place >= settled ? shop.provider.name : undefined
      const book = choose(draw, wanted)
      return inventSale(draw, { book, buyer, createdAt, waitsAt, now })
    })
    const waiting = await addInventedOrders(shop.sql, batch, now)
    for (const payment of waiting) await openPage(shop, payment)
    tell(made + batch.length)
  }
  return 'seeded'
}

function someBuyer(draw: Draw, known: Person[]): Person {
  if (known.length > 0 && draw() < FAITHFUL_SHARE) return oneOf(draw, known)
  const buyer = inventPerson(draw)
  if (known.length < KNOWN_BUYERS) known.push(buyer)
  else known[Math.floor(draw() * KNOWN_BUYERS)] = buyer
  return buyer
}

/** An order that waits can be paid in the simulator, like any other. */
async function openPage(shop: Shop, payment: WaitingPayment) {
  const key = await orderKey(shop.config.appSecret, { code: payment.code, linkVersion: 1 })
  const answer = await shop.provider.begin({
    transactionId: payment.transactionId,
    orderCode: payment.code,
    amount: payment.amount,
    currency: payment.currency,
    description: payment.title,
    buyer: { name: payment.buyerName, email: null },
    language: 'fr',
    returnUrl: returnAddress(shop.config, key),
    notifyUrl: shop.config.notifyUrl,
  })
  if (answer.kind === 'begun')
    await recordBegun(
      shop.sql,
      { id: payment.paymentId, provider: shop.provider.name },
      {
        url: answer.pageUrl,
        token: answer.token,
        notifyTokenHash: answer.notifyTokenHash,
        providerTransactionId: answer.providerTransactionId,
      },
    )
}
