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
 * Everything that a request can reach. Node opens one Shop for the life of the process, a Worker
 * one per request, a test its own: `app.request(path, init, shop)`.
 */
export type Shop = {
  config: Config
  sql: Sql
  /** Where pages for everybody are read from (`DATABASE_READ_URL`), on Node. */
  replica?: Replica | undefined
  /** Of a shop that reads from the replica: the one that writes. */
  primary?: Shop | undefined
  files: Storage
  /** Examines an uploaded file before it is published, where the runtime has a way of its own. */
  inspect?: Inspect | undefined
  /** Where the settings say that the reverse proxy sends files by itself. */
  xSendfile?: XSendfile | undefined
  /** Where the reverse proxy buffers answers on disk for slow readers. */
  held?: Held | undefined
  /** Compresses a page that many will fetch, on Node; on Workers the edge does it. */
  pack?: ((page: Uint8Array, packing: Packing) => Promise<Uint8Array<ArrayBuffer>>) | undefined
  /** On Node, where METRICS_SECRET is set. */
  metrics?: ProcessMetrics | undefined
  /** On Node, where OTEL_EXPORTER_OTLP_ENDPOINT is set. */
  trace?: ((answered: Answered) => void) | undefined
  provider: Provider
  /** Undefined: no mail leaves, and messages wait for some days. */
  mail: Mail | undefined
  /** Calls somebody else's server; see `lib/outbound.ts`. */
  fetch: Fetch
  /** The CinetPay simulator: present in a demonstration only. */
  simulator?: ((request: Request) => Promise<Response>) | undefined
  /** The versions on the disk, in the cPanel package. */
  releases?: Releases | undefined
  /** For the doctor, where the runtime provides them. */
  probes?: Probes | undefined
  /** The visitor's address, as far as the reverse proxy is trusted; used for rate limits only. */
  visitorAddress: string
  /** How this request came in, on Node; for the doctor. */
  arrival?: Arrival | undefined
  /** How many payments one pass may ask about: a Worker may make some 50 calls a request. */
  checksAPass: number
  /** Under load, one visit in this time looks for due work; the others spare the database. Infinity: none does. */
  visitGapMs: number
  /** How long the storefront is assumed unchanged before the database is asked again. */
  storefrontGapMs: number
  now(): Date
  log: Log
  /** Lets work outlive the answer: `waitUntil` on Workers, waited for at shutdown on Node. */
  background(work: Promise<unknown>): void
}

/** How long one answer took, and why; `route` is an address's pattern, never the address. */
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

/** What a request spent waiting. */
export type Spent = Asked & { providerMs: number }

/** What a process measures about itself. */
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
    /** The form's fields, on routes with `withForm`. */
    fields: Fields
    /** The event for this request's log line: noun.verb. */
    outcome?: `${string}.${string}`
    /**
     * The page may be cached: the state of the storefront that it shows. 'endless': there are too
     * many such pages to keep any.
     */
    cacheable?: StorefrontState | 'endless'
    /** The page as text, so that it need not be read back from its response. */
    drawn?: string
  }
}
