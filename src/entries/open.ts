import type { Hono } from 'hono'
import { app } from '../app.tsx'
import { simulatedLedger } from '../data/orders/simulated.ts'
import { cinetpay } from '../payment/cinetpay.ts'
import { cinetpayV1 } from '../payment/cinetpay-v1.ts'
import type { CinetpaySettings, CinetpayV1Settings } from '../config/cinetpay.ts'
import type { Provider } from '../money/provider.ts'
import { realProvider } from '../payment/real-provider.ts'
import type { Shop } from '../contracts/shop.ts'
import type { SimulatorOptions } from '../../packages/cinetpay-simulator/app.tsx'
import { absolute, paths } from '../links/addresses.ts'

/** What a runtime has to provide; the rest of a Shop follows from the settings. */
type Parts = Omit<Shop, 'storefrontGapMs' | 'provider' | 'simulator' | 'visitorAddress'> & {
  /** For tests, which change rows without the shop's knowledge. */
  storefrontGapMs?: number
}

/** So that a new price is visible everywhere within two seconds, shared caches included. */
const STOREFRONT_GAP_MS = 1_000

/** Opens the shop: with the real CinetPay if its keys are set, otherwise with the simulator. */
export function openShop(parts: Parts): Shop {
  const { config, sql, now, background } = parts
  const { storefrontGapMs = STOREFRONT_GAP_MS } = parts
  const common = { ...parts, storefrontGapMs, visitorAddress: '' }
  if (config.cinetpay)
    return { ...common, provider: realProvider(config.cinetpay, parts.fetch, now) }

  const url = absolute(config, paths.simulator)
  // Not APP_SECRET itself, which would then sign what visitors of the demonstration type.
  const secret = `the simulator of ${config.appSecret}`
  const keys = { apiKey: 'demonstration-api-key', siteId: '000000', secret }
  const v1Keys = { apiKey: 'sk_test_demonstration', apiPassword: secret }
  const options: SimulatorOptions = {
    ...keys,
    v1: v1Keys,
    url,
    isShared: true,
    ledger: simulatedLedger(sql),
    now,
    background,
    // The simulator calls the shop as CinetPay would, without leaving the process: a Worker
    // cannot reach itself by its own address.
    fetch: async (request) =>
      new URL(request.url).origin === config.publicUrl
        ? app.fetch(request, shop)
        : parts.fetch(request),
  }
  let played: Promise<Hono> | undefined
  const simulate = async (request: Request) => {
    // Not loaded in a real shop.
    played ??= import('../../packages/cinetpay-simulator/app.tsx').then(({ simulator }) =>
      simulator(options),
    )
    return (await played).fetch(within(request, paths.simulator))
  }
  const shop: Shop = { ...common, provider: playedProvider(), simulator: simulate }

  function playedProvider(): Provider {
    const pages = [config.publicUrl]
    if (config.simulatedApi === 'v2') {
      const settings: CinetpaySettings = { ...keys, generation: 'v2', apiUrl: url, channels: 'ALL' }
      return { ...cinetpay(settings, simulate, pages), name: 'simulator', isPlayMoney: true }
    }
    const { hostname: mailHost } = new URL(config.publicUrl)
    const settings: CinetpayV1Settings = {
      ...v1Keys,
      generation: 'v1',
      apiUrl: url,
      isSandbox: true,
      mailHost,
    }
    return { ...cinetpayV1(settings, simulate, now, pages), name: 'simulator-v1' }
  }
  return shop
}

/** The same request, with the mount's prefix removed from its path. */
function within(request: Request, prefix: string): Request {
  const url = new URL(request.url)
  url.pathname = url.pathname.slice(prefix.length) || '/'
  return new Request(url, request)
}
