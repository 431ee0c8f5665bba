// A shop as small as Hono's own examples: the guide's steps and its tables, one statement each, `fetch`,
// no guards, no ledger, no receipt, no limits.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'
import postgres from 'postgres'

const { DATABASE_URL, PROVIDER, SECRET, PORT } = process.env
const SIGNED = process.env.SIGNED_FIELDS.split(',')
const sql = postgres(DATABASE_URL, { fetch_types: false })
const app = new Hono()

app.get('/livres/:slug', async (c) => {
  const [product] = await sql`
    select slug, title, description, price_fcfa from store_product
    where slug = ${c.req.param('slug')} and is_published`
  if (!product) return c.notFound()
  return c.html(html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <title>${product.title}</title>
      </head>
      <body>
        <h1>${product.title}</h1>
        <p>${product.description}</p>
        <form method="post" action="/livres/${product.slug}/acheter">
          <input name="email" type="email" />
          <button>Acheter (${product.price_fcfa} F CFA)</button>
        </form>
      </body>
    </html>`)
})

app.post('/livres/:slug/acheter', async (c) => {
  const [product] = await sql`
    select id, title, price_fcfa from store_product
    where slug = ${c.req.param('slug')} and is_published`
  if (!product) return c.notFound()
  const { email = '' } = await c.req.parseBody()
  const id = randomBytes(12).toString('hex').toUpperCase()
  const [order] = await sql`
    insert into store_order (product_id, email, amount_fcfa, status, cinetpay_payment_id, created_at)
    values (${product.id}, ${email}, ${product.price_fcfa}, 'pending', ${id}, now())
    returning id`
  const { code, data } = await ask('/v2/payment', {
    transaction_id: id,
    amount: product.price_fcfa,
    currency: 'XOF',
    description: `Achat ${product.title}`,
    channels: 'ALL',
    customer_id: order.id,
    customer_email: email,
  })
  if (code === '201') return c.redirect(data.payment_url, 303)
  await sql`update store_order set status = 'failed' where id = ${order.id}`
  return c.text('Erreur d’initialisation du paiement.', 502)
})

app.post('/payment/callback/', async (c) => {
  const fields = await c.req.parseBody()
  const signed = SIGNED.map((name) => fields[name] ?? '').join('')
  const expected = createHmac('sha256', SECRET).update(signed).digest()
  const received = Buffer.from(c.req.header('x-token') ?? '', 'hex')
  if (received.length !== expected.length || !timingSafeEqual(received, expected))
    return c.text('Invalid signature', 400)
  const id = fields.cpm_trans_id
  const [order] = await sql`select id from store_order where cinetpay_payment_id = ${id}`
  if (!order) return c.text('Order not found', 404)
  const { code, data } = await ask('/v2/payment/check', { transaction_id: id })
  const isPaid = code === '00' && data.status === 'ACCEPTED'
  await sql`update store_order set status = ${isPaid ? 'paid' : 'failed'} where id = ${order.id}`
  if (isPaid)
    await sql`
      insert into store_downloadtoken (order_id, token, created_at)
      values (${order.id}, ${randomBytes(16).toString('hex')}, now())
      on conflict (order_id) do nothing`
  return c.text('OK')
})

async function ask(path, fields) {
  const answer = await fetch(PROVIDER + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apikey: 'key', site_id: 'site', ...fields }),
  })
  return answer.json()
}

serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' })
