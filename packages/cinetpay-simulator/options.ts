import { type ApiFaults, noApiFaults } from './api-faults.ts'
import type { Ledger } from './ledger.ts'

export type V1Keys = { apiKey: string; apiPassword: string }

/** Compresses a response body; the simulator has no compressor that works on both runtimes. */
export type Pack = (encoding: string, body: Uint8Array) => Uint8Array

export type SimulatorOptions = {
  ledger: Ledger
  /** The API key that it accepts. */
  apiKey: string
  siteId: string
  secret: string
  /** The keys of the newer API; without them that API is not served. */
  v1?: V1Keys | null
  /** Where it is reached, with any path prefix and no trailing slash. */
  url: string
  /** How it calls the shop's notify address: the ping, then the notice. */
  fetch: (request: Request) => Promise<Response>
  now: () => Date
  /** Work that may outlive the answer (a Worker's waitUntil). */
  background?: (work: Promise<unknown>) => void
  /** How it waits, for a slow check and a late notice. */
  pause?: (milliseconds: number) => Promise<void>
  /** Faults of the newer API that are on from the start. */
  apiFaults?: Partial<ApiFaults>
  /**
   * Others use it too, as in a public demonstration: nobody may choose a fault of the API, which
   * would affect everybody's payments.
   */
  isShared?: boolean
  /** The header that names the caller's address; empty: the connection does, where there is one. */
  addressHeader?: string
  pack?: Pack | null
}

/** With all defaults filled in. `apiFaults` is the current state, changed by a POST to `/faults`. */
export type Options = Required<SimulatorOptions> & { apiFaults: ApiFaults }

/** Fills in the defaults; refuses an empty key, which would sign anything. */
export function complete(options: SimulatorOptions): Options {
  const { apiKey, siteId, secret, v1 } = options
  if (!apiKey || !siteId || !secret) throw new Error('The simulator needs its three keys.')
  if (v1 && (!v1.apiKey || !v1.apiPassword)) throw new Error('The simulator needs both v1 keys.')
  return {
    ...options,
    v1: v1 ?? null,
    background: options.background ?? ((work) => void work.catch(() => undefined)),
    pause: options.pause ?? ((duration) => new Promise((done) => setTimeout(done, duration))),
    apiFaults: { ...noApiFaults(), ...options.apiFaults },
    isShared: options.isShared ?? false,
    addressHeader: options.addressHeader ?? '',
    pack: options.pack ?? null,
  }
}
