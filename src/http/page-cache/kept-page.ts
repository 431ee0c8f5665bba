import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { DatabaseUnavailable } from '../../data/database.ts'
import { hasTag } from '../../lib/etag.ts'
import { sha256Stream } from '../../lib/sha256.ts'
import { currentWindow, freshWindow, windowSeenAt } from '../../data/settings-cache.ts'
import type { Shop, ShopEnv } from '../../contracts/shop.ts'
import { bodyFor, keep, keyOf, NONCE_HOLE, shelfOf, touch, withNonce } from './shelf.ts'
import type { Body, Page } from './shelf.ts'

/** While the database is away, a page is shown as it was, for so long. */
const WITHOUT_DATABASE_MS = 10 * 60_000
/** How long a visitor waits for a database that does not answer, when there is a kept page. */
const PATIENCE_MS = 1_000
/** After that, the next visitors do not wait at all for so long. */
const AWAY_MS = 1_000
/** The look at the version and this, together, are the two seconds in which a price is new. */
const SHARED = 'public, max-age=1, stale-if-error=600'
/** What Hono gives a page that it renders. */
const HTML = 'text/html; charset=UTF-8'

type Rules = {
  /** What of the query the page depends on; the rest (fbclid, utm_source …) changes nothing. */
  by?: string[]
  /** With one of these it is made anew each time, and kept by nobody. */
  personal?: string[]
  /** Too many are thinkable to keep them: tagged, and rendered each time. */
  isEndless?: boolean
}

/**
 * A public page, kept as it was rendered (`shelf.ts`) while the window's version stands, and no longer
 * than to the moment at which a book goes on sale by itself. Its tag is a weak one, of the page
 * without its nonce, and the same in all processes.
 */
export const keptPage = ({ by = [], personal = [], isEndless = false }: Rules = {}) =>
  createMiddleware<ShopEnv>(async (c, next) => {
    const isPersonal = personal.some((name) => c.req.query(name))
    if (isPersonal || isEndless || !['GET', 'HEAD'].includes(c.req.method)) {
      await next()
      const page = c.res.status === 200 ? await pageOf(c) : undefined
      if (page) replace(c, isPersonal ? whole(page, {}) : answer(c, page))
      return
    }

    const shop = c.env
    const shelf = shelfOf(shop)
    const asked = by.map((name) => [name, c.req.query(name)]).filter(([, value]) => value)
    const key = keyOf(c.var.language, c.req.path, asked)
    const kept = shelf.pages.get(key)
    const now = shop.now().getTime()
    const isInTime = kept && now < kept.until
    if (isInTime && now < shelf.awayUntil) return fromShelf(c, kept)
    const window = freshWindow(shop) ?? (await lookAt(shop, isInTime ? now : undefined))
    if (window === 'away') {
      shelf.awayUntil = shop.now().getTime() + AWAY_MS
      c.set('outcome', 'window.without_database')
      return fromShelf(c, kept!)
    }
    if (isInTime && window.version === kept.version) {
      touch(shelf, key, kept)
      c.set('kept', kept)
      return fromShelf(c, kept)
    }

    await next()
    const page = c.res.status === 200 ? await pageOf(c) : undefined
    if (!page) return
    const until = window.changesAt?.getTime() ?? Infinity
    const made = { ...page, version: window.version, until }
    keep(shelf, key, made)
    c.set('kept', made)
    replace(c, answer(c, page))
  })

/** Without what Hono does else: it makes a third answer out of both. The page holds all of the first. */
function replace(c: Context<ShopEnv>, answer: Response): void {
  c.res = undefined
  c.res = answer
}

/** Who has a kept page waits for the window's version only so long, and not long after an outage. */
function lookAt(shop: Shop, keptAt: number | undefined) {
  const asking = currentWindow(shop)
  const mayWait = keptAt === undefined || keptAt - windowSeenAt(shop) > WITHOUT_DATABASE_MS
  return mayWait ? asking : orAway(asking)
}

/** 'away' where the database is not there, or takes its time. */
async function orAway<T>(asking: Promise<T>): Promise<T | 'away'> {
  let clock: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<'away'>((resolve) => {
    clock = setTimeout(() => resolve('away'), PATIENCE_MS)
  })
  const asked = asking.catch((error: unknown) => {
    if (error instanceof DatabaseUnavailable) return 'away' as const
    throw error
  })
  return Promise.race([asked, patience]).finally(() => clearTimeout(clock))
}

async function pageOf(c: Context<ShopEnv>): Promise<Page> {
  const { drawn } = c.var
  const text = drawn ?? (await c.res.text())
  // A Buffer is made in a third of the time that a TextEncoder takes for a page of two-byte letters.
  const parts = text.split(NONCE_HOLE).map((part) => Buffer.from(part))
  const hash = sha256Stream()
  for (const part of parts) hash.add(part)
  return {
    parts,
    // To ask an answer for its headers makes them, though another answer replaces it.
    type: drawn === undefined ? (c.res.headers.get('content-type') ?? '') : HTML,
    tag: `W/"${hash.hex().slice(0, 24)}"`,
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
  }
}

const fromShelf = (c: Context<ShopEnv>, page: Page) =>
  answer(c, page, bodyFor(page, c.req.raw, c.env))

/** @param body where it was made for this visitor; on Node, what is not packed in it is packed as it leaves */
function answer(c: Context<ShopEnv>, page: Page, body?: Body): Response {
  const headers = { etag: page.tag, 'cache-control': SHARED }
  return hasTag(c.req.header('if-none-match'), page.tag)
    ? new Response(null, { status: 304, headers })
    : whole(page, headers, body)
}

function whole(page: Page, headers: Record<string, string>, body?: Body): Response {
  const { bytes, packing } = body ?? { bytes: withNonce(page) }
  return new Response(bytes, {
    headers: {
      ...headers,
      'content-type': page.type,
      'content-length': String(bytes.length),
      ...(packing && { 'content-encoding': packing, vary: 'accept-encoding' }),
    },
  })
}
