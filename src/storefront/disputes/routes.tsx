import { Hono } from 'hono'
import type { Context } from 'hono'
import { isClaimable } from '../../data/orders/orders.ts'
import type { Order } from '../../data/orders/orders.ts'
import { rememberDevice } from '../delivery/devices.ts'
import { speakAs } from '../../http/language.ts'
import { findOrderByKey } from '../../links/find.ts'
import { orderKey } from '../../links/keys.ts'
import { withForm } from '../../forms/with-form.ts'
import { isAnswered, newQuestion } from '../../limits/question.ts'
import type { Question } from '../../limits/question.ts'
import { limitWords } from '../../limits/words.ts'
import { isTrialOver } from '../../money/play-money.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { Shop, ShopEnv } from '../../contracts/shop.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import { claimByPhone, claimOrder } from './dispute.ts'
import { readClaim, typedClaim } from './form.ts'
import type { ClaimErrors, ClaimTyped } from './form.ts'
import { ClaimPage, ToldPage } from './pages.tsx'
import { claimWords } from './words.ts'

/**
 * « J'ai été débité »: the buyer says so, CinetPay is asked now, and the book opens or the seller
 * gets an alert. From an order's page its key authorises; without it, the rate limit does.
 */
export const claims = new Hono<ShopEnv>()

const MAX_FORM_BYTES = 16 * 1024
const MINUTES_AN_HOUR = 60

claims.get(paths.debited.pattern, async (c) => {
  const key = c.req.param('key')
  const order = await findOrderByKey(c.env, key)
  if (!order) return c.notFound()
  speakAs(c, order)
  if (!mayClaim(c.env, order)) return c.redirect(paths.order(key), 303)
  return show(c, typedClaim(new Map()), ofOrder(key, order))
})

claims.post(paths.debited.pattern, withForm(MAX_FORM_BYTES), async (c) => {
  const { fields } = c.var
  const key = c.req.param('key')
  const order = await findOrderByKey(c.env, key)
  if (!order) return c.notFound()
  speakAs(c, order)
  const typed = typedClaim(fields)
  // Paid since the form was opened: the book is available, and nothing was debited twice.
  const isStale = order.status === 'paid' && !fields.has('twice')
  if (mayClaim(c.env, order) && !isStale) {
    const reading = await readClaim(typed, c.var.language, order.phoneE164)
    if (!reading.ok)
      return show(c, typed, { ...ofOrder(key, order), errors: reading.errors, status: 422 })
    const isPerson = await isAnswered(c.env, fields)
    if ((await claimOrder(c.env, order, reading.claim, isPerson)) === 'ask')
      return ask(c, typed, ofOrder(key, order))
  }
  return c.redirect(paths.order(key), 303)
})

claims.get(paths.debitedWithoutOrder, (c) => show(c, typedClaim(new Map())))

claims.post(paths.debitedWithoutOrder, withForm(MAX_FORM_BYTES), async (c) => {
  const { fields } = c.var
  const typed = typedClaim(fields)
  const words = claimWords(c.var.language)
  const reading = await readClaim(typed, c.var.language)
  if (!reading.ok) return show(c, typed, { errors: reading.errors, status: 422 })
  const isPerson = await isAnswered(c.env, fields)
  const claimed = await claimByPhone(c.env, reading.claim, isPerson)
  switch (claimed.kind) {
    case 'found': {
      await rememberDevice(c, claimed.order)
      const key = await orderKey(c.env.config.appSecret, claimed.order)
      return c.redirect(paths.order(key), 303)
    }
    case 'told':
      return c.redirect(pathsIn(c.var.language).debitTold, 303)
    case 'wait': {
      c.header('retry-after', String(claimed.minutes * 60))
      const summary = words.errors.wait(Math.ceil(claimed.minutes / MINUTES_AN_HOUR))
      return show(c, typed, { errors: { summary }, status: 429 })
    }
    case 'ask':
      return ask(c, typed)
  }
})

claims.get(paths.debitTold, async (c) => {
  const { language } = c.var
  const { whatsapp } = (await currentSettings(c.env)).shop
  const title = claimWords(language).told.title
  const byReference = c.env.provider.tells.reference
  const page = <ToldPage whatsapp={whatsapp} byReference={byReference} language={language} />
  return c.render(page, { title })
})

const mayClaim = (shop: Shop, order: Order) => isClaimable(order) && !isTrialOver(shop, order)

/** For a paid order, the money was taken twice. */
const ofOrder = (orderKey: string, { status }: Order) => ({ orderKey, isTwice: status === 'paid' })

async function ask(c: Context<ShopEnv>, typed: ClaimTyped, about: Shown = {}) {
  const question = await newQuestion(c.env, c.var.language)
  const { summary } = limitWords(c.var.language)
  return show(c, typed, {
    ...about,
    errors: { summary },
    question,
    status: 429,
  })
}

type Shown = {
  orderKey?: string
  isTwice?: boolean
  errors?: ClaimErrors
  question?: Question
  status?: 422 | 429
}

async function show(c: Context<ShopEnv>, typed: ClaimTyped, { status, ...shown }: Shown = {}) {
  const { language } = c.var
  const { shop } = await currentSettings(c.env)
  const country = typed.country || shop.country || c.env.config.country
  c.header('cache-control', 'private, no-store')
  if (status) c.status(status)
  return c.render(
    <ClaimPage
      {...shown}
      typed={{ ...typed, country }}
      whatsapp={shop.whatsapp}
      byReference={c.env.provider.tells.reference}
      language={language}
    />,
    {
      title: claimWords(language).title,
      isPrivate: true,
      ...(!shown.orderKey && !status && { path: paths.debitedWithoutOrder }),
    },
  )
}
