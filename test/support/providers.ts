import type { CinetpaySettings, CinetpayV1Settings } from '../../src/config/cinetpay.ts'
import { cinetpay } from '../../src/payment/cinetpay.ts'
import { cinetpayV1 } from '../../src/payment/cinetpay-v1.ts'
import type { PaymentToBegin, Provider } from '../../src/money/provider.ts'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'

export const aPayment: PaymentToBegin = {
  transactionId: 'AB12CD34EF56AB12CD34EF56',
  orderCode: '7K3M94FT',
  amount: 5000,
  currency: 'XOF',
  description: 'Le livre',
  buyer: { name: 'Awa Traoré', email: null },
  language: 'fr',
  returnUrl: 'https://livres.example.net/payment/return/?commande=7K3M94FT.x',
  notifyUrl: 'https://livres.example.net/payment/callback/',
}

const KEYS = { apiKey: 'v2-key-0001', siteId: '445160', secret: 'v2-secret-0001' }
const V1_KEYS = { apiKey: 'sk_live_key-0001', apiPassword: 'v1-password-0001' }

export type OpenProvider = (changes?: { apiKey?: string }) => ReturnType<typeof openAt>
type Make = (fetch: (request: Request) => Promise<Response>, now: () => Date) => Provider
type Intercept = (request: Request) => Response | Promise<Response> | undefined

/** A provider's file with its simulator behind it, and a shop that writes down every notice. */
function openAt(url: string, make: Make, secrets: string[]) {
  const clock = { now: new Date('2026-11-02T10:00:00Z') }
  const requests: Request[] = []
  const notices: Request[] = []
  let inTheWay: Intercept | undefined
  const played = simulator({
    ...KEYS,
    v1: V1_KEYS,
    url,
    ledger: memoryLedger(),
    now: () => clock.now,
    pause: async () => {},
    fetch: async (request) => {
      if (request.method === 'POST') notices.push(request)
      return new Response('OK')
    },
  })
  const provider = make(
    async (request) => {
      requests.push(request)
      return (await inTheWay?.(request)) ?? played.fetch(request)
    },
    () => clock.now,
  )
  return {
    provider,
    simulator: played,
    clock,
    secrets,
    /** Every request made to the provider. */
    requests,
    notices,
    intercept: (answer: Intercept | undefined) => {
      inTheWay = answer
    },
  }
}

/** With `changes`, other keys than the provider knows. */
export function openV2(changes: { apiKey?: string } = {}) {
  const apiUrl = 'https://api-checkout.cinetpay.com'
  const settings: CinetpaySettings = {
    ...KEYS,
    generation: 'v2',
    apiUrl,
    channels: 'ALL',
    ...changes,
  }
  const make: Make = (fetch) => cinetpay(settings, fetch)
  return openAt('https://checkout.cinetpay.com', make, [KEYS.apiKey, KEYS.secret])
}

export function openV1(changes: { apiKey?: string } = {}) {
  const settings: CinetpayV1Settings = {
    ...V1_KEYS,
    generation: 'v1',
    apiUrl: 'https://api.cinetpay.co',
    isSandbox: false,
    mailHost: 'livres.example.net',
    ...changes,
  }
  const make: Make = (fetch, now) => cinetpayV1(settings, fetch, now)
  return openAt('https://secure.cinetpay.co', make, Object.values(V1_KEYS))
}
