import { createHmac } from 'node:crypto'
import { simulator, type SimulatorOptions } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import { NOTICE_FIELDS } from '../../packages/cinetpay-simulator/notice.ts'

export const URL_PREFIX = 'http://pay.test/simulateur'
export const KEYS = { apiKey: 'key-1', siteId: '5872868', secret: 'secret-1' }

export type Call = { method: string; url: string; headers: Headers; type: string; body: string }

export type Answer = {
  code: string
  message: string
  description?: string
  data?: Record<string, unknown>
  api_response_id: string
}

/** A simulator, a clock that we turn, and a shop that writes down every call it gets. */
export function world(options: Partial<SimulatorOptions> = {}) {
  const calls: Call[] = []
  const pending: Promise<unknown>[] = []
  const clock = { now: new Date('2026-03-05T10:00:00.000Z') }
  const app = simulator({
    ...KEYS,
    ledger: memoryLedger(),
    url: URL_PREFIX,
    now: () => clock.now,
    background: (work) => void pending.push(work),
    pause: async () => {},
    fetch: async (request) => {
      const { method, url, headers } = request
      const type = headers.get('content-type') ?? ''
      calls.push({ method, url, headers, type, body: await request.text() })
      return new Response('OK')
    },
    ...options,
  })

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'shop', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const create = async (fields: Record<string, unknown> = {}) =>
    post('/v2/payment', { ...creation, ...fields })
  const askCheck = async (fields: Record<string, unknown> = {}) => {
    const { apikey, site_id, transaction_id } = creation
    return post('/v2/payment/check', { apikey, site_id, transaction_id, ...fields })
  }

  return {
    app,
    calls,
    clock,
    post,
    create,
    askCheck,
    check: async (fields?: Record<string, unknown>) => answer(await askCheck(fields)),
    /** Creates the payment, and gives the path of its page. */
    open: async (fields?: Record<string, unknown>) => {
      const { data } = await answer(await create(fields))
      return `/payment/${String(data?.['payment_token'])}`
    },
    choose: async (path: string, deed: string, fields: Record<string, string> = {}) =>
      app.request(path, { method: 'POST', body: new URLSearchParams({ deed, ...fields }) }),
    settled: async () => Promise.all(pending),
    notices: () => calls.filter(({ method }) => method === 'POST'),
  }
}

export const creation = {
  apikey: KEYS.apiKey,
  site_id: KEYS.siteId,
  transaction_id: 'AB12CD34EF56AB12CD34EF56',
  amount: 5000,
  currency: 'XOF',
  description: 'Achat Le livre',
  notify_url: 'https://shop.test/payment/callback/',
  return_url: 'https://shop.test/payment/return/?commande=k1',
  channels: 'MOBILE_MONEY',
  lang: 'fr',
}

export async function answer(response: Response): Promise<Answer> {
  return (await response.json()) as Answer
}

export function noticeOf(call: Call | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(call?.body))
}

/** The token, worked out from the posted fields by other means than the simulator's. */
export function tokenOf(fields: Record<string, string>, secret = KEYS.secret) {
  const joined = NOTICE_FIELDS.map((name) => fields[name] ?? '').join('')
  return createHmac('sha256', secret).update(joined).digest('hex')
}

export const V1 = { apiKey: 'sk_test_1', apiPassword: 'password-1' }
export type Body = Record<string, unknown>
export const bodyOf = async (response: Response) => (await response.json()) as Body

export const v1Creation = {
  currency: 'XOF',
  merchant_transaction_id: 'AB12CD34EF56AB12CD34EF56',
  amount: 5000,
  lang: 'fr',
  designation: 'Le livre',
  client_email: 'awa@example.com',
  client_first_name: 'Awa',
  client_last_name: 'Traoré',
  success_url: 'https://shop.test/ok?commande=k1',
  failed_url: 'https://shop.test/ko?commande=k1',
  notify_url: 'https://shop.test/payment/callback/',
}

/** The newer API, and a merchant who has logged in. */
export async function loggedIn(options: Partial<SimulatorOptions> = {}) {
  const w = world({ v1: V1, ...options })
  const keys = { api_key: V1.apiKey, api_password: V1.apiPassword }
  const askLogin = () => w.post('/v1/oauth/login', keys)
  const login = await bodyOf(await askLogin())
  const headers = { authorization: `Bearer ${String(login['access_token'])}` }
  const create = (fields: Body = {}, more: Record<string, string> = {}) =>
    w.post('/v1/payment', { ...v1Creation, ...fields }, { ...headers, ...more })
  const status = async (id = v1Creation.merchant_transaction_id) =>
    w.app.request(`/v1/payment/${id}`, { headers: { 'user-agent': 'shop', ...headers } })
  return {
    ...w,
    login,
    askLogin,
    create,
    status,
    /** Creates the payment, and gives the path of its page. */
    openV1: async (fields?: Body) => {
      const { payment_token: token } = await bodyOf(await create(fields))
      return `/payment/${String(token)}`
    },
    /** Chooses faults of the API; those that are not named end. */
    chooseFaults: (faults: Body) => w.post('/faults', faults),
  }
}
