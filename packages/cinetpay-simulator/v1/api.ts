import { Hono, type MiddlewareHandler } from 'hono'
import { isLetIn } from '../api-faults.ts'
import { cutLine, frontDoor } from '../api.ts'
import { callerOf } from '../caller.ts'
import type { Fields } from '../create.ts'
import { CUT_AMOUNT, SLOW_CHECK_MS } from '../faults.ts'
import type { Ledger, SimulatedTransaction } from '../ledger.ts'
import { asOfNow } from '../life.ts'
import type { Options, V1Keys } from '../options.ts'
import { said } from './codes.ts'
import { newV1Transaction, refuseV1Creation, V1_SITE } from './create.ts'
import type { LogInBook } from './logins.ts'
import { badGateway, refuse, refuseAddress, refuseToken, refuseUnknown } from './refuse.ts'
import { statusResponse } from './status.ts'

/** The newer API: log in, create a payment, ask for its status. */
export function v1Api(options: Options, keys: V1Keys, logins: LogInBook): Hono {
  const { ledger, now, pause, apiFaults: faults } = options
  const app = new Hono()

  app.use('*', frontDoor, packed(options))
  app.use('*', async (c, next) => {
    if (!isLetIn(faults, callerOf(c, options))) return refuseAddress(faults)
    await next()
  })

  app.post('/oauth/login', async (c) => {
    if (faults.login === '502') return badGateway()
    const fields = await readJson(c.req.raw)
    const isKnown =
      fields?.['api_key'] === keys.apiKey && fields['api_password'] === keys.apiPassword
    if (!isKnown || faults.login === 'keys')
      return refuse({ code: 1005, message: 'The key or the password is unknown.' }, faults)
    const { token, lifeSeconds } = logins.open()
    return c.json({
      ...said(200),
      access_token: token,
      token_type: 'bearer',
      expires_in: lifeSeconds,
    })
  })

  app.use('/payment/*', async (c, next) => {
    const code = logins.faultOf(c.req.header('authorization'))
    if (code) return refuseToken(code, faults)
    await next()
  })

  app.post('/payment', async (c) => {
    const fields = await readJson(c.req.raw)
    if (!fields) return refuse({ code: 1004, message: 'The body must be a JSON object.' }, faults)
    const refusal = refuseV1Creation(fields)
    if (refusal) return refuse(refusal, faults)
    if (faults.creation === 'balance')
      return refuse(
        { code: 2005, message: 'Insufficient balance' },
        { ...faults, errors: 'nested' },
      )

    const transaction = newV1Transaction(fields, now())
    const existsUnder = /^exists-(\d+)$/.exec(faults.creation)?.[1]
    const isNew = await ledger.add(transaction)
    if (!isNew || existsUnder) {
      const status = existsUnder ? Number(existsUnder) : undefined
      return refuse({ code: 1200, message: 'Transaction already exists' }, faults, status)
    }
    if (transaction.amount === CUT_AMOUNT) return cutLine(c)
    if (faults.creation === '502') return badGateway()
    return c.json(created(transaction, options))
  })

  app.get('/payment/:id', async (c) => {
    const found = await findPayment(c.req.param('id'), ledger)
    if (!found?.v1 || found.fault === 'check-unknown') return refuseUnknown(faults)

    const transaction = await asOfNow(found, options)
    if (transaction.fault === 'check-slow') await pause(SLOW_CHECK_MS)
    return statusResponse(transaction)
  })

  return app
}

/** The top level says that the call succeeded; the payment's state is in `details`. */
function created(transaction: SimulatedTransaction, { url, apiFaults }: Options) {
  const { token, transactionId, v1 } = transaction
  const pages = apiFaults.page ? `https://${apiFaults.page}` : url
  return {
    ...said(200),
    payment_token: token,
    notify_token: v1?.notifyToken,
    transaction_id: v1?.id,
    ...(apiFaults.creation !== 'no-id' && { merchant_transaction_id: transactionId }),
    payment_url: `${pages}/checkout/${token}`,
    details: { ...said(2001), message: 'Payment initiated', must_be_redirected: true },
  }
}

async function findPayment(id: string, ledger: Ledger) {
  if (/^[0-9a-f]{110}$/.test(id)) return ledger.findByToken(id)
  return /^[A-Z0-9.-]{1,30}$/.test(id) ? ledger.find(V1_SITE, id) : undefined
}

/** Compresses the response, although nobody asked for it. */
function packed({ apiFaults, pack }: Options): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const encoding = apiFaults.packed
    if (!pack || encoding === '' || !c.res.headers.get('content-type')) return
    const body = pack(encoding, new Uint8Array(await c.res.arrayBuffer()))
    const headers = new Headers(c.res.headers)
    headers.set('Content-Encoding', encoding)
    c.res = new Response(body as BodyInit, { status: c.res.status, headers })
  }
}

async function readJson(request: Request): Promise<Fields | undefined> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) return undefined
  try {
    const fields: unknown = await request.json()
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return fields as Fields
  } catch {
    // Answered like a body that is JSON but no object.
  }
  return undefined
}
