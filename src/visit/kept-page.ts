import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Config } from '../config.ts'
import { DatabaseUnavailable } from '../data/database.ts'
import { randomToken, utf8 } from '../lib/encoding.ts'
import { hasTag } from '../lib/etag.ts'
import { sha256Hex } from '../lib/hmac.ts'
import { currentWindow, freshWindow, windowSeenAt } from '../settings-cache.ts'
import type { Shop, ShopEnv } from '../shop.ts'

/**
 * A public page, kept as it was rendered while the window's version stands, and no longer than to
 * the moment at which a book goes on sale by itself. It is a cache and no truth: each process has
 * its own, and finds out by the version (`currentWindow`) when any of them changes a price. What
 * differs between two answers is the form's nonce, put in as the page leaves: two visitors never
 * hold one form. So the tag is a weak one, of the page without it, and the same in all processes.
 */
const MOST_PAGES = 400
const MOST_BYTES = 8_000_000
/** While the database is away, a page is shown as it was, for so long. */
const WITHOUT_DATABASE_MS = 10 * 60_000
/** How long a visitor waits for a database that does not answer, when there is a kept page. */
const PATIENCE_MS = 1_000
/** After that, the next visitors do not wait at all for so long. */
const AWAY_MS = 1_000
/** The look at the version and this, together, are the two seconds in which a price is new. */
const SHARED = 'public, max-age=1, stale-if-error=600'

/** Stands in a page where the nonce of its form will be. */
export const NONCE_HOLE = '__nonce_du_formulaire__'

/** `bytes` is its weight without nonces. */
type Page = { parts: Uint8Array[]; type: string; tag: string; bytes: number }
type Kept = Page & { version: number; until: number }
type Shelf = { pages: Map<string, Kept>; bytes: number; awayUntil: number }

const shelves = new WeakMap<Config, Shelf>()

function shelfOf({ config }: Shop): Shelf {
  const shelf = shelves.get(config) ?? { pages: new Map(), bytes: 0, awayUntil: 0 }
  shelves.set(config, shelf)
  return shelf
}

type Rules = {
  /** What of the query the page depends on; the rest (fbclid, utm_source …) changes nothing. */
  by?: string[]
  /** With one of these it is made anew each time, and kept by nobody. */
  personal?: string[]
  /** Too many are thinkable to keep them: tagged, and rendered each time. */
  isEndless?: boolean
}

export const keptPage = ({ by = [], personal = [], isEndless = false }: Rules = {}) =>
  createMiddleware<ShopEnv>(async (c, next) => {
    const isPersonal = personal.some((name) => c.req.query(name))
    if (isPersonal || isEndless || !['GET', 'HEAD'].includes(c.req.method)) {
      await next()
      const page = c.res.status === 200 ? await pageOf(c) : undefined
      if (page) c.res = isPersonal ? withNonce(page) : answer(c, page)
      return
    }

    const shop = c.env
    const shelf = shelfOf(shop)
    const key = keyOf(c, by)
    const kept = shelf.pages.get(key)
    const now = shop.now().getTime()
    const isInTime = kept && now < kept.until
    if (isInTime && now < shelf.awayUntil) return answer(c, kept)
    const window = freshWindow(shop) ?? (await lookAt(shop, isInTime ? now : undefined))
    if (window === 'away') {
      shelf.awayUntil = shop.now().getTime() + AWAY_MS
      c.set('outcome', 'window.without_database')
      return answer(c, kept!)
    }
    if (isInTime && window.version === kept.version) {
      // The last asked for is the last to go.
      shelf.pages.delete(key)
      shelf.pages.set(key, kept)
      return answer(c, kept)
    }

    await next()
    const page = c.res.status === 200 ? await pageOf(c) : undefined
    if (!page) return
    const until = window.changesAt?.getTime() ?? Infinity
    keep(shelf, key, { ...page, version: window.version, until })
    c.res = answer(c, page)
  })

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

/** The router's path: without a last slash, and without the language, which stands before it. */
function keyOf(c: Context<ShopEnv>, by: string[]): string {
  const asked = by.map((name) => [name, c.req.query(name) ?? ''])
  return `${c.var.language} ${c.req.path}?${JSON.stringify(asked)}`
}

async function pageOf(c: Context<ShopEnv>): Promise<Page> {
  const text = c.var.drawn ?? (await c.res.text())
  const parts = text.split(NONCE_HOLE).map(utf8)
  return {
    parts,
    type: c.res.headers.get('content-type') ?? '',
    tag: `W/"${(await sha256Hex(text)).slice(0, 24)}"`,
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
  }
}

function keep(shelf: Shelf, key: string, page: Kept): void {
  const forget = (old: string) => {
    shelf.bytes -= shelf.pages.get(old)?.bytes ?? 0
    shelf.pages.delete(old)
  }
  forget(key)
  shelf.pages.set(key, page)
  shelf.bytes += page.bytes
  for (const old of shelf.pages.keys()) {
    if (shelf.pages.size <= MOST_PAGES && shelf.bytes <= MOST_BYTES) return
    forget(old)
  }
}

function answer(c: Context<ShopEnv>, page: Page): Response {
  const headers = { etag: page.tag, 'cache-control': SHARED }
  return hasTag(c.req.header('if-none-match'), page.tag)
    ? new Response(null, { status: 304, headers })
    : withNonce(page, headers)
}

/** As bytes: the same text need not be encoded for each visitor. */
function withNonce({ parts, type, bytes }: Page, headers: Record<string, string> = {}): Response {
  const nonce = utf8(randomToken())
  const body = new Uint8Array(bytes + (parts.length - 1) * nonce.length)
  let place = 0
  const add = (part: Uint8Array) => {
    body.set(part, place)
    place += part.length
  }
  parts.forEach((part, number) => {
    if (number > 0) add(nonce)
    add(part)
  })
  return new Response(body, {
    headers: { ...headers, 'content-type': type, 'content-length': String(body.length) },
  })
}
