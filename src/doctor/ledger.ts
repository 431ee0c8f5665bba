import { countLedger, findCutLedgers, readLedger } from '../data/orders/ledger.ts'
import type { LedgerLine } from '../data/orders/ledger.ts'
import type { Sql } from '../data/database.ts'
import { utf8 } from '../lib/encoding.ts'
import { sha256Stream } from '../lib/sha256.ts'

const LINES_AT_ONCE = 2_000
const MAX_FAULTS = 100

export type LedgerReport = {
  lines: number
  orders: number
  /** By order code; the first hundred. */
  faults: { code: string; what: string }[]
}

/**
 * Reads the ledger from its first line to its last and computes every hash again, without the
 * database's own functions: somebody who can change a line there could change these, too. A person
 * who rewrites a chain to its end, with hashes of his own, is found by a copy of the last hashes kept
 * elsewhere (a backup), and by nothing in the same database.
 * @param tell is called after each batch with the lines read and the lines there are
 */
export async function verifyLedger(
  sql: Sql,
  tell: (read: number, of: number) => void = () => {},
): Promise<LedgerReport> {
  const report: LedgerReport = { lines: 0, orders: 0, faults: [] }
  const total = await countLedger(sql)
  let before: Pick<LedgerLine, 'orderId' | 'place' | 'hash'> = { orderId: 0, place: 0, hash: '' }
  for (;;) {
    const lines = await readLedger(sql, before, LINES_AT_ONCE)
    for (const line of lines) {
      if (line.orderId !== before.orderId) {
        report.orders++
        before = { orderId: line.orderId, place: 0, hash: '' }
      }
      const what = faultOf(line, before)
      if (what && report.faults.length < MAX_FAULTS) report.faults.push({ code: line.code, what })
      before = line
    }
    report.lines += lines.length
    tell(report.lines, Math.max(total, report.lines))
    if (lines.length < LINES_AT_ONCE) break
  }
  for (const { code } of await findCutLedgers(sql, MAX_FAULTS - report.faults.length))
    report.faults.push({ code, what: 'its first line, or the one that says paid, is gone' })
  return report
}

function faultOf(line: LedgerLine, before: { place: number; hash: string }): string | undefined {
  if (line.place !== before.place + 1)
    return `line ${before.place + 1} is gone: after line ${before.place} comes line ${line.place}`
  if (hashOf(line, before.hash) !== line.hash)
    return `line ${line.place} (${line.kind}) is not what was written`
  return undefined
}

function hashOf(line: LedgerLine, before: string): string {
  const { orderId, place, at, kind, detail, personId } = line
  const hash = sha256Stream()
  hash.add(utf8([before, orderId, place, at, kind, detail, personId].join('\n')))
  return hash.hex()
}
