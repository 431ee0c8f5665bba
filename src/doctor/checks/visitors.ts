import { randomToken } from '../../lib/encoding.ts'
import { network } from '../../lib/network.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { ask } from '../ask.ts'
import { advice, well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import { sightKey } from '../../links/probe-keys.ts'
import { readSight, SIGHT_ASKED, SIGHT_TOLD, sightOf } from '../sight.ts'
import type { Sight } from '../sight.ts'
import type { DoctorWords } from '../words/words.ts'

/**
 * Whether visitors are told apart, judged by two requests whose senders are known: the doctor's own
 * through the public address, and the one that opened this page. On Workers, Cloudflare reports the
 * addresses.
 */
export async function visitors(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { name, ...says } = words.visitors
  const { publicUrl, trustedProxies } = shop.config
  if (!publicUrl.startsWith('https:')) return []
  const own = await ownSight(shop)
  const desk = shop.arrival && sightOf(shop.arrival, trustedProxies)
  const seen = [own, desk].filter((sight) => sight !== undefined)
  const fault = seen.find(({ kind }) => kind !== 'apart')
  if (fault)
    return [wrong(name, says[fault.kind === 'untrusted' ? 'untrusted' : 'unnamed'](fault.address))]
  if (own && desk && network(own.address) === network(desk.address))
    return [advice(name, says.same(own.address))]
  return seen.length > 0 ? [well(name, says.apart)] : []
}

async function ownSight(shop: Shop): Promise<Sight | undefined> {
  const nonce = randomToken()
  const headers = { [SIGHT_ASKED]: await sightKey(shop.config.appSecret, nonce) }
  const answer = await ask(shop, absolute(shop.config, paths.doctorProbe(nonce)), { headers })
  return answer.kind === 'answered' ? readSight(answer.header(SIGHT_TOLD)) : undefined
}
