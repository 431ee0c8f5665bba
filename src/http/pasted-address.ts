import { createMiddleware } from 'hono/factory'
import { fixedPart } from '../lib/route.ts'
import { TABLE } from '../links/table.ts'
import type { About, Entry } from '../links/table.ts'
import type { ShopEnv } from '../contracts/shop.ts'
import { securityHeaders } from './security-headers.ts'
import { MAX_ADDRESS_LENGTH } from './sound-address.ts'

/**
 * A link that a chat has made longer: the full stop, bracket, quote or blank of the sentence around it,
 * a sign without width, the `*` or `_` that would have made it bold. It leads to the clean address,
 * for favourites and copies to hold. No address of ours ends in such a sign, but for the `_` of a key,
 * whose length tells whether it is its own. Nothing is looked up: whether there is such a page is the
 * clean address's to say.
 *
 * 302, because the installer takes the 303 of the owner's page for an owner made.
 */
export const pastedAddress = createMiddleware<ShopEnv>(async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
  const { pathname, search } = new URL(c.req.url)
  if (pathname.length > MAX_ADDRESS_LENGTH) return next()
  // A slash at the end is no fault; two at the beginning would name another host.
  const path = pathname.replace(/^\/+/, '/').replace(/(?<=.)\/$/, '')
  const clean = cleanPath(path)
  if (clean === path) return next()
  return securityHeaders(c, async () => {
    c.res = c.redirect(clean + search, 302)
    c.res.headers.set('cache-control', 'private, no-store')
  })
})

const DESK = TABLE.desk.pattern
const addresses: readonly Entry<string>[] = Object.values(TABLE)
const anyOf = (sources: string[]) => `(?:${[...new Set(sources)].join('|')})`
const inLanguage = ({ isPrivate }: About) => (isPrivate ? '' : '(?:/[a-z]{2})?')

/**
 * The path up to a key of ours, which ends in 128 bits of base64url. What goes on as a key would is
 * another key, and a wrong one.
 */
const KEYED = new RegExp(
  `^(${anyOf(
    addresses
      .filter(({ key }) => key !== undefined)
      .map((one) => inLanguage(one) + fixedPart(one.pattern) + one.key),
  )}[\\w-]{22})(?![0-9A-Za-z-])[^/]*$`,
)
/** Where the end is a word or a file's name, which no `_` ends; elsewhere it may be a token's. */
const WORDED = new RegExp(
  `^${anyOf(
    addresses
      .filter(({ pattern }) => !/:(key|token|nonce)$/.test(pattern) && !pattern.startsWith(DESK))
      .map((one) => inLanguage(one) + one.pattern.replace(/[^/]+$/, '').replace(/:\w+/g, '[^/]+')),
  )}[^/]+$`,
)
const MARK = /[\s\p{Cf}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\p{S}\u2010-\u2015]|\ufe0f/u

function cleanPath(path: string): string {
  const cut = path.lastIndexOf('/') + 1
  const last = decode(path.slice(cut))
  const above = path.slice(0, cut)
  const keyed = KEYED.exec(above + last)?.[1]
  // What cannot be read is for `soundAddress` to refuse, as it came.
  if (!keyed && last === path.slice(cut) && last.includes('%')) return path
  const kept = keyed ? keyed.slice(cut) : withoutMarks(last, WORDED.test(above + last))
  if (kept === last) return path
  if (kept === '') return cut === 1 ? '/' : cleanPath(path.slice(0, cut - 1))
  return above + encodeURIComponent(kept)
}

function withoutMarks(text: string, isWord: boolean): string {
  const signs = [...text]
  const isMark = (sign: string) => MARK.test(sign) || (isWord && sign === '_')
  while (signs.length > 0 && isMark(signs.at(-1)!)) signs.pop()
  return signs.join('')
}

/** What cannot be read is left as it is, for `soundAddress` to refuse. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
