import postgres from 'postgres'
import { reasonAway, wasNotDone } from '../lib/database-away.ts'
import { forDriver } from '../lib/database-url.ts'

/**
 * The database as the rooms see it: `sql` is the `postgres` library's tag, with a deadline on
 * every query. The driver (3.4.9) can leave a query waiting for ever after a reset connection or
 * a server that accepts and closes; past the deadline its whole pool is thrown away and the next
 * query gets a new one. There is no `begin` here: a change of state is one statement, because a
 * backend that dies inside the driver's transactions can end the process, or commit into another.
 * A statement that the server says it has undone is sent once more, within the same deadline; one
 * whose outcome is unknown, never.
 */
export type Sql = postgres.ISql<{ bigint: number }>

export type Database = { sql: Sql; close(): Promise<void> }

/** The database does not answer or is unreachable: try again later. Visitors get 503. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
  readonly code: string
  constructor(code: string) {
    super(`The database is unavailable (${code})`)
    this.code = code
  }
}

/** Set on the driver's queries; its types do not show it. */
type HasOptions = { options: { prepare?: boolean } }
const UNNAMED = { prepare: false }

const DEADLINE_MS = 5_000
const CONNECT_TIMEOUT_S = 4

/** The driver's options on both runtimes. */
export const driverOptions = {
  max: 5,
  connect_timeout: CONNECT_TIMEOUT_S,
  // The types of arrays, which are not used: a round trip, and an unhandled rejection when it is cut.
  fetch_types: false,
  onnotice: () => {},
  connection: { application_name: 'kiosque' },
  // Columns only: the plain `camel` transform would rewrite the keys inside jsonb, too.
  transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
  // Row numbers and sizes stay far below 2^53.
  types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
} satisfies postgres.Options<{ bigint: postgres.PostgresType }>

export type Pool = postgres.Sql<{ bigint: number }>

export function connectTo(url: string, options: postgres.Options<{}> = {}): Pool {
  return postgres(forDriver(url), { ...driverOptions, ...options }) as Pool
}

/** The pause before a statement that lost a deadlock or a serialization conflict is sent again. */
const AFTER_UNDONE_MS = 50

export function openDatabase(connect: () => Pool, deadlineMs = DEADLINE_MS): Database {
  let pool = connect()
  const replace = (broken: Pool, graceMs = 0) => {
    if (pool !== broken) return
    pool = connect()
    broken.end({ timeout: graceMs / 1000 }).catch(() => {})
  }

  const tag = (first: TemplateStringsArray, ...rest: never[]) => {
    let used = pool
    const query = used(first, ...rest)
    if (!Object.hasOwn(first, 'raw')) return query
    // Only a query that is awaited runs; a fragment inside another one is left alone.
    const run = query.then.bind(query)
    const orAgain = async (error: unknown) => {
      const why = wasNotDone(error)
      if (!why) throw error
      // Queries of others on those connections may still be answered.
      if (why === 'wrong server') replace(used, deadlineMs)
      // At once, it would run into the winner, which still holds its last lock.
      if (why === 'undone') await new Promise((done) => setTimeout(done, AFTER_UNDONE_MS))
      used = pool
      const again = used(first, ...rest)
      if (why === 'old plan') Object.assign((again as unknown as HasOptions).options, UNNAMED)
      return again
    }
    query.then = (onAnswer, onFault) =>
      withDeadline(run().catch(orAgain), deadlineMs, () => replace(used)).then(onAnswer, onFault)
    return query
  }
  const sql = Object.assign(tag, { json: (value: never) => pool.json(value) }) as unknown as Sql
  return { sql, close: () => pool.end({ timeout: 2 }) }
}

/** Its faults are named alike, too. */
export function withDeadline<T>(answer: Promise<T>, deadlineMs: number, onDeadline: () => void) {
  return new Promise<T>((resolve, reject) => {
    const clock = setTimeout(() => {
      onDeadline()
      reject(new DatabaseUnavailable('DEADLINE'))
    }, deadlineMs)
    answer
      .then(
        (rows) => resolve(withoutHoles(rows)),
        (error: unknown) => reject(asUnavailable(error)),
      )
      .finally(() => clearTimeout(clock))
  })
}

/**
 * postgres 3.4.9 does not reset its row index when a result fails midway, so the connection's next result
 * starts with holes, and its first row is undefined: a genuine notice would look forged.
 * porsager/postgres #1119 and #1181, with fixes pending in #1120 and #1190;
 * `test/data/database.long.test.ts` tells when the driver has one.
 */
function withoutHoles<T>(rows: T): T {
  if (!Array.isArray(rows)) return rows
  let empty = 0
  while (empty < rows.length && !(empty in rows)) empty++
  if (empty > 0) rows.splice(0, empty)
  return rows
}

/** For work on a pool of its own, without a deadline: gives its connection faults the same names. */
export function orUnavailable<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw asUnavailable(error)
  })
}

function asUnavailable(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string') return error
  return reasonAway(code) ? new DatabaseUnavailable(code) : error
}
