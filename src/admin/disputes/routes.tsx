import { Hono } from 'hono'
import type { Context } from 'hono'
import { closeCase, findCase, listCasesOf } from '../../data/orders/disputes.ts'
import type { Case } from '../../data/orders/disputes.ts'
import {
  findDeskOrder,
  listEventsOf,
  listNoticesOf,
  listPaymentsOf,
} from '../../data/orders/desk-order.ts'
import { listOrders } from '../../data/orders/desk-orders.ts'
import { orderKey } from '../../links/keys.ts'
import { isTrialOver } from '../../money/play-money.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { copyScript } from '../orders/copy-script.ts'
import { readReason, typedReason } from '../orders/forms.ts'
import { timeline } from '../orders/timeline.ts'
import { withForm } from '../orders/with-order.ts'
import type { OrderEnv } from '../orders/with-order.ts'
import { orderWords } from '../orders/words.ts'
import { CasePage } from './page.tsx'
import type { CasePartProps } from './part.tsx'
import { ProofFile } from './proof.tsx'
import { caseProps, siteIdOf } from './show-dispute.ts'
import { caseWords } from './words.ts'

/** Claims of buyers who were debited: each with its proof file, its texts, and its end. */
export const cases = new Hono<OrderEnv>()

cases.use(`${paths.deskCase(':id')}/*`, withForm)

cases.get(paths.deskCase(':id'), async (c) => {
  const claim = await find(c)
  return claim ? showCase(c, claim) : c.notFound()
})

cases.post(paths.closeCase(':id'), async (c) => {
  const claim = await find(c)
  if (!claim) return c.notFound()
  const { person, fields, language } = c.var
  const typed = typedReason(fields)
  const reading = readReason(typed, orderWords(language))
  if (!reading.ok) {
    c.status(422)
    return showCase(c, claim, { ...typed, error: reading.errors['reason'] })
  }
  const closing = { caseId: claim.id, personId: person.id, ...reading.value }
  if (!(await closeCase(c.env.sql, closing, c.env.now()))) {
    c.status(409)
    const clash = caseWords(language).moved
    return showCase(c, (await find(c)) ?? claim, { ...typed, clash })
  }
  c.env.log('case.closed', { case: claim.id, person: person.id })
  const { orderCode } = claim
  const back = orderCode ? `${paths.deskOrder(orderCode)}?fait=reclamation` : paths.toLookAt
  return c.redirect(back, 303)
})

// The order of the address is found by the room that this one stands in.
cases.get(paths.deskProof(':code'), async (c) => {
  const { order, language } = c.var
  const { sql } = c.env
  if (order.isErased || isTrialOver(c.env, order)) return renderFault(c, 404)
  const [claims, payments, events, notices, settings] = await Promise.all([
    listCasesOf(sql, order.id),
    listPaymentsOf(sql, order.id),
    listEventsOf(sql, order.id),
    listNoticesOf(sql, order.id),
    currentSettings(c.env),
  ])
  const days = timeline({ events, notices, currency: order.currency }, language)
  const file = (
    <ProofFile
      {...{ order, claims, payments, notices, days, language }}
      shopName={settings.shop.name}
      siteId={siteIdOf(c.env)}
      now={c.env.now()}
    />
  )
  const text = `<!doctype html>\n${String(await file)}`
  return c.body(text, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': `attachment; filename="preuve-${order.code}.html"`,
    // Should a browser show it all the same: its own style, and nothing else.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  })
})

async function find(c: Context<OrderEnv>): Promise<Case | undefined> {
  const id = /^[1-9]\d{0,14}$/.exec(c.req.param('id') ?? '')?.[0]
  return id === undefined ? undefined : findCase(c.env.sql, Number(id))
}

async function showCase(c: Context<OrderEnv>, claim: Case, refused?: CasePartProps['refused']) {
  const { language } = c.var
  const { sql, config } = c.env
  const order = claim.orderCode ? await findDeskOrder(sql, claim.orderCode) : undefined
  const known = order && {
    link: absolute(config, paths.order(await orderKey(config.appSecret, order))),
    payments: await listPaymentsOf(sql, order.id),
    notices: await listNoticesOf(sql, order.id),
  }
  const phone = claim.phoneE164.slice(1)
  const list =
    !order && phone
      ? await listOrders(sql, { search: { phoneEnds: [phone], references: [] } })
      : { orders: [] }
  const props = caseProps(c.env, claim, known, language)
  return c.render(<CasePage {...props} {...(refused && { refused })} orders={list.orders} />, {
    title: caseWords(language).title,
    scripts: [copyScript],
  })
}
