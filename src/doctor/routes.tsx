import { Hono } from 'hono'
import { noteSign } from '../data/signs-of-life.ts'
import { answerTo } from '../files/answer.ts'
import { isPreview } from '../links/robots.ts'
import type { ShopEnv } from '../contracts/shop.ts'
import { paths } from '../links/addresses.ts'
import { isNonce, isSightKey, probeTag, readPhoneKey } from '../links/probe-keys.ts'
import { PROBE_DATE, probeText } from './probe.ts'
import { SIGHT_ASKED, SIGHT_TOLD, sightOf, spellSight } from './sight.ts'

/** What the doctor requests from outside. Neither address reveals or opens anything. */
export const doctor = new Hono<ShopEnv>()

/** A small file under a book's headers, so that what the reverse proxy does to books is seen on it. */
doctor.get(paths.doctorProbe.pattern, async (c) => {
  const nonce = c.req.param('nonce') ?? ''
  if (!isNonce(nonce)) return c.notFound()
  const { config, arrival } = c.env
  const tag = await probeTag(config.appSecret, nonce)
  const text = probeText(tag)
  const key = c.req.header(SIGHT_ASKED)
  const isDoctor = arrival && key && (await isSightKey(config.appSecret, nonce, key))
  const seen = isDoctor && spellSight(sightOf(arrival, config.trustedProxies))
  const mediaType = 'application/pdf'
  const file = { etag: `"${tag}"`, modifiedAt: PROBE_DATE, sizeBytes: text.length, mediaType }
  const answer = answerTo(c.req.raw, file, {
    'cache-control': 'private, no-cache, no-transform',
    'x-robots-tag': 'noindex',
    ...(seen && { [SIGHT_TOLD]: seen }),
  })
  if (answer instanceof Response) return answer
  const { range, status, headers } = answer
  return new Response(text.slice(range.offset, range.offset + range.length), { status, headers })
})

/**
 * Shows that the seller's phone got through: the one thing that no request from the host itself can
 * prove.
 */
doctor.get(paths.doctorPhone.pattern, async (c) => {
  const { config, sql, visitorAddress, now } = c.env
  const way = await readPhoneKey(config.appSecret, c.req.param('key') ?? '', visitorAddress, now())
  // A messenger's preview comes from its servers, not from the phone.
  if (way && c.req.method === 'GET' && !isPreview(c.req.raw))
    await noteSign(sql, { kind: 'phone', way }, now())
  c.status(way ? 200 : 410)
  const { language } = c.var
  const { PhonePage } = await import('./pages.tsx')
  const { doctorWords } = await import('./words/words.ts')
  return c.render(<PhonePage way={way} language={language} />, {
    title: doctorWords(language).phone.title,
  })
})
