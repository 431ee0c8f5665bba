import type { Context } from 'hono'
import { verifyStoredFile } from '../../files/verify.ts'
import { allowMoreCopies } from '../../data/books/downloads.ts'
import { awaitFile } from '../../data/books/file-health.ts'
import type { GrantedFile } from '../../data/orders/orders.ts'
import { describeError } from '../../lib/log.ts'
import { stampTail } from '../../../packages/pdf/stamp/tail.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { Shop, ShopEnv } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { wordsIn } from '../../words/words.ts'
import { BusyPage } from './busy-page.tsx'
import { sendFile } from '../../files/bytes.ts'
import { boundsOf, isLimitReached, kindOfAsk } from '../../files/coverage.ts'
import { deliverableOf } from '../../files/deliverable.ts'
import type { Deliverable } from '../../files/deliverable.ts'
import { tryDigits } from './last-digits.ts'
import { DamagedPage, LimitPage } from './file-pages.tsx'
import type { LimitFault } from './file-pages.tsx'
import { recordAnswer } from '../../files/recorder.ts'
import { stampOf } from './stamp-text.ts'
import { deliveryWordsIn } from './words.ts'

/**
 * The file of an order, for anybody who holds its key: the bytes, or a page that says what to do. A
 * mere look (HEAD) is answered and leaves no trace; previews are shown a card before (`robots.ts`).
 */
export async function answerFile(c: Context<ShopEnv>, file: GrantedFile): Promise<Response> {
  const shop = c.env
  const isLook = c.req.method !== 'GET'
  const toKeep = c.req.query('telecharger') !== undefined
  if (file.damagedAt) return answerDamaged(c, file, isLook)
  const { copies } = (await currentSettings(shop)).delivery
  const deliverable = stampedCopy(shop, file)
  const { sizeBytes } = deliverable
  if (!isLook && isLimitReached(file, copies, sizeBytes, shop.now())) return askWho(c, file)

  const answer = await sendFile(shop, {
    request: c.req.raw,
    file: deliverable,
    kind: toKeep ? 'attachment' : 'inline',
    record: (range) => {
      if (isLook) return undefined
      const { orderId, id: fileId } = file
      const kind = kindOfAsk(c.req.raw, range)
      return recordAnswer(shop, { orderId, fileId, sizeBytes, kind, toKeep, range })
    },
    busy: (seconds) => answerBusy(c, file, seconds),
  })
  return answer ?? answerDamaged(c, file, isLook)
}

/**
 * The buyer's own copy: the file as it is stored, and behind it the stamp, made each time from the
 * same rows, and so with the same bytes. A stamp never stands between a buyer and a paid book: one
 * that cannot be made is left out, each time alike.
 */
function stampedCopy(shop: Shop, file: GrantedFile): Deliverable {
  if (!file.recipe) return deliverableOf(file)
  try {
    return deliverableOf(file, stampTail(file.recipe, stampOf(file)))
  } catch (error) {
    shop.log('stamp.failed', { file: file.id, ...describeError(error) })
    return deliverableOf(file)
  }
}

/** The page retries by itself. */
async function answerBusy(c: Context<ShopEnv>, file: GrantedFile, seconds: number) {
  c.set('outcome', 'download.postponed')
  c.status(503)
  c.header('retry-after', String(seconds))
  c.header('cache-control', 'no-store')
  const { language } = c.var
  const { pathname, search } = new URL(c.req.url)
  const address = pathname + search
  return c.render(<BusyPage {...{ fileName: file.name, address, seconds, language }} />, {
    title: deliveryWordsIn(language).busy.title,
    refreshSeconds: seconds,
  })
}

const REPAIR_HOPED_S = 600

/** A promise instead of a broken book; the buyer will be told when it is back. */
async function answerDamaged(c: Context<ShopEnv>, file: GrantedFile, isLook: boolean) {
  const shop = c.env
  if (!isLook) {
    const waits = awaitFile(shop.sql, { orderId: file.orderId, fileId: file.id }, shop.now())
    // Where no cron job runs, the waiting buyer's visit has the file read again, once that is due.
    shop.background(waits.then(() => verifyStoredFile(shop, file.id)))
  }
  c.status(503)
  c.header('retry-after', String(REPAIR_HOPED_S))
  c.header('cache-control', 'no-store')
  const { language } = c.var
  const { shop: contact } = await currentSettings(shop)
  return c.render(<DamagedPage file={file} shop={contact} language={language} />, {
    title: wordsIn(language).file.damaged.title,
  })
}

const DIGITS = 4

/**
 * After so many copies the link may have been passed on: the buyer proves who they are, then
 * continues.
 */
async function askWho(c: Context<ShopEnv>, file: GrantedFile, fault?: LimitFault) {
  const settings = await currentSettings(c.env)
  const { language } = c.var
  const statuses = { 'not-these': 422, 'too-many': 429 } as const
  c.status(fault ? statuses[fault] : 403)
  c.header('cache-control', 'no-store')
  const action = paths.download(c.req.param('key')!, c.req.param('name')!)
  return c.render(
    <LimitPage
      file={file}
      action={action}
      fault={fault}
      shop={settings.shop}
      language={language}
    />,
    { title: wordsIn(language).file.limit.title },
  )
}

/** The last digits of the order's phone, sent by a buyer who wants more copies. */
export async function answerLimit(c: Context<ShopEnv>, file: GrantedFile): Promise<Response> {
  const shop = c.env
  const now = shop.now()
  const { orderId, code, id: fileId } = file
  const bounds = boundsOf(stampedCopy(shop, file).sizeBytes, now)
  const typed = c.var.fields.get('digits') ?? ''
  const answer = await tryDigits(c, { id: orderId, code }, typed, async (digits) => {
    const phoneEnd = digits.slice(-DIGITS)
    const ask = { orderId, fileId, phoneEnd, ...bounds }
    return phoneEnd.length === DIGITS && allowMoreCopies(shop.sql, ask, now)
  })
  if (answer.kind === 'wait') return askWho(c, file, 'too-many')
  if (answer.kind === 'wrong') return askWho(c, file, 'not-these')
  const address = paths.download(c.req.param('key')!, c.req.param('name')!)
  return c.redirect(`${address}?telecharger`, 303)
}
