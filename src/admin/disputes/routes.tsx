import { Hono } from 'hono'
import { listDisputesOf } from '../../data/orders/disputes.ts'
import { listEventsOf, listNoticesOf, listPaymentsOf } from '../../data/orders/desk-order.ts'
import { isTrialOver } from '../../money/play-money.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import { paths } from '../../links/addresses.ts'
import { Detour } from '../deeds/deed.ts'
import { leave, showPage, visitOf } from '../deeds/frame.tsx'
import type { DeskEnv } from '../guard.ts'
import { orderAt } from '../orders/subject.tsx'
import { timeline } from '../orders/timeline.ts'
import { ProofFile } from './proof.tsx'
import { disputeAt, showDispute, siteIdOf } from './show-dispute.tsx'

/** Disputes of buyers who were debited: the proof file, the prepared texts, and closing. */
export const disputeRoutes = new Hono<DeskEnv>()

disputeRoutes.get(paths.deskDispute.pattern, showPage(disputeAt, showDispute))

disputeRoutes.get(paths.deskProof.pattern, async (c) => {
  const visit = visitOf(c)
  const order = await orderAt(visit)
  if (!order) return c.notFound()
  if (order instanceof Detour) return leave(c, order)
  const { language } = visit
  const { sql } = c.env
  if (order.isErased || isTrialOver(c.env, order)) return c.notFound()
  const [disputes, payments, events, notices, settings] = await Promise.all([
    listDisputesOf(sql, order.id),
    listPaymentsOf(sql, order.id),
    listEventsOf(sql, order.id),
    listNoticesOf(sql, order.id),
    currentSettings(c.env),
  ])
  const days = timeline({ events, notices, currency: order.currency }, language)
  const file = (
    <ProofFile
      {...{ order, disputes, payments, notices, days, language }}
      shopName={settings.shop.name}
      siteId={siteIdOf(c.env)}
      now={c.env.now()}
    />
  )
  const text = `<!doctype html>\n${String(await file)}`
  return c.body(text, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': `attachment; filename="preuve-${order.code}.html"`,
    // In case a browser shows it instead of saving it: its own style, and nothing else.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  })
})
