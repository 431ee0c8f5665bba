import type { Fields } from '../forms/read.ts'
import type { Config } from '../config/config.ts'
import type { Sql } from '../data/database.ts'
import type { Replica } from '../data/replica.ts'
import type { Asked } from '../data/metered.ts'
import type { StorefrontState } from '../data/books/storefront.ts'
import type { Probes } from './probes.ts'
import type { Log } from '../lib/log.ts'
import type { Fetch } from '../lib/outbound.ts'
import type { Mail } from './mail.ts'
import type { Held } from '../lib/back-pressure.ts'
import type { Packing } from '../lib/content-encoding.ts'
import type { Arrival } from '../lib/proxies.ts'
import type { Provider } from '../money/provider.ts'
import type { Releases } from './releases.ts'
import type { Inspect } from '../storage/inspect.ts'
import type { XSendfile } from '../storage/x-sendfile.ts'
import type { Storage } from '../storage/storage.ts'
import type { Language } from '../words/words.ts'

/**
 * All that a request can reach. Node opens one Shop for the life of the process, the Worker one
 * per request, a test its own: `app.request(path, init, shop)`.
 */
export type Shop = {
  config: Config
  sql: Sql
  /** Where pages for everybody are read from (`DATABASE_READ_URL`), on Node. */
  replica?: Replica | undefined
  /** Of a shop that reads from the replica: the one that writes. */
  primary?: Shop | undefined
  files: Storage
  /** Looks at a file that has arrived, before anybody may have it, where the runtime has a way of its own. */
  inspect?: Inspect | undefined
  /** Where the settings say that the reverse proxy sends files by itself. */
  xSendfile?: XSendfile | undefined
  /** Where the reverse proxy keeps answers on disk for readers who are slow. */
  held?: Held | undefined
  /** Makes a page small that many will fetch, on Node; on Workers the edge does it. */
  pack?: ((page: Uint8Array, packing: Packing) => Promise<Uint8Array<ArrayBuffer>>) | undefined
  /** On Node, where METRICS_SECRET is set. */
  metrics?: ProcessMetrics | undefined
  /** On Node, where OTEL_EXPORTER_OTLP_ENDPOINT is set. */
  trace?: ((answered: Answered) => void) | undefined
  provider: Provider
  /** Undefined: no mail leaves, and messages wait for some days. */
  mail: Mail | undefined
  /** Calls somebody else's server, as the runtime does it; see `lib/outbound.ts`. */
  fetch: Fetch
  /** CinetPay, played: present in a demonstration, and nowhere else. */
  simulator?: ((request: Request) => Promise<Response>) | undefined
  /** The versions on the disk, in the cPanel package. */
  releases?: Releases | undefined
  /** For the doctor, where the runtime lends them. */
  probes?: Probes | undefined
  /** The visitor's own address, as far as the reverse proxy can be believed; for throttling only. */
  visitorAddress: string
  /** How this request came in, on Node; for the doctor. */
  arrival?: Arrival | undefined
  /** How many payments one pass may ask about: a Worker may make some 50 calls a request. */
  checksAPass: number
  /** Under load, one visit in this time looks for due work; the others spare the database. Infinity: none does. */
  visitGapMs: number
  /** How long the storefront is believed unchanged, before the database is asked again. */
  storefrontGapMs: number
  now(): Date
  log: Log
  /** Lets work outlive the answer: `waitUntil` on Workers, waited for at shutdown on Node. */
  background(work: Promise<unknown>): void
}

/** What one answer took; `route` is the pattern of an address, never one. */
export type Answered = {
  requestId: string
  method: string
  route: string
  status: number
  ms: number
  /** The trace ids by which a proxy or a tracer knows this request, in hex. */
  trace?: { id: string; parent: string } | undefined
  spent?: Spent | undefined
}

/** What a request waited for. */
export type Spent = Asked & { providerMs: number }

/** What a process measures of itself. */
export type ProcessMetrics = {
  observe(answered: Answered): void
  /** In the text format of Prometheus. */
  text(): Promise<string>
}

/** Hono's two bags: `c.env` is the shop, `c.var` is what is known of this visit. */
export type ShopEnv = {
  Bindings: Shop
  Variables: {
    requestId: string
    language: Language
    /** What was sent, where `withForm` stands before. */
    fields: Fields
    /** What happened, for this request's one log line: noun.verb. */
    outcome?: `${string}.${string}`
    /** The page may be cached: the storefront that it shows, or one of too many to keep. */
    cacheable?: StorefrontState | 'endless'
    /** The page as text, so that it need not be read back out of its answer. */
    drawn?: string
  }
}
