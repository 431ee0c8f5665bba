import { Hono } from 'hono'
import type { Context } from 'hono'
import { findToldDispute } from '../../data/orders/disputes.ts'
import { isOpen, listGrantedFiles, wasPaid } from '../../data/orders/orders.ts'
import type { Order } from '../../data/orders/orders.ts'
import { listDoubles } from '../../data/orders/doubles.ts'
import { findSilence } from '../../data/orders/outages.ts'
import { listDownloadsOf } from '../../data/books/downloads.ts'
import { spellCode } from '../../lib/crockford.ts'
import { utf8 } from '../../lib/encoding.ts'
import { withForm } from '../../forms/with-form.ts'
import { sameBytes } from '../../lib/hmac.ts'
import { CHECK_GAP_MS } from '../../payment/schedule.ts'
import { isPayableHere, isTrialOver } from '../../money/play-money.ts'
import { lookAgain } from '../../payment/settle.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { Shop, ShopEnv } from '../../contracts/shop.ts'
import type { Settings } from '../../config/settings.ts'
import { absolute, paths, pathsIn } from '../../links/addresses.ts'
import { waitingScriptPath } from '../../views/assets.ts'
import { wordsIn } from '../../words/words.ts'
import { isLimitReached, percentOf } from '../../files/coverage.ts'
import { isKnownDevice, keepsCookies, rememberDevice } from './devices.ts'
import { tryDigits } from './last-digits.ts'
import { contentDisposition } from '../../files/disposition.ts'
import { speakAs } from '../../http/language.ts'
import { findFileByKey, findOrderByKey } from '../../links/find.ts'
import { fileKey } from '../../links/keys.ts'
import { CardPage, DigitsPage } from './guard-pages.tsx'
import { KeepPart } from './keep-part.tsx'
import { waitingOf } from './order-frame.tsx'
import { OrderPage } from './order-page.tsx'
import { PaidPage } from './paid-page.tsx'
import { quiet } from './quiet.tsx'
import { receiptFile } from './receipt.tsx'
import { TRIAL_HEADERS, trialFile } from '../../files/x-sendfile.ts'
import { isPreview } from '../../links/robots.ts'
import { answerFile, answerLimit } from './send.tsx'
import { stateOf } from './states.ts'

/** What a buyer sees after buying: the order page and the book's bytes. */
export const delivery = new Hono<ShopEnv>()

delivery.route('/', quiet)

/** Looking at an unpaid order checks with the provider, at most this often, however many look. */
const PAGE_LOOK = { gapMs: CHECK_GAP_MS, patienceMs: 2_500 }
const MAX_FORM_BYTES = 4 * 1024

delivery.get(paths.order.pattern, async (c) => {
  if (isPreview(c.req.raw)) return showCard(c)
  const found = await findOrderByKey(c.env, c.req.param('key'))
  if (!found) return c.notFound()
  speakAs(c, found)
  const { order, seenAt } = await lookAgainAt(c, found)
  if (order.status === 'paid' && !(await isKnownDevice(c, order))) return askDigits(c)
  return showOrder(c, order, seenAt)
})

delivery.get(paths.openOrder.pattern, (c) => c.redirect(paths.order(c.req.param('key')), 303))

delivery.post(paths.openOrder.pattern, withForm(MAX_FORM_BYTES), async (c) => {
  const order = await findOrderByKey(c.env, c.req.param('key'))
  if (!order) return c.notFound()
  speakAs(c, order)
  const hadCookie = keepsCookies(c)
  const end = utf8(order.phoneE164.slice(-4))
  const typed = c.var.fields.get('digits') ?? ''
  const answer = await tryDigits(c, order, typed, async (digits) => sameBytes(utf8(digits), end))
  const words = wordsIn(c.var.language).order.digits
  switch (answer.kind) {
    case 'right':
      await rememberDevice(c, order)
      // Without cookies the next visit would be unknown again: show the page here.
      return hadCookie ? c.redirect(paths.order(c.req.param('key')), 303) : showOrder(c, order)
    case 'wrong':
      c.status(422)
      return askDigits(c, words.wrong)
    case 'wait':
      c.status(429)
      c.header('retry-after', String(answer.minutes * 60))
      return askDigits(c, words.wait(answer.minutes))
  }
})

async function showOrder(c: Context<ShopEnv>, order: Order, seenAt?: SeenAt) {
  keepPrivate(c)
  const isWaiting = isOpen(order) && !isTrialOver(c.env, order)
  const refreshSeconds = isWaiting ? refreshIn(order, c.env.now()) : undefined
  return c.render(await pageOf(c, order, refreshSeconds, seenAt), {
    title: wordsIn(c.var.language).order.title(spellCode(order.code)),
    ...(refreshSeconds !== undefined && { refreshSeconds, scripts: [waitingScriptPath] }),
  })
}

function askDigits(c: Context<ShopEnv>, error?: string) {
  keepPrivate(c)
  const { language } = c.var
  const props = { orderKey: c.req.param('key')!, language, ...(error && { error }) }
  const title = wordsIn(language).order.digits.title
  return c.render(<DigitsPage {...props} />, { title })
}

/** The key is not checked: an invented one gets the same card. */
async function showCard(c: Context<ShopEnv>) {
  keepPrivate(c)
  const { language } = c.var
  const words = wordsIn(language)
  const shopName = (await currentSettings(c.env)).shop.name || words.shop
  const title = words.order.card.title
  return c.render(<CardPage {...{ shopName, language }} />, { title })
}

const keepPrivate = (c: Context<ShopEnv>) => c.header('cache-control', 'private, no-store')

delivery.get(paths.orderState.pattern, async (c) => {
  const found = await findOrderByKey(c.env, c.req.param('key'))
  keepPrivate(c)
  if (!found) return c.json({ status: 'unknown' }, 404)
  const { order } = await lookAgainAt(c, found)
  const waiting = waitingOf(order)
  return c.json({ status: order.status, ...(waiting && { waiting }) })
})

delivery.get(paths.receipt.pattern, async (c) => {
  if (isPreview(c.req.raw)) return showCard(c)
  const order = await findOrderByKey(c.env, c.req.param('key'))
  if (order?.status !== 'paid' || isTrialOver(c.env, order)) return c.notFound()
  speakAs(c, order)
  if (!(await isKnownDevice(c, order))) return askDigits(c)
  keepPrivate(c)
  const file = `recu-${spellCode(order.code)}.html`
  c.header('content-disposition', contentDisposition('attachment', file))
  return c.html(receiptFile(receiptOf(c, order, await currentSettings(c.env))))
})

function receiptOf(c: Context<ShopEnv>, order: Order, { shop }: Pick<Settings, 'shop'>) {
  const { config } = c.env
  const link = absolute(config, paths.order(c.req.param('key')!))
  const find = absolute(config, pathsIn(order.language).find)
  return { order, link, find, shop, language: c.var.language }
}

delivery.get(paths.download.pattern, async (c) => {
  if (isPreview(c.req.raw)) return showCard(c)
  const file = await findFileByKey(c.env, c.req.param('key'))
  return file ? answerFile(c, file) : c.notFound()
})
delivery.post(paths.download.pattern, withForm(MAX_FORM_BYTES), async (c) => {
  const file = await findFileByKey(c.env, c.req.param('key'))
  return file ? answerLimit(c, file) : c.notFound()
})

/** For the shop's own trial of its reverse proxy; everybody else gets a 404. */
delivery.get(paths.trial.pattern, async (c) => {
  const file = await trialFile(c.env, c.req.param('token'))
  if (file === undefined) return c.notFound()
  return c.body(null, 200, { ...TRIAL_HEADERS, [c.env.xSendfile!.header]: file })
})

type SeenAt = Date | undefined

/** `seenAt`: when the provider answered, if it was in time. */
async function lookAgainAt(c: Context<ShopEnv>, found: Order) {
  if (!isOpen(found) || isTrialOver(c.env, found)) return { order: found, seenAt: undefined }
  const isSeen = await lookAgain(c.env, found.paymentId, PAGE_LOOK)
  const order = (await findOrderByKey(c.env, c.req.param('key')!)) ?? found
  return { order, seenAt: isSeen ? c.env.now() : undefined }
}

async function pageOf(
  c: Context<ShopEnv>,
  order: Order,
  lookInSeconds: number | undefined,
  seenAt: SeenAt,
) {
  const {
    env,
    var: { language },
  } = c
  const [settings, told, silence, doubles] = await Promise.all([
    currentSettings(env),
    findToldDispute(env.sql, order.id),
    order.status === 'pending' ? findSilence(env.sql, env.provider.name, order) : undefined,
    wasPaid(order) ? listDoubles(env.sql, order.id) : [],
  ])
  const orderKey = c.req.param('key')!
  const ageMs = age(order, env.now())
  const isToldOf = told !== undefined && told.closedAt === null
  const seen = { hasCase: isToldOf, silence, isTrialOver: isTrialOver(env, order), ageMs }
  const state = stateOf(order, seen)
  // Whoever was told of it has answered.
  const hasCase = isToldOf && state !== 'returned' && state !== 'demonstrationOver'
  const isPayable = isPayableHere(env, order)
  const shown = { order, state, orderKey, language, settings, hasCase, isPayable }
  const wasClosed = state === 'refused' || state === 'expired' ? told : undefined
  const props = {
    ...shown,
    doubles,
    lookInSeconds,
    toldAndClosed: wasClosed?.openedAt,
    seenAt: silence ? undefined : seenAt,
  }
  if (state !== 'paid') return <OrderPage {...props} />
  const keep = <KeepPart {...receiptOf(c, order, settings)} orderKey={orderKey} />
  return <PaidPage {...props} files={await keyedFiles(env, order)} keep={keep} />
}

async function keyedFiles(shop: Shop, order: Order) {
  const [files, downloads] = await Promise.all([
    listGrantedFiles(shop.sql, order.id),
    listDownloadsOf(shop.sql, order.id),
  ])
  const limit = (await currentSettings(shop)).delivery.copies
  return Promise.all(
    files.map(async (file) => {
      const key = await fileKey(shop.config.appSecret, order, file.id)
      const download = downloads.find(({ fileId }) => fileId === file.id)
      const isAsked =
        download !== undefined && isLimitReached(download, limit, file.sizeBytes, shop.now())
      const isBegun = download?.toKeep === true && download.completedAt === null
      const begunPercent = isBegun ? percentOf(download.blocks) : undefined
      return { ...file, key, begunPercent, isAsked }
    }),
  )
}

const age = (order: Order, now: Date) => now.getTime() - order.paymentCreatedAt.getTime()

/**
 * Every 3 seconds at first, then less and less often, at most every two minutes; a refusal that is
 * followed by an acceptance is rare, and leaves time to read.
 */
function refreshIn(order: Order, now: Date): number {
  const soonest = order.status === 'pending' ? 3 : 60
  return Math.round(Math.min(120, Math.max(soonest, age(order, now) / 1000 / 6)))
}
