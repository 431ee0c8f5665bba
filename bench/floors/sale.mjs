// What a sale cannot do without, and nothing else. POST /buy: the two rows in one statement, then
// the provider's page. POST /notice: the signature, one check, and one guarded statement that makes
// the order paid and granted. Tables without triggers; the shop's own driver; node:http on both sides.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Agent, createServer, request as send } from 'node:http'
import postgres from 'postgres'

const sql = postgres(process.env.DATABASE_URL, {
  max: Number(process.env.CONNECTIONS),
  fetch_types: false,
})
const agent = new Agent({ keepAlive: true })
const provider = new URL(process.env.PROVIDER)

createServer((request, response) => {
  const started = performance.now()
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (text) => (body += text))
  request.on('end', () => void answer())
  async function answer() {
    const fields = new URLSearchParams(body)
    const deed = request.url === '/buy' ? buy(fields) : notice(fields, request.headers['x-token'])
    const { status, headers, text } = await deed
    response.writeHead(status, headers)
    response.end(text)
    const line = {
      at: new Date().toISOString(),
      event: 'request.answered',
      requestId: randomBytes(9).toString('base64url'),
      method: 'POST',
      route: request.url,
      status,
      ms: Math.round(performance.now() - started),
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
}).listen(Number(process.env.PORT), '127.0.0.1')

async function buy(fields) {
  const transactionId = randomBytes(12).toString('hex').toUpperCase()
  const code = randomBytes(5).toString('hex')
  await sql`
    with opened as (
      insert into floor_orders (code, book_id, amount, status, buyer_name, phone, created_at)
      values (${code}, 1, 5000, 'pending', ${fields.get('name')}, ${fields.get('phone')}, now())
      returning id
    )
    insert into floor_payments (order_id, transaction_id, amount, status, created_at)
    select id, ${transactionId}, 5000, 'pending', now() from opened`
  const { data } = await ask('/v2/payment', {
    transaction_id: transactionId,
    amount: 5000,
    currency: 'XOF',
  })
  return { status: 303, headers: { location: data.payment_url }, text: '' }
}

const SIGNED = process.env.SIGNED_FIELDS.split(',')

async function notice(fields, token) {
  const signed = SIGNED.map((name) => fields.get(name) ?? '').join('')
  const code = createHmac('sha256', process.env.SECRET).update(signed).digest()
  if (!timingSafeEqual(code, Buffer.from(token, 'hex')))
    return { status: 401, headers: {}, text: '' }
  const transactionId = fields.get('cpm_trans_id')
  const { code: answer, data } = await ask('/v2/payment/check', { transaction_id: transactionId })
  if (answer !== '00' || data.status !== 'ACCEPTED' || data.amount !== '5000')
    return { status: 503, headers: {}, text: '' }
  await sql`
    with accepted as (
      update floor_payments set status = 'accepted'
      where transaction_id = ${transactionId} and status <> 'accepted'
      returning id, order_id
    ), paid as (
      update floor_orders set status = 'paid'
      from accepted
      where floor_orders.id = accepted.order_id and floor_orders.status = 'pending'
      returning floor_orders.id
    )
    insert into floor_grants (order_id, payment_id, created_at)
    select paid.id, accepted.id, now() from paid, accepted`
  return { status: 200, headers: { 'content-type': 'text/plain' }, text: 'OK' }
}

function ask(path, fields) {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(fields)
    const options = {
      agent,
      host: provider.hostname,
      port: provider.port,
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    }
    const call = send(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part) => (text += part))
      answer.on('end', () => resolve(JSON.parse(text)))
    })
    call.on('error', reject)
    call.end(body)
  })
}
