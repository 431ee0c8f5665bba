import { tryReverseProxy } from '../../files/x-sendfile.ts'
import { randomToken } from '../../lib/encoding.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { ask, obstacleOf } from '../ask.ts'
import type { Answered } from '../ask.ts'
import { advice, well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import { probeTag } from '../../links/probe-keys.ts'
import { probeText } from '../probe.ts'
import type { DoctorWords } from '../words/words.ts'
import { DAY_MS } from '../../lib/time.ts'

/**
 * Where the public address leads, and what the reverse proxy (Apache, LiteSpeed, a CDN) does to a
 * download: requests a small file of the shop's own, served with a book's headers.
 */
export async function reverseProxy(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { name, ...says } = words.address
  const { publicUrl } = shop.config
  const { hostname, protocol } = new URL(publicUrl)
  const isLocal = protocol === 'http:'
  const nonce = randomToken()
  const url = absolute(shop.config, paths.doctorProbe(nonce))
  const whole = await ask(shop, url)
  if (whole.kind === 'failed')
    return [
      isLocal
        ? advice(name, says.local(publicUrl))
        : wrong(name, says.unreachable(publicUrl, whole.reason)),
    ]

  const tag = await probeTag(shop.config.appSecret, nonce)
  if (!whole.text.startsWith(tag)) {
    const obstacle = obstacleOf(whole)
    return [
      wrong(
        name,
        obstacle ? says.blocked(publicUrl, obstacle) : says.stranger(publicUrl, whole.status),
      ),
    ]
  }
  const [download, https] = await Promise.all([
    ranges(shop, { url, tag, whole }, words),
    isLocal ? advice(words.https.name, words.https.none) : enforced(shop, hostname, whole, words),
  ])
  return [well(name, says.well(publicUrl)), https, download]
}

/** A reverse proxy may close plain http, or lead it to https; a redirect elsewhere ends there, too. */
async function enforced(
  shop: Shop,
  hostname: string,
  { header }: Answered,
  words: DoctorWords,
): Promise<Finding> {
  const { name, ...says } = words.https
  if (!/max-age=[1-9]/.test(header('strict-transport-security') ?? ''))
    return wrong(name, says.noHsts)
  const plain = await ask(shop, `http://${hostname}${paths.doctorProbe(randomToken())}`)
  const isAnswered = plain.kind === 'answered' && plain.status < 300
  return isAnswered ? wrong(name, says.plain) : well(name, says.well)
}

const FIRST = 1_000
const LAST = 1_999

type Whole = { url: string; tag: string; whole: Answered }

async function ranges(shop: Shop, { url, tag, whole }: Whole, words: DoctorWords) {
  const { name, ...says } = words.ranges
  const etag = `"${tag}"`
  const text = probeText(tag)
  if (whole.header('etag') !== etag) return wrong(name, says.etag)

  const range = { range: `bytes=${FIRST}-${LAST}`, 'if-range': etag }
  const [packed, head, part, same] = await Promise.all([
    ask(shop, url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }),
    ask(shop, url, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } }),
    ask(shop, url, { headers: range }),
    ask(shop, url, { headers: { 'if-none-match': etag } }),
  ])
  for (const one of [packed, head, part, same])
    if (one.kind === 'failed') return wrong(name, says.unreachable(one.reason))
  const [z, h, p, s] = [packed, head, part, same] as [Answered, Answered, Answered, Answered]
  if (z.header('content-encoding') !== null) return wrong(name, says.compressed)
  if (p.status !== 206) return wrong(name, says.ignored(p.status))
  const isFit =
    p.header('content-range') === `bytes ${FIRST}-${LAST}/${text.length}` &&
    p.text === text.slice(FIRST, LAST + 1)
  if (!isFit) return wrong(name, says.unfit)
  if (h.header('content-length') !== String(text.length)) return wrong(name, says.length)
  if (s.status !== 304) return wrong(name, says.notModified(s.status))
  return well(name, says.well)
}

/** With SEND_FILE: whether the reverse proxy really sends files for the shop. */
export async function sendFile(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { name, ...says } = words.sendFile
  const trial = await tryReverseProxy(shop)
  switch (trial) {
    case undefined:
      return []
    case 'obeys':
      return [well(name, says.obeys)]
    case 'not-sent':
      return [wrong(name, says.notSent)]
    case 'altered':
      return [wrong(name, says.altered)]
    case 'unreachable':
      return [advice(name, says.unreachable)]
  }
}

/** Let's Encrypt renews 30 days before the end: at 10, it has failed for a while. */
const SOON_DAYS = 10

export async function certificate(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { name, ...says } = words.certificate
  const { protocol, hostname, port } = new URL(shop.config.publicUrl)
  if (protocol !== 'https:') return []
  if (!shop.probes?.certificate) return [advice(name, says.unseen)]
  try {
    const { expiresAt, fault } = await shop.probes.certificate(hostname, Number(port || 443))
    if (fault) return [wrong(name, says.refused(fault))]
    const days = Math.floor((expiresAt.getTime() - shop.now().getTime()) / DAY_MS)
    return [days < SOON_DAYS ? wrong(name, says.soon(days)) : well(name, says.well(days))]
  } catch (error) {
    const code = (error as { code?: unknown }).code
    return [wrong(name, says.unreachable(typeof code === 'string' ? code : 'TLS'))]
  }
}
