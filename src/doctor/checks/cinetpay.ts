import { wholeSeconds } from '../../lib/http-date.ts'
import type { Shop } from '../../contracts/shop.ts'
import { ask } from '../ask.ts'
import { advice, well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'
import { clockOf } from './database.ts'

/** Which of CinetPay's two APIs the keys belong to, and whether it knows them. */
export async function cinetpay(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { config, provider } = shop
  const { name, ...says } = words.cinetpay
  if (!config.cinetpay) return [well(name, says.none)]
  const generation =
    config.cinetpay.generation === 'v2'
      ? says.v2(config.cinetpay.siteId)
      : config.cinetpay.isSandbox
        ? says.sandbox
        : says.v1
  const [answer, seenAs] = await Promise.all([provider.probe(), provider.addressSeen?.()])
  const callers = provider.addressSeen ? [caller(answer, seenAs, words)] : []
  return [well(name, generation), ...callers, keys(answer, words)]
}

/**
 * The list of allowed callers comes first, whatever the keys: an address that is not on it learns
 * nothing else.
 */
function caller(answer: ProbeAnswer, seenAs: string | undefined, words: DoctorWords): Finding {
  const { name, ...says } = words.caller
  if (answer.kind === 'wrong-address') return wrong(name, says.refused(seenAs))
  return seenAs ? well(name, says.seen(seenAs)) : advice(name, says.unseen)
}

type ProbeAnswer = Awaited<ReturnType<Shop['provider']['probe']>>

function keys(answer: ProbeAnswer, words: DoctorWords): Finding {
  const { name, ...says } = words.keys
  switch (answer.kind) {
    case 'works':
      return well(name, says.works)
    case 'wrong-key':
      return wrong(name, says.wrongKey)
    case 'wrong-site':
      return wrong(name, says.wrongSite)
    case 'wrong-address':
      return advice(name, says.unknown)
    case 'unclear':
      return wrong(name, says.unclear(answer.code))
    case 'unreachable':
      return wrong(name, says.unreachable(answer.reason))
  }
}

/** CinetPay's server reports the time as a by-product, so no third party is asked for it. */
export async function outsideClock(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  if (!shop.config.cinetpay) return []
  const answer = await ask(shop, shop.config.cinetpay.apiUrl, { method: 'HEAD' })
  const told = answer.kind === 'answered' ? Date.parse(answer.header('date') ?? '') : NaN
  if (Number.isNaN(told)) return []
  return [clockOf('outside', new Date(wholeSeconds(shop.now())), new Date(told), words)]
}
