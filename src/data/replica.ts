import type { Config } from '../config/config.ts'
import type { Log } from '../lib/log.ts'
import { openDatabase } from './database.ts'
import type { Pool, Sql } from './database.ts'

/**
 * A replica for what all visitors see alike (`DATABASE_READ_URL`). It may be late by seconds: a page drawn
 * from it and kept under a version that the primary told would stay old until the next change. So all
 * that a page is made of comes from one server: `config` is what the settings and pages that are kept hang
 * on (`settings-cache.ts`, `http/page-cache`), and each view has its own.
 */
type View = { sql: Sql; config: Config }

export type Replica = {
  /** Undefined for some seconds after it failed: ask the primary. */
  view(): View | undefined
  /** The last one that answered and is lost: its pages may be all there is while the primary is away, too. */
  before(): View | undefined
  /** The replica alone, for the doctor: nobody answers in its place. */
  sql: Sql
  close(): Promise<void>
}

/** Shorter than the primary's: there is another server to ask. */
const DEADLINE_MS = 1_500
const AWAY_MS = 10_000

type Options = { connect: () => Pool; primary: Sql; config: Config; now: () => Date; log: Log }

export function openReplica({ connect, primary, config, now, log }: Options): Replica {
  const database = openDatabase(connect, DEADLINE_MS)
  let awayUntil = 0
  let before: View | undefined
  let view = newView()

  /**
   * What the replica does not answer, for whichever reason (it is away, it undoes its own changes, it lacks
   * a column that an upgrade has just made), the primary does; from then on, all that this view asks. A
   * page under the replica's version may be newer than that, which is harmless; never the other way
   * round. While neither answers, the view stays, with the pages that outlive the database.
   */
  function newView(): View & { isLost(): boolean } {
    const own = { ...config }
    let isLost = false
    let hasAnswered = false
    const tag = (first: TemplateStringsArray, ...rest: never[]) => {
      if (isLost || !Object.hasOwn(first, 'raw')) return primary(first, ...rest)
      const query = database.sql(first, ...rest)
      const run = query.then.bind(query)
      const orPrimary = async (error: unknown) => {
        const rows = await primary(first, ...rest)
        if (!isLost) log('replica.away', { code: String((error as { code?: unknown }).code) })
        if (hasAnswered) before = { sql, config: own }
        isLost = true
        awayUntil = now().getTime() + AWAY_MS
        return rows
      }
      const told = <T>(rows: T) => ((hasAnswered = true), rows)
      query.then = (onAnswer, onFault) => run().then(told, orPrimary).then(onAnswer, onFault)
      return query
    }
    const sql = Object.assign(tag, { json: primary.json }) as unknown as Sql
    return { sql, config: own, isLost: () => isLost }
  }

  return {
    view() {
      if (!view.isLost()) return view
      if (now().getTime() < awayUntil) return undefined
      view = newView()
      return view
    },
    before: () => before,
    sql: database.sql,
    close: () => database.close(),
  }
}
