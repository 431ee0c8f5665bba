import type { Sql } from './database.ts'

/** What one request asked of the database; concurrent queries each count in full. */
export type Asked = { queries: number; databaseMs: number }

type Meter = { root: Sql; counted: <T>(work: Promise<T>) => Promise<T> }
const meters = new WeakMap<Sql, Meter>()

/** The same database for one request, counting its queries. */
export function meteredSql(root: Sql, asked: Asked): Sql {
  const counted = <T>(work: Promise<T>) => {
    const started = performance.now()
    const note = () => void (asked.databaseMs += performance.now() - started)
    asked.queries++
    work.then(note, note)
    return work
  }
  const tag = (first: TemplateStringsArray, ...rest: never[]) => {
    const query = root(first, ...rest)
    if (!Object.hasOwn(first, 'raw')) return query
    // As in `database.ts`: only a query that is awaited runs.
    const run = query.then.bind(query)
    query.then = (onAnswer, onFault) => counted(run()).then(onAnswer, onFault)
    return query
  }
  const sql = Object.assign(tag, { json: (value: never) => root.json(value) }) as unknown as Sql
  meters.set(sql, { root, counted })
  return sql
}

/** The database underneath, for work shared by several requests. */
export const meterOf = (sql: Sql): Meter =>
  meters.get(sql) ?? { root: sql, counted: (work) => work }
