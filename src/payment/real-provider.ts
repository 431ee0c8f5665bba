import type { CinetpaySettings, CinetpayV1Settings } from '../config/cinetpay.ts'
import type { Fetch } from '../lib/outbound.ts'
import { cinetpayV1 } from './cinetpay-v1.ts'
import { cinetpay } from './cinetpay.ts'
import type { Provider } from '../money/provider.ts'
import { throughRelay } from './relay.ts'

/** The provider for whichever CinetPay API the keys belong to, through the relay if there is one. */
export function realProvider(
  settings: CinetpaySettings | CinetpayV1Settings,
  fetch: Fetch,
  now: () => Date,
): Provider {
  switch (settings.generation) {
    case 'v2':
      return cinetpay(settings, fetch)
    case 'v1':
      return cinetpayV1(settings, throughRelay(settings.relay, fetch), now)
  }
}
