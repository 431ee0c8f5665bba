import type { Config } from '../config/config.ts'
import { readSettings, saveSection } from './settings.ts'
import type { StoredSettings } from './settings.ts'
import { readStorefront } from './books/storefront.ts'
import type { StorefrontState } from './books/storefront.ts'
import { defaultSettings } from '../config/settings.ts'
import type { Section, Settings } from '../config/settings.ts'
import type { Sql } from './database.ts'

/**
 * The settings as last read, so that pages which show the shop's name cost no query of their own.
 * Nothing that must be right lives in memory; this is only a cache of the database's row:
 * it is at most two seconds old by the shop's clock, dropped at once by the process that saves,
 * and nothing is decided by it that a second time could not mend. It holds values, never a promise:
 * on Workers a request must not wait for another one's connection. The config is the key, so that
 * two shops in one process, as in tests, share nothing.
 */
const MAX_AGE_MS = 2_000

type Kept = {
  settings?: StoredSettings | undefined
  readAt: number
  /** The storefront, and when it was last read: see `currentStorefront`. */
  storefront?: (StorefrontState & { seenAt: number }) | undefined
}
/** The part of the Shop that this needs; `data/` knows no more of it. */
type Clock = { config: Config; now(): Date }
type Reader = Clock & { sql: Sql }

const cache = new WeakMap<Config, Kept>()

export async function currentSettings({ config, sql, now }: Reader): Promise<StoredSettings> {
  const kept = cache.get(config)
  const time = now().getTime()
  const age = kept ? time - kept.readAt : Infinity
  if (kept?.settings && age >= 0 && age <= MAX_AGE_MS) return kept.settings
  const settings = await readSettings(sql)
  // Another entry now: somebody saved during this read, which may be the older one.
  if (cache.get(config) === kept) cache.set(config, { ...kept, settings, readAt: time })
  return settings
}

/** The last settings read, however old, without a query: for every 5xx page, since the database may be down. */
export const lastKnownSettings = ({ config }: Pick<Clock, 'config'>): Settings =>
  cache.get(config)?.settings ?? defaultSettings

/** Saves a section that is still the one that was seen (see `saveSection`). */
export async function saveSettings<S extends Section>(
  { config, sql, now }: Reader,
  section: S,
  value: Settings[S],
  seen: { versionSeen: number; personId: number },
): Promise<boolean> {
  const saved = await saveSection(sql, section, value, seen, now())
  cache.set(config, { settings: cache.get(config)?.settings, readAt: -Infinity })
  return saved
}

/**
 * The storefront's version, which changes with whatever its pages show, as it was at most `storefrontGapMs`
 * ago; the settings that pages need come with it, so that they cost no question of their own.
 * Several visits may ask at once; none waits for another's connection.
 */
export async function currentStorefront(
  shop: Reader & { storefrontGapMs: number },
): Promise<StorefrontState> {
  const fresh = freshStorefront(shop)
  if (fresh) return fresh
  const { config, sql, now } = shop
  const kept = cache.get(config)
  const time = now().getTime()
  const known = kept?.storefront && kept.settings ? kept.storefront.version : 0
  const { state, settings = kept?.settings } = await readStorefront(sql, known, now())
  if (cache.get(config) === kept)
    cache.set(config, { settings, readAt: time, storefront: { ...state, seenAt: time } })
  return state
}

/** The storefront as it was looked at less than `storefrontGapMs` ago; undefined: it is time to look. */
export function freshStorefront({
  config,
  now,
  storefrontGapMs,
}: Clock & { storefrontGapMs: number }): StorefrontState | undefined {
  const storefront = cache.get(config)?.storefront
  const age = storefront ? now().getTime() - storefront.seenAt : Infinity
  return age >= 0 && age < storefrontGapMs ? storefront : undefined
}

/** When the storefront was last read, for a page that is shown while the database is down. */
export const storefrontSeenAt = ({ config }: Pick<Clock, 'config'>): number =>
  cache.get(config)?.storefront?.seenAt ?? -Infinity

/** Somebody just changed something, in this process: the next visit reads again. */
export function lookAtStorefrontAgain({ config }: Pick<Clock, 'config'>): void {
  const kept = cache.get(config)
  if (kept?.storefront)
    cache.set(config, { ...kept, storefront: { ...kept.storefront, seenAt: -Infinity } })
}
