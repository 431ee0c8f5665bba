import { createMiddleware } from 'hono/factory'
import { findDeskOrder } from '../../data/orders/desk-order.ts'
import type { DeskOrder } from '../../data/orders/desk-order.ts'
import { readCode } from '../../lib/crockford.ts'
import { readForm } from '../../lib/form.ts'
import { paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import type { Fields } from './forms.ts'

/** In this room, `c.var` also holds the order of the address and the form that was sent. */
export type OrderEnv = DeskEnv & { Variables: { order: DeskOrder; fields: Fields } }

const MAX_FORM_BYTES = 32 * 1024

export const withForm = createMiddleware<OrderEnv>(async (c, next) => {
  if (c.req.method === 'POST') {
    const form = await readForm(c.req.raw, MAX_FORM_BYTES)
    if (form.kind === 'too-large') return renderFault(c, 413)
    if (form.kind === 'malformed') return renderFault(c, 400)
    c.set('fields', form.fields)
  }
  await next()
})

/** Finds the order of the address; a code spelled as people write it leads to its one address. */
export const withOrder = createMiddleware<OrderEnv>(async (c, next) => {
  const spelled = c.req.param('code') ?? ''
  const code = readCode(spelled)
  const order = code && (await findDeskOrder(c.env.sql, code))
  if (!order) return c.notFound()
  if (c.req.method === 'GET' && spelled !== order.code)
    return c.redirect(paths.deskOrder(order.code), 303)
  c.set('order', order)
  await next()
})
