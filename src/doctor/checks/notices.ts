import type { Shop } from '../../contracts/shop.ts'
import { ask, cameFromCache, obstacleOf } from '../ask.ts'
import { well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import { noticeId, noticeProof } from '../../links/probe-keys.ts'
import type { DoctorWords } from '../words/words.ts'

/** The address that CinetPay calls, called the way CinetPay does. */
export async function notices(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { notifyUrl } = shop.config
  if (notifyUrl.startsWith('http:')) {
    // On this machine only, with nobody at home: the line of the address says so.
    const there = await ask(shop, notifyUrl, { method: 'HEAD' })
    if (there.kind === 'failed') return []
  }
  return Promise.all([ping(shop, words), notice(shop, words)])
}

async function ping(shop: Shop, words: DoctorWords): Promise<Finding> {
  const { name, ...says } = words.ping
  const { notifyUrl } = shop.config
  const first = await ask(shop, notifyUrl)
  if (first.kind === 'failed') return wrong(name, says.unreachable(first.reason))
  const obstacle = obstacleOf(first)
  if (obstacle) return wrong(name, says.blocked(notifyUrl, obstacle))
  if (first.status !== 200) return wrong(name, says.strange(first.status))
  if (first.text !== 'OK') return wrong(name, says.stranger)

  // Each answer of the shop has a request id of its own.
  const second = await ask(shop, notifyUrl)
  const id = first.header('x-request-id')
  const isSame = second.kind === 'answered' && id !== null && second.header('x-request-id') === id
  const isCached = isSame || cameFromCache(first)
  return isCached ? wrong(name, says.cached) : well(name, says.well)
}

/**
 * A genuine notice about a payment that does not exist. The shop recognises its doctor by the id,
 * stores nothing, and gives an answer that only it can give, which tells its own page from anybody
 * else's.
 */
async function notice(shop: Shop, words: DoctorWords): Promise<Finding> {
  const { name, ...says } = words.notice
  const { notifyUrl, appSecret } = shop.config
  const id = await noticeId(appSecret, shop.now())
  const answer = await ask(shop, notifyUrl, {
    method: 'POST',
    ...(await shop.provider.sampleNotice(id)),
  })
  if (answer.kind === 'failed') return wrong(name, says.unreachable(answer.reason))
  const isOurs = answer.text === `OK ${await noticeProof(appSecret, id)}`
  if (isOurs && answer.status === 200) return well(name, says.well)
  const obstacle = obstacleOf(answer)
  if (obstacle) return wrong(name, says.blocked(notifyUrl, obstacle))
  const isAltered =
    (answer.status === 401 && answer.text === 'Invalid signature') ||
    (answer.status === 400 && answer.text === 'Malformed')
  return wrong(name, isAltered ? says.altered : says.strange(answer.status))
}
