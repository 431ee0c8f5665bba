import { newTransactionId } from '../../src/storefront/checkout/buy.ts'
import { listNoticesOf } from '../../src/data/orders/desk-order.ts'
import { findOrderByCode } from '../../src/data/orders/orders.ts'
import type { Order } from '../../src/data/orders/orders.ts'
import { recordBegun } from '../../src/data/orders/begun.ts'
import { openOrder } from '../../src/data/orders/purchases.ts'
import { listShelf } from '../../src/data/books/storefront.ts'
import { orderKey } from '../../src/links/keys.ts'
import { newCode } from '../../src/lib/crockford.ts'
import { randomToken } from '../../src/lib/encoding.ts'
import { sha256Hex } from '../../src/lib/hmac.ts'
import { realProvider } from '../../src/payment/real-provider.ts'
import { nextCheckAt } from '../../src/payment/schedule.ts'
import { lookAgain } from '../../src/payment/settle.ts'
import { transcriptOf } from './transcript.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { returnAddress } from '../../src/config/return-address.ts'
import { shopVersion } from '../../src/config/versions.ts'
import { cinetpay } from '../../src/doctor/checks/cinetpay.ts'
import { doctorWords } from '../../src/doctor/words/words.ts'
import { dayOf } from '../../src/lib/time.ts'

/** A person pays in the meantime. */
const WAIT_MS = 10 * 60_000
const LOOK_EVERY_MS = 5_000
const PATIENCE_MS = 10_000
/** An order has a phone; no subscriber's begins so. */
const NOBODYS_PHONE = '+22300000000'
/** A notice may come after the status has settled it. */
const NOTICE_WAIT_MS = 60_000

export type Recording =
  /** Not whole: no page was opened. */
  | { kind: 'recorded'; text: string; isWhole: boolean }
  /** A sentence that says what is missing. */
  | { kind: 'not-possible'; why: string }

/**
 * One payment in CinetPay's sandbox, from the login to the notice, with every call written down. It is
 * an order of this shop, of its cheapest book, so that the notice finds it at the shop's public address;
 * it is marked as play money, and no real shop delivers it.
 */
export async function recordPayment(
  shop: Shop,
  say: (line: string) => void,
  pause: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<Recording> {
  const { config, sql } = shop
  if (config.cinetpay?.generation !== 'v1' || !config.cinetpay.isSandbox)
    return {
      kind: 'not-possible',
      why: "This needs a key of CinetPay's sandbox: CINETPAY_API_KEY that begins with sk_test_, its CINETPAY_API_PASSWORD, and DEMONSTRATION=on.",
    }
  const transcript = transcriptOf(shop.fetch)
  const recorded: Shop = {
    ...shop,
    provider: realProvider(config.cinetpay, transcript.fetch, shop.now),
  }
  transcript.say(
    `CinetPay's newer API, sandbox: one payment, as Kiosque ${shopVersion} met it on ${dayOf(shop.now())}. Values are told by their shape.`,
  )
  say('Asking whether the keys and the address are accepted …')
  const probe = await recorded.provider.probe()
  transcript.say(`An id that nobody made: ${probe.kind}.`)
  if (probe.kind !== 'works') {
    for (const { says, deed } of await cinetpay(recorded, doctorWords('en')))
      say(deed ? `${says}\n  ${deed}` : says)
    return { kind: 'recorded', text: transcript.text(), isWhole: false }
  }

  const opened = await openTrialOrder(recorded)
  if (!opened)
    return {
      kind: 'not-possible',
      why: 'Put a book with a price on sale first: it is bought here.',
    }
  const { code, pageUrl } = opened
  if (pageUrl) {
    say(
      `Pay on this page, with one of the sandbox's numbers. For the notice, the shop must be running at ${config.publicUrl}, with this database.\n\n  ${pageUrl}\n`,
    )
    await watch(recorded, code, say, pause)
    // The shop that got the notice has mostly asked already: here once more, to be read.
    await recorded.provider.check(opened.payment)
  } else transcript.say('No payment page was opened.')

  const order = (await findOrderByCode(sql, code))!
  transcript.say(`The order ended as: ${order.status}.`)
  const notices = await noticesOf(shop, order)
  for (const line of notices.length > 0 ? notices : ['No notice came.']) transcript.say(line)
  return { kind: 'recorded', text: transcript.text(), isWhole: pageUrl !== undefined }
}

async function openTrialOrder(shop: Shop) {
  const { sql, config, provider } = shop
  const now = shop.now()
  const { books } = await listShelf(sql, {}, now)
  const [book] = books
    .filter((one) => one.price > 0 && one.priceFloor === null && one.currency === config.currency)
    .toSorted((a, b) => a.price - b.price)
  if (!book) return undefined
  const code = newCode()
  const transactionId = newTransactionId()
  const buyer = { name: 'Essai du diagnostic', email: null }
  const opened = await openOrder(
    sql,
    {
      code,
      formHash: await sha256Hex(`record ${randomToken()}`),
      bookSlug: book.slug,
      priceFloor: null,
      listAmount: book.price,
      amount: book.price,
      promotionId: null,
      currency: config.currency,
      simulated: provider.isPlayMoney,
      buyerName: buyer.name,
      phoneTyped: NOBODYS_PHONE,
      phoneE164: NOBODYS_PHONE,
      email: null,
      saidMeans: null,
      language: 'fr',
      payment: { transactionId, provider: provider.name, nextCheckAt: nextCheckAt(now, now) },
    },
    [],
    now,
  )
  if (opened.kind !== 'opened') return undefined
  const key = await orderKey(config.appSecret, { code, linkVersion: 1 })
  const answer = await provider.begin({
    transactionId,
    orderCode: code,
    amount: book.price,
    currency: config.currency,
    description: opened.title,
    buyer,
    language: 'fr',
    returnUrl: returnAddress(config, key),
    notifyUrl: config.notifyUrl,
  })
  if (answer.kind !== 'begun') return { code, pageUrl: undefined, payment: undefined }
  const { token, pageUrl: url, notifyTokenHash, providerTransactionId } = answer
  const payment = { id: opened.paymentId, provider: provider.name }
  await recordBegun(sql, payment, { url, token, notifyTokenHash, providerTransactionId })
  const { price: amount, currency } = book
  const ids = { transactionId, providerTransactionId: providerTransactionId ?? null }
  return { code, pageUrl: url, payment: { ...ids, amount, currency } }
}

/** Until it is paid or refused, and a moment more for the notice. */
async function watch(
  shop: Shop,
  code: string,
  say: (line: string) => void,
  pause: (ms: number) => Promise<void>,
) {
  let toldMs: number | undefined
  for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS)
    const order = (await findOrderByCode(shop.sql, code))!
    if (order.status === 'pending') {
      await lookAgain(shop, order.paymentId, { gapMs: 0, patienceMs: PATIENCE_MS })
      continue
    }
    toldMs ??= waitedMs
    if ((await noticesOf(shop, order)).length > 0) return
    if (waitedMs - toldMs > NOTICE_WAIT_MS) return say('No notice came.')
    if (waitedMs === toldMs) say(`The order is ${order.status}. Waiting for the notice …`)
  }
}

async function noticesOf({ sql }: Shop, order: Order): Promise<string[]> {
  const notices = await listNoticesOf(sql, order.id)
  return notices
    .filter(({ kind }) => kind === 'notice')
    .map(
      ({ record, times, firstAt }) =>
        `A notice came at ${firstAt.toISOString()}, ${times} times: as ${record['format'] || '?'}, with ${record['fields'] || '?'}.`,
    )
}
