import { isTooOld, LEAST_POSTGRES } from '../../data/install.ts'
import { answers, readServerFacts, sleepInServer } from '../../data/server.ts'
import type { ServerFacts } from '../../data/server.ts'
import { DatabaseUnavailable } from '../../data/database.ts'
import type { Sql } from '../../data/database.ts'
import type { Shop } from '../../contracts/shop.ts'
import { advice, well, wrong } from '../finding.ts'
import type { Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'

/** A page makes several queries, one after the other. */
const SLOW_MS = 100
/** A single slow answer may be the weather: the fastest of these counts. */
const PINGS = 5
/** Links and leases are measured in minutes. */
const MAX_CLOCK_GAP_MS = 60_000

export async function database(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { sql, probes } = shop
  const { name, ...says } = words.database
  try {
    // The first query may have to open a connection; the others show what a page pays.
    const facts = await readServerFacts(sql)
    const askedAt = shop.now()
    const { clock, ms: first } = await timed(sql)
    let ms = first
    for (let tries = 1; tries < PINGS && ms > SLOW_MS; tries++)
      ms = Math.min(ms, (await timed(sql)).ms)
    const isEmbedded = probes !== undefined && probes.openDatabase === undefined
    return [
      isEmbedded ? embedded(shop, facts, words) : server(facts, ms, words),
      ...(isEmbedded ? [] : [durability(facts, words)]),
      clockOf('database', askedAt, clock, words),
    ]
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error
    return [wrong(name, says.away(error.code))]
  }
}

async function timed(sql: Sql) {
  const began = performance.now()
  const { clock } = await readServerFacts(sql)
  return { clock, ms: Math.round(performance.now() - began) }
}

function server({ version, versionNumber }: ServerFacts, ms: number, words: DoctorWords): Finding {
  const { name, ...says } = words.database
  if (isTooOld(versionNumber)) return wrong(name, says.old(version, LEAST_POSTGRES))
  return ms > SLOW_MS ? advice(name, says.slow(version, ms)) : well(name, says.well(version, ms))
}

function embedded({ provider }: Shop, { version }: ServerFacts, words: DoctorWords): Finding {
  const { name, ...says } = words.database
  return provider.isPlayMoney
    ? well(name, says.embedded(version))
    : wrong(name, says.embeddedSelling)
}

function durability(facts: ServerFacts, words: DoctorWords): Finding {
  const { name, ...says } = words.durability
  const off = (
    [
      ['fsync', facts.fsync],
      ['synchronous_commit', facts.synchronousCommit],
      ['full_page_writes', facts.fullPageWrites],
    ] as const
  ).filter(([, value]) => value === 'off')
  return off.length > 0
    ? wrong(name, says.wrong(off.map((one) => one.join(' = ')).join(', ')))
    : well(name, says.well)
}

export function clockOf(
  what: 'database' | 'outside',
  ours: Date,
  theirs: Date,
  words: DoctorWords,
): Finding {
  const { name, ...says } = words.clock
  const gapMs = Math.abs(ours.getTime() - theirs.getTime())
  return gapMs > MAX_CLOCK_GAP_MS
    ? wrong(name, says.off(what, Math.round(gapMs / 1000)))
    : well(name, says.well)
}

async function comesBack(sql: Sql): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) if (await answers(sql).catch(() => false)) return true
  return false
}

const DEADLINE_MS = 1_000
const SLEEP_S = 3
/** The round trip includes opening a connection. */
const TRIES = 3

/**
 * A query that exceeds its deadline, on connections of the doctor's own: the shop's pool would be
 * thrown away with it.
 */
export async function deadline(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { name, ...says } = words.deadline
  const own = shop.probes?.openDatabase?.(DEADLINE_MS)
  if (!own) return []
  try {
    // Opens the connection first, so that this does not count in the trial.
    await answers(own.sql).catch(() => {})
    const ending = await sleepInServer(own.sql, SLEEP_S).then(
      () => undefined,
      (error: unknown) => error,
    )
    // While the database is down there is nothing to try: its own line says so.
    if (ending instanceof DatabaseUnavailable && ending.code !== 'DEADLINE') return []
    const isGivenUp = ending instanceof DatabaseUnavailable
    const goesOn = isGivenUp && (await comesBack(own.sql))
    return [goesOn ? well(name, says.well) : wrong(name, says.wrong)]
  } finally {
    await own.close()
  }
}
