import { DatabaseUnavailable } from '../../data/database.ts'
import { readLogPlace, readReplicaFacts } from '../../data/server.ts'
import type { Shop } from '../../contracts/shop.ts'
import { advice, well } from '../finding.ts'
import type { Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'

/** Readers notice a page that is staler than this. */
const LATE_MS = 5_000
const LOOK_EVERY_MS = 200

/**
 * How late the replica is: how long it takes to show what the primary had written when it was asked. The
 * age of its newest change would not tell: where nothing is sold it is hours old, and nothing is late.
 */
export async function replica(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { sql } = shop
  const reading = shop.replica?.sql
  if (!reading) return []
  const { name, ...says } = words.replica
  // While the primary is away there is nothing to compare with: the line of the database says so.
  const place = await readLogPlace(sql).catch(() => undefined)
  if (place === undefined) return []
  const began = performance.now()
  try {
    for (;;) {
      const { follows, hasReached, shownS } = await readReplicaFacts(reading, place)
      const ms = performance.now() - began
      if (!follows) return [advice(name, says.writes)]
      if (hasReached === null) return [advice(name, says.untold)]
      if (hasReached) return [well(name, says.well(Math.round(ms / 1000)))]
      if (ms > LATE_MS) return [advice(name, says.late(LATE_MS / 1000, shownS))]
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS))
    }
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error
    return [advice(name, says.away(error.code))]
  }
}
