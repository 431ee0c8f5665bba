import type { Database } from '../data/database.ts'

/** What a runtime can see of the world besides `fetch`. For the doctor only. */
export type Probes = {
  /** Such as `Node 22.21.0`. */
  runtime: string
  /** The TXT records of a name, which may be none. Throws when no resolver answers. */
  txt(name: string): Promise<string[]>
  /** Undefined on Workers, which cannot show certificates. Throws when there is no TLS. */
  certificate?: (host: string, port: number) => Promise<Certificate>
  /**
   * A separate database connection with its own deadline. Undefined for the embedded database,
   * which has one user.
   */
  openDatabase?: ((deadlineMs: number) => Database) | undefined
}

export type Certificate = {
  expiresAt: Date
  /** Why browsers would refuse it. */
  fault?: string | undefined
}
