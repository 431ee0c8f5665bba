import { missingIdentity } from '../../storefront/legal/identity.ts'
import { findSign } from '../../data/signs-of-life.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { Shop } from '../../contracts/shop.ts'
import { driverVersion, shopVersion } from '../../config/versions.ts'
import type { Language } from '../../words/words.ts'
import { advice, well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'
import { moment } from '../../words/moments.ts'
import { HOUR_MS } from '../../lib/time.ts'

/** Each setting is valid by itself, or the shop would not have started. */
export async function configuration(
  { config, provider }: Shop,
  words: DoctorWords,
): Promise<Finding[]> {
  const { name, ...says } = words.configuration
  if (!provider.isPlayMoney) return [well(name, says.well)]
  return [advice(name, config.cinetpay ? says.sandbox : says.demonstration)]
}

const LEAST_NODE = [20, 12] as const
/** The end of support for each release line: nodejs.org/en/about/previous-releases. */
const KEPT_UNTIL: Record<number, string> = {
  20: '2026-04-30',
  22: '2027-04-30',
  24: '2028-04-30',
  26: '2029-04-30',
}

export async function versions(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { name, ...says } = words.versions
  const runtime = shop.probes?.runtime ?? '?'
  const [, major, minor] = /^Node (\d+)\.(\d+)/.exec(runtime) ?? []
  const [leastMajor, leastMinor] = LEAST_NODE
  if (major && (+major < leastMajor || (+major === leastMajor && +minor! < leastMinor)))
    return [wrong(name, says.oldNode(runtime))]
  const keptUntil = major && KEPT_UNTIL[+major]
  if (keptUntil && shop.now() > new Date(keptUntil)) return [advice(name, says.unkept(runtime))]
  return [well(name, says.well(shopVersion, runtime, driverVersion))]
}

export async function legal(
  shop: Shop,
  words: DoctorWords,
  language: Language,
): Promise<Finding[]> {
  const { name, ...says } = words.legal
  const missing = missingIdentity(await currentSettings(shop), language)
  return [
    missing.length > 0 ? wrong(name, says.missing(missing.join(', '))) : well(name, says.well),
  ]
}

/** Hosts run scheduled tasks every 5 to 15 minutes; after an hour the task is gone. */
const LATE_MS = HOUR_MS

export async function cron(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { name, ways, ...says } = words.cron
  const sign = await findSign(shop.sql, 'cron')
  if (!sign) return [advice(name, says.never)]
  const ageMs = shop.now().getTime() - sign.seenAt.getTime()
  const rhythmMs = sign.beforeAt ? sign.seenAt.getTime() - sign.beforeAt.getTime() : 0
  const seconds = Math.max(0, Math.round(ageMs / 1000))
  const isLate = ageMs > Math.max(LATE_MS, 3 * rhythmMs)
  return [
    isLate
      ? wrong(name, says.late(seconds, ways[sign.way]))
      : well(name, says.well(seconds, ways[sign.way])),
  ]
}

export async function phone(
  shop: Shop,
  words: DoctorWords,
  language: Language,
): Promise<Finding[]> {
  const { name, ...says } = words.phone
  const sign = await findSign(shop.sql, 'phone')
  if (!sign) return [advice(name, says.never)]
  const when = moment(sign.seenAt, language)
  return [sign.way === 'other' ? well(name, says.other(when)) : advice(name, says.same(when))]
}
