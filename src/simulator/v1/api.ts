import { Hono } from 'hono'
import { cutLine, frontDoor } from '../api.ts'
import { randomHex } from '../codes.ts'
import type { Fields } from '../create.ts'
import { CUT_AMOUNT, SLOW_CHECK_MS } from '../faults.ts'
import type { Ledger } from '../ledger.ts'
import { asOfNow } from '../life.ts'
import type { SimulatorOptions, V1Keys } from '../options.ts'
import { refuse, STATUSES } from './codes.ts'
import { newV1Transaction, refuseV1Creation, V1_SITE } from './create.ts'
import { statusResponse } from './status.ts'

const TOKEN_LIFE_S = 86_400

/** The newer API: log in, create a payment, ask for its status. */
export function v1Api(options: Required<SimulatorOptions>, keys: V1Keys): Hono {
  const { ledger, now, pause, url } = options
  const logins = logInBook(now)
  const app = new Hono()

  app.use('*', frontDoor)

  app.post('/oauth/login', async (c) => {
    const fields = await readJson(c.req.raw)
    const isKnown =
      fields?.['api_key'] === keys.apiKey && fields['api_password'] === keys.apiPassword
    if (!isKnown) return refuse({ code: 1005, message: 'The key or the password is unknown.' })
    const access_token = logins.open()
    return c.json({
      code: 200,
      status: STATUSES[200],
      access_token,
      token_type: 'bearer',
      expires_in: TOKEN_LIFE_S,
    })
  })

  app.use('/payment/*', async (c, next) => {
    const code = logins.faultOf(c.req.header('authorization'))
    if (code) return refuse({ code, message: 'Log in again.' })
    await next()
  })

  app.post('/payment', async (c) => {
    const fields = await readJson(c.req.raw)
    if (!fields) return refuse({ code: 1004, message: 'The body must be a JSON object.' })
    const refusal = refuseV1Creation(fields)
    if (refusal) return refuse(refusal)

    const transaction = newV1Transaction(fields, now())
    const isCut = transaction.amount === CUT_AMOUNT
    if (!(await ledger.add(transaction)))
      return refuse({ code: 1200, message: 'Transaction already exists' }, isCut ? 422 : 400)
    if (isCut) return cutLine(c)
    return c.json({
      code: 200,
      status: STATUSES[200],
      payment_token: transaction.token,
      notify_token: transaction.v1?.notifyToken,
      transaction_id: transaction.v1?.id,
      merchant_transaction_id: transaction.transactionId,
      payment_url: `${url}/checkout/${transaction.token}`,
      details: {
        code: 2001,
        status: STATUSES[2001],
        message: 'Payment initiated',
        must_be_redirected: true,
      },
    })
  })

  app.get('/payment/:id', async (c) => {
    const id = c.req.param('id')
    const found = await findPayment(id, ledger)
    if (!found?.v1) return refuse({ code: 404, message: 'Unknown payment.' })

    const transaction = await asOfNow(found, options)
    if (transaction.fault === 'check-slow') await pause(SLOW_CHECK_MS)
    return statusResponse(transaction)
  })

  return app
}

async function findPayment(id: string, ledger: Ledger) {
  if (/^[0-9a-f]{110}$/.test(id)) return ledger.findByToken(id)
  return /^[A-Za-z0-9._-]{1,30}$/.test(id) ? ledger.find(V1_SITE, id) : undefined
}

/** The tokens given out, in memory: after a restart each caller has to log in again. */
function logInBook(now: () => Date) {
  const expiries = new Map<string, number>()
  return {
    open() {
      for (const [token, expiry] of expiries) if (expiry <= now().getTime()) expiries.delete(token)
      const token = randomHex(32)
      expiries.set(token, now().getTime() + TOKEN_LIFE_S * 1000)
      return token
    },
    faultOf(authorization: string | undefined) {
      const expiry = expiries.get(/^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '')
      if (expiry === undefined) return 1002
      return expiry <= now().getTime() ? 1003 : undefined
    },
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
