import type postgres from 'postgres'
import { DatabaseUnavailable, orUnavailable } from '../database.ts'

/** As long as a shop with a million orders takes to be read, or written, once. */
const PATIENCE_MS = 15 * 60_000
const ROWS_AT_ONCE = 500

/**
 * One statement that may take minutes, such as reading the whole shop at one moment. It is read as a
 * cursor, which the deadline of `openDatabase` does not watch, and has a longer one here. If the
 * caller is stopped before, the statement is still carried out, or not at all: the next process looks
 * at the rows.
 */
export function patiently<T extends readonly postgres.MaybeRow[]>(
  query: postgres.PendingQuery<T>,
): Promise<T[number][]> {
  const read = async () => {
    const rows: T[number][] = []
    for await (const some of query.cursor(ROWS_AT_ONCE)) rows.push(...some)
    return rows
  }
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => reject(new DatabaseUnavailable('DEADLINE')), PATIENCE_MS)
    orUnavailable(read())
      .then(resolve, reject)
      .finally(() => clearTimeout(clock))
  })
}
