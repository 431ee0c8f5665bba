import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { checkResponse } from './check.ts'
import { MESSAGES, type Refusal } from './codes.ts'
import { type Fields, newTransaction, refuseCreation, unknownKeys } from './create.ts'
import { CUT_AMOUNT, SLOW_CHECK_MS } from './faults.ts'
import type { Ledger } from './ledger.ts'
import { asOfNow } from './life.ts'
import type { Options } from './options.ts'

/** Middleware before both APIs: a caller without a user agent gets no further. */
export const frontDoor: MiddlewareHandler = async (c, next) => {
  if (!c.req.header('user-agent')) return c.text('error code: 1010', 403)
  await next()
  c.header('Cache-Control', 'no-store')
}

/** Breaks the connection: Node's server cuts the socket, elsewhere the answer breaks off. */
export function cutLine(c: Context): Response {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket: { destroy(): void } } }
  incoming?.socket.destroy()
  if (incoming) return new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  return new Response(new ReadableStream({ start: (body) => body.error(new Error('cut')) }))
}

/** A merchant's two calls: create a payment, check a payment. */
export function api(options: Options): Hono {
  const { ledger, now, pause, url } = options
  const app = new Hono()

  app.use('*', frontDoor)

  app.post('/payment', async (c) => {
    const fields = await readFields(c.req.raw)
    if ('code' in fields) return refuse(fields, now())
    const refusal = refuseCreation(fields.fields, options)
    if (refusal) return refuse(refusal, now())

    const transaction = newTransaction(fields.fields, now())
    const isCut = transaction.amount === CUT_AMOUNT
    if (!(await ledger.add(transaction))) {
      const description = 'transaction_id was already used'
      return refuse({ code: isCut ? '624' : '620', description }, now())
    }
    if (isCut) return cutLine(c)

    const { token } = transaction
    return c.json({
      code: '201',
      message: MESSAGES['201'],
      description: 'Transaction created with success',
      data: { payment_token: token, payment_url: `${url}/payment/${token}` },
      api_response_id: responseId(now()),
    })
  })

  app.post('/payment/check', async (c) => {
    const fields = await readFields(c.req.raw)
    if ('code' in fields) return refuse(fields, now())
    const refusal = unknownKeys(fields.fields, options)
    if (refusal) return refuse(refusal, now())

    const found = await findTransaction(fields.fields, options.siteId, ledger)
    if (!found || found.fault === 'check-unknown')
      return refuse({ code: '600', description: 'Transaction not found' }, now())

    const transaction = await asOfNow(found, options)
    if (transaction.fault === 'check-slow') await pause(SLOW_CHECK_MS)
    return checkResponse(transaction, responseId(now()))
  })

  return app
}

async function findTransaction(fields: Fields, siteId: string, ledger: Ledger) {
  const { transaction_id: id, token } = fields
  if (typeof id === 'string' && /^[A-Za-z0-9.]{1,50}$/.test(id)) return ledger.find(siteId, id)
  if (typeof token !== 'string' || !/^[0-9a-f]{110}$/.test(token)) return undefined
  const found = await ledger.findByToken(token)
  return found?.siteId === siteId ? found : undefined
}

/** JSON, or the urlencoded form that several clients send. */
async function readFields(request: Request): Promise<{ fields: Fields } | Refusal> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const body = await request.text()
  if (type === 'application/x-www-form-urlencoded')
    return { fields: typed(Object.fromEntries(new URLSearchParams(body))) }
  if (type !== 'application/json')
    return { code: '403', description: 'the body must be application/json' }
  try {
    const fields: unknown = JSON.parse(body)
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return { fields: fields as Fields }
  } catch {
    // Answered like a body that is JSON but no object.
  }
  return { code: '608', description: 'the body must be a JSON object' }
}

/** A form has only texts; these two fields are a number and a boolean. */
function typed({ amount, lock_phone_number: lock, ...fields }: Record<string, string>): Fields {
  return {
    ...fields,
    amount: amount !== undefined && /^-?\d+$/.test(amount) ? Number(amount) : amount,
    lock_phone_number: lock === 'true' || lock === '1',
  }
}

function refuse({ code, description }: Refusal, now: Date): Response {
  const body = { code, message: MESSAGES[code], description, api_response_id: responseId(now) }
  return Response.json(body, { status: code === '403' ? 403 : 400 })
}

/** Seconds of the day's clock, and four digits. */
function responseId(now: Date): string {
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1))
  return `${Math.floor(now.getTime() / 1000)}.${String(random % 10_000).padStart(4, '0')}`
}
