import { DatabaseUnavailable } from './database.ts'
import type { Sql } from './database.ts'
import { meterOf } from './metered.ts'

/** Of one statement: with more, the first would wait for the last. */
const MOST = 16
/** How long new calls wait for a statement that is under way; after that they run beside it. */
const PATIENCE_MS = 50

type Key = string | number

type Work<In, Out> = {
  /** What two calls may not share in one statement: the row that both would change. */
  keyOf: (one: In) => Key
  /**
   * One statement for all of them, that waits for nobody's lock, or takes those that it waits for in the
   * order of `alone`. Those that it does not name were left as they are, and are done alone.
   */
  together: (sql: Sql, many: readonly In[]) => Promise<Map<Key, Out>>
  /** The same for one call, which waits for its rows. */
  alone: (sql: Sql, one: In) => Promise<Out>
}

type Call<In, Out> = {
  one: In
  done: (out: Out | Promise<Out>) => void
  failed: (why: unknown) => void
}
type Batch<In, Out> = Map<Key, Call<In, Out>>
type Line<In, Out> = {
  waiting: Batch<In, Out>
  /** The keys of everything under way. */
  busy: Set<Key>
  /** The batch that waiting calls will join. */
  ahead: Batch<In, Out> | undefined
}

/**
 * Work that is done for many callers by one statement: what is asked while another is under way is
 * gathered, and goes together. A call that comes alone goes at once. Each has its own verdict: whose
 * row is locked, and all of a statement that fails, are done one by one, so nobody fails or waits for
 * another's sake. So is a call whose key another has that is under way or waits; no order is promised.
 *
 * Callers are gathered by their `sql`: in a Worker each request has its own, so each goes alone, since
 * there a request may not wait for another's connection.
 */
export function gathered<In, Out>(work: Work<In, Out>): (sql: Sql, one: In) => Promise<Out> {
  const lines = new WeakMap<Sql, Line<In, Out>>()
  return (asking, one) => {
    const { root: sql, counted } = meterOf(asking)
    let line = lines.get(sql)
    if (!line) lines.set(sql, (line = { waiting: new Map(), busy: new Set(), ahead: undefined }))
    const { waiting, busy } = line
    const key = work.keyOf(one)
    if (busy.has(key) || waiting.has(key)) return work.alone(asking, one)
    const promise = new Promise<Out>((done, failed) => waiting.set(key, { one, done, failed }))
    next(sql, line, work)
    return counted(promise)
  }
}

function next<In, Out>(sql: Sql, line: Line<In, Out>, work: Work<In, Out>): void {
  const { waiting, busy } = line
  if (line.ahead || waiting.size === 0) return
  const batch: Batch<In, Out> = new Map([...waiting].slice(0, MOST))
  for (const key of batch.keys()) {
    waiting.delete(key)
    busy.add(key)
  }
  line.ahead = batch
  const letGo = () => {
    if (line.ahead === batch) line.ahead = undefined
    next(sql, line, work)
  }
  const clock = setTimeout(letGo, PATIENCE_MS)
  void send(sql, batch, work).then(() => {
    clearTimeout(clock)
    for (const key of batch.keys()) busy.delete(key)
    letGo()
  })
}

/** Never rejects: each call hears for itself. Who is done alone is not waited for. */
async function send<In, Out>(sql: Sql, batch: Batch<In, Out>, work: Work<In, Out>) {
  const calls = [...batch.values()]
  let outs: Map<Key, Out>
  try {
    outs = await work.together(
      sql,
      calls.map((call) => call.one),
    )
  } catch (fault) {
    // Whether it was committed is not known: whoever asks again finds what there is.
    if (fault instanceof DatabaseUnavailable || calls.length === 1) {
      for (const call of calls) call.failed(fault)
      return
    }
    outs = new Map()
  }
  for (const [key, call] of batch)
    if (outs.has(key)) call.done(outs.get(key)!)
    else call.done(work.alone(sql, call.one))
}

/**
 * Rows that come as one parameter, for `from`. PostgreSQL expects a hundred rows of a function, and a
 * tenth of them behind a limit that it does not know, so one of these: it looks each up by an index. A
 * plan that joins whole tables, made while they were small, would be kept while they grow (a notice
 * then took twice the time after 4000 orders).
 */
export const given = (sql: Sql, rows: readonly object[], as: ReturnType<Sql>) => sql`
  (
    select *
    from (
      select * from jsonb_to_recordset(${sql.json(rows as never)}) ${as} limit ${rows.length}
    ) few
    limit ${rows.length}
  ) given`
