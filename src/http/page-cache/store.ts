import type { Config } from '../../config/config.ts'
import type { Packing } from '../../lib/content-encoding.ts'
import type { Shop } from '../../contracts/shop.ts'

/**
 * The page cache's memory. It is never the truth: each process has its own, and finds out by the
 * storefront's version (`currentStorefront`) when any of them changes a price.
 */
const MOST_PAGES = 400
const MOST_BYTES = 8_000_000

/** One form in which a page is sent. */
export type Shape = {
  bytes: Uint8Array<ArrayBuffer>
  /**
   * All of its headers, the request's own still empty: an answer copies them and fills that in. A header
   * that is added to the copy makes V8 draw a new map for each answer, among its old objects, and memory
   * under load a third more.
   */
  headers: Record<string, string>
}

export type CachedPage = {
  /** Uncompressed, as first sent. */
  plain: Shape
  tag: string
  /** The route's pattern, for the log. */
  route: string
  /** The version of the storefront that it shows. */
  version: number
  /** When the next book goes on sale by itself, in ms. */
  until: number
  /** On Node, where it is a text. */
  isPackable: boolean
  /** The same page, compressed once for all browsers that accept it. */
  packed: Partial<Record<Packing, Shape>>
  /** When it was last asked for, counted in visits: the one least lately asked for is the first to go. */
  turn: number
}

type Cache = {
  pages: Map<string, CachedPage>
  bytes: number
  turns: number
  /** Until then nobody waits for the database, which was just down. */
  awayUntil: number
}

const caches = new WeakMap<Config, Cache>()

export function cacheOf({ config }: Pick<Shop, 'config'>): Cache {
  const cache = caches.get(config) ?? { pages: new Map(), bytes: 0, turns: 0, awayUntil: 0 }
  caches.set(config, cache)
  return cache
}

export function keep(cache: Cache, key: string, page: Omit<CachedPage, 'turn'>): void {
  const forget = (old: string) => {
    cache.bytes -= cache.pages.get(old)?.plain.bytes.length ?? 0
    cache.pages.delete(old)
  }
  forget(key)
  cache.pages.set(key, { ...page, turn: ++cache.turns })
  cache.bytes += page.plain.bytes.length
  while (cache.pages.size > MOST_PAGES || cache.bytes > MOST_BYTES) forget(leastLately(cache))
}

const leastLately = ({ pages }: Cache) =>
  [...pages].reduce((least, next) => (next[1].turn < least[1].turn ? next : least))[0]

/** Only a number changes: a Map whose entries come and go at each visit is made anew all the time. */
export function touch(cache: Cache, page: CachedPage): void {
  page.turn = ++cache.turns
}
