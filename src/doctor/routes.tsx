import { Hono } from 'hono'
import { noteSign } from '../data/signs-of-life.ts'
import { contentRange, judge } from '../files/range.ts'
import { isPreview } from '../links/robots.ts'
import { httpDate } from '../lib/http-date.ts'
import type { ShopEnv } from '../contracts/shop.ts'
import { paths } from '../links/addresses.ts'
import { isNonce, isSightKey, probeTag, readPhoneKey } from '../links/probe-keys.ts'
import { PROBE_DATE, probeText } from './probe.ts'
import { SIGHT_ASKED, SIGHT_TOLD, sightOf, spellSight } from './sight.ts'

/** What the doctor looks for from outside. Neither says anything of the shop, nor opens anything. */
export const doctor = new Hono<ShopEnv>()

/** A small file under a book's headers, so that what the reverse proxy does to books is seen on it. */
doctor.get(paths.doctorProbe.pattern, async (c) => {
  const nonce = c.req.param('nonce') ?? ''
  if (!isNonce(nonce)) return c.notFound()
  const { config, arrival } = c.env
  const tag = await probeTag(config.appSecret, nonce)
  const text = probeText(tag)
  const etag = `"${tag}"`
  const headers = new Headers({
    etag,
    'last-modified': httpDate(PROBE_DATE),
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache, no-transform',
    'x-robots-tag': 'noindex',
  })
  const key = c.req.header(SIGHT_ASKED)
  if (arrival && key && (await isSightKey(config.appSecret, nonce, key)))
    headers.set(SIGHT_TOLD, spellSight(sightOf(arrival, config.trustedProxies)))
  const asked = judge(c.req.raw, { etag, modifiedAt: PROBE_DATE, sizeBytes: text.length })
  switch (asked.kind) {
    case 'not-modified':
      return new Response(null, { status: 304, headers })
    case 'precondition-failed':
      return new Response(null, { status: 412, headers })
    case 'unsatisfiable':
      headers.set('content-range', contentRange('unsatisfiable', text.length))
      return new Response(null, { status: 416, headers })
    case 'whole':
    case 'part':
  }
  const range = asked.kind === 'part' ? asked.range : { offset: 0, length: text.length }
  headers.set('content-type', 'application/pdf')
  headers.set('content-length', String(range.length))
  if (asked.kind === 'part') headers.set('content-range', contentRange(range, text.length))
  const part = text.slice(range.offset, range.offset + range.length)
  return new Response(c.req.method === 'HEAD' ? null : part, {
    status: asked.kind === 'part' ? 206 : 200,
    headers,
  })
})

/** The seller's phone was here: the one thing that no call from the host itself can prove. */
doctor.get(paths.doctorPhone.pattern, async (c) => {
  const { config, sql, visitorAddress, now } = c.env
  const way = await readPhoneKey(config.appSecret, c.req.param('key') ?? '', visitorAddress, now())
  // A messenger's preview is somebody else's server.
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
