import { Hono } from 'hono'
import { findOrderByTransaction, isOpen } from '../data/orders/orders.ts'
import type { OrderStatus } from '../data/orders/orders.ts'
import { askBy, claimCheck, recordNotice } from '../data/orders/payments.ts'
import { noticeAnswer } from '../links/probe-keys.ts'
import { findOrderByKey } from '../links/find.ts'
import { orderKeyIn } from '../links/keys.ts'
import { readForm, readText } from '../forms/read.ts'
import { sha256Hex } from '../lib/hmac.ts'
import type { Shop, ShopEnv } from '../contracts/shop.ts'
import { paths } from '../links/addresses.ts'
import { wordsIn } from '../words/words.ts'
import { ReturnedPage } from './pages.tsx'
import { lookAgain, settle } from './settle.ts'

/**
 * What the provider calls: the notice, and the browser's way back. Both are cross-site posts by
 * design, so no cookie comes with them and no CSRF guard stands here; neither is believed.
 */
export const payment = new Hono<ShopEnv>()

const MAX_NOTICE_BYTES = 64 * 1024
const MAX_RETURN_BYTES = 8 * 1024
/** The same notice within this time causes no second check: a replay costs one row's counter. */
const REPEATED_NOTICE_GAP_MS = 5_000
const RETURN_LOOK = { gapMs: 3_000, patienceMs: 4_000 }

/** CinetPay tests the address by GET before it posts. */
payment.get(paths.notice, (c) => c.text('OK', 200, { 'cache-control': 'no-store' }))

payment.post(paths.notice, async (c) => {
  const json = c.env.provider.noticeFormat === 'json'
  const form = await readForm(c.req.raw, MAX_NOTICE_BYTES, { json })
  if (form.kind === 'too-large') return c.text('Too large', 413)
  if (form.kind === 'malformed') return c.text('Malformed', 400)

  const received = { headers: c.req.raw.headers, fields: form.fields }
  const reading = await c.env.provider.readNotice(received)
  c.set('outcome', `notice.${reading.kind}`)
  switch (reading.kind) {
    case 'forged':
      return c.text('Invalid signature', 401)
    case 'foreign':
      // Genuine, but not about a payment of ours: an error would only make them repeat it.
      return c.text('OK')
    case 'genuine':
    case 'claims':
  }
  const { transactionId, record } = reading
  const toDoctor = await noticeAnswer(c.env.config.appSecret, transactionId, c.env.now())
  if (toDoctor) {
    c.set('outcome', 'notice.doctor')
    return c.text(toDoctor)
  }
  const proofHash = reading.kind === 'claims' ? reading.proofHash : undefined
  const said = reading.kind === 'genuine' ? reading.said : `${transactionId} ${reading.proofHash}`
  const fingerprint = await sha256Hex(`notice ${said}`)
  const now = c.env.now()
  const notice = { transactionId, proofHash, fingerprint, record }
  const known = await recordNotice(c.env.sql, notice, now)
  if (!known) {
    c.set('outcome', 'notice.forged')
    return c.text('Invalid token', 401)
  }
  if (!known.payment || known.payment.status === 'accepted') return c.text('OK')

  const claimed = known.first
    ? known.payment
    : await claimCheck(c.env.sql, known.payment.id, { gapMs: REPEATED_NOTICE_GAP_MS }, now)
  if (!claimed) {
    // The previous check may have failed, and unsigned notices are all alike: this one may be news,
    // so it is checked soon.
    const soon = new Date(now.getTime() + REPEATED_NOTICE_GAP_MS)
    await askBy(c.env.sql, known.payment.id, soon)
    return c.text('OK')
  }
  const settlement = await settle(c.env, claimed)
  // Not 200: if they repeat the notice, we ask again; if not, the scheduler does.
  return settlement === 'undecided' ? c.text('Cannot check now', 503) : c.text('OK')
})

payment.get(paths.back, async (c) => {
  const back = await comeBack(c.env, wordsOfReturn(c.req.url))
  if (back.kind === 'order') return c.redirect(back.path, 303)
  return c.render(<ReturnedPage status={back.status} language={c.var.language} />, {
    title: wordsIn(c.var.language).returned.title,
  })
})

payment.post(paths.back, async (c) => {
  const words = wordsOfReturn(c.req.url, await readText(c.req.raw, MAX_RETURN_BYTES))
  const back = await comeBack(c.env, words)
  const path = back.kind === 'order' ? back.path : paths.returned(words.transactionId ?? '')
  return c.redirect(path, 303)
})

type Words = { key: string | undefined; transactionId: string | undefined }

/**
 * What a way back says, by its shape and not by its name: gateways hang a second question mark, an
 * escaped one, a slash, a blank or `&amp;` on our address, give names twice, or post what stood in it.
 */
function wordsOfReturn(url: string, posted = ''): Words {
  const query = new URL(url).search
  return {
    key: orderKeyIn(unescaped(`${query} ${posted}`)),
    transactionId: /(?<!\w)[0-9A-F]{24}(?!\w)/.exec(unescaped(`${posted} ${query}`))?.[0],
  }
}

/** Twice, since escaped text may have been escaped again. We only look for ASCII. */
const unescaped = (text: string) => unescapedOnce(unescapedOnce(text))
const unescapedOnce = (text: string) =>
  text.replace(/%([2-7][0-9a-f])/gi, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  )

type Back = { kind: 'order'; path: string } | { kind: 'state'; status: OrderStatus | undefined }

/**
 * Where a browser that comes back is sent: to the order's page when it holds the order's key; with
 * a transaction id alone, which travels through mails and logs, to a page that shows a state and
 * opens nothing.
 */
async function comeBack(shop: Shop, { key, transactionId }: Words): Promise<Back> {
  const held = key && (await findOrderByKey(shop, key))
  if (held) {
    if (isOpen(held)) await lookAgain(shop, held.paymentId, RETURN_LOOK)
    return { kind: 'order', path: paths.order(key) }
  }
  if (!transactionId) return { kind: 'state', status: undefined }
  const named = await findOrderByTransaction(shop.sql, transactionId)
  if (!named || !isOpen(named)) return { kind: 'state', status: named?.status }
  await lookAgain(shop, named.paymentId, RETURN_LOOK)
  const after = await findOrderByTransaction(shop.sql, transactionId)
  return { kind: 'state', status: after?.status }
}
