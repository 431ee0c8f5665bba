import type { Database } from '../data/database.ts'

/** What a runtime can see of the world beside `fetch`. The doctor's, and nobody else's. */
export type Probes = {
  /** Such as `Node 22.21.0`. */
  runtime: string
  /** The TXT records of a name, which may be none. Throws when no resolver answers. */
  txt(name: string): Promise<string[]>
  /** Undefined on Workers, which shows no certificate. Throws when there is no TLS. */
  certificate?: (host: string, port: number) => Promise<Certificate>
  /** A database of the doctor's own, with another deadline. Undefined: embedded, which has one user. */
  openDatabase?: ((deadlineMs: number) => Database) | undefined
}

export type Certificate = {
  expiresAt: Date
  /** Why browsers would refuse it. */
  fault?: string | undefined
}
