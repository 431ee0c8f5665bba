import { hex, randomBytes } from '../../lib/encoding.ts'
import { PASSED, relayedCall, relayWord } from '../../payment/relay.ts'
import type { RelaySettings } from '../../config/relay.ts'
import type { Shop } from '../../contracts/shop.ts'
import { ask } from '../ask.ts'
import { advice, well, wrong } from '../finding.ts'
import type { Fault, Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'

/** Cloudflare, in front of CinetPay's API, reports here which address called it. */
const TRACE = '/cdn-cgi/trace'
/** A page of the same host that no sale needs: the relay must refuse it. */
const NO_CALL = '/robots.txt'

/** Calls CinetPay once through the relay, and tries what the relay must refuse. */
export async function relay(shop: Shop, { relay: words }: DoctorWords): Promise<Finding[]> {
  const { cinetpay } = shop.config
  if (cinetpay?.generation !== 'v1') return []
  const { names } = words
  const { relay, apiUrl } = cinetpay
  if (!relay)
    return shop.probes?.runtime === 'Cloudflare Workers' ? [wrong(names.relay, words.none)] : []

  const asked = (path: string, by: RelaySettings) => {
    const call = relayedCall(by, { url: apiUrl + path, method: 'GET', headers: {} })
    return ask(shop, call.url, call)
  }
  const anyone = { ...relay, secret: hex(randomBytes(24)) }
  const [traced, ...refused] = await Promise.all([
    asked(TRACE, relay),
    asked(NO_CALL, relay),
    asked(TRACE, anyone),
  ])
  const fault = faultOf(traced, words) ?? (refused.some(isPassed) ? words.open : undefined)
  if (fault) return [wrong(names.relay, fault)]
  return [well(names.relay, words.well), addressIn(traced, words)]
}

type Answer = Awaited<ReturnType<typeof ask>>
type Words = DoctorWords['relay']

const isPassed = (answer: Answer) =>
  answer.kind === 'answered' && relayWord(answer.header) === PASSED

function faultOf(answer: Answer, words: Words): Fault | undefined {
  if (answer.kind === 'failed') return words.unreachable(answer.reason)
  const word = relayWord(answer.header)
  switch (word) {
    case PASSED:
      return undefined
    case undefined:
      return words.stranger(answer.status)
    case 'wrong-secret':
      return words.wrongSecret
    case 'cinetpay-unreachable':
    case 'cinetpay-timeout':
      return words.cannotReach(word)
    default:
      return words.broken(word)
  }
}

function addressIn(answer: Answer, words: Words): Finding {
  const text = answer.kind === 'answered' ? answer.text : ''
  const [, address] = /^ip=([\d.]{7,15})\s*$/m.exec(text) ?? []
  const name = words.names.address
  return address ? well(name, words.address(address)) : advice(name, words.addressUnseen)
}
