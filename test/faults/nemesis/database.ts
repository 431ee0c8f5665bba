import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from '../../../src/data/database.ts'
import { DatabaseUnavailable } from '../../../src/data/database.ts'
import { childrenOf, signalTo } from '../../support/cluster.ts'
import type { Cluster } from '../../support/cluster.ts'
import type { Chance } from '../chance.ts'
import { again } from './tally.ts'
import type { Tally } from './tally.ts'

/** Of five turns; in the others the server crashes. */
const FROZEN_TURNS = new Set([1, 3])

type Options = { cluster: Cluster; sql: Sql; luck: Chance; tally: Tally }

/** Kills backends, crashes the server and freezes it, until told to stop; then it runs. */
export async function troubleDatabase(signal: AbortSignal, { cluster, sql, luck, tally }: Options) {
  const backends = again(
    signal,
    () => 50 + luck.below(450),
    async () => {
      const killed = await unlessAway(sql`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where application_name = 'kiosque'
      order by random()
      limit 1`)
      if (killed && killed.length > 0) tally.count('pg_terminate_backend')
    },
  )
  let turn = 0
  const server = again(
    signal,
    () => 5_000 + luck.below(5_000),
    async () => {
      const isFrozen = FROZEN_TURNS.has(turn++ % 5)
      if (isFrozen) {
        await freeze(cluster.pid, 2_000 + luck.below(6_000))
        tally.count('PostgreSQL frozen')
      } else {
        await cluster.restart('immediate')
        tally.count('restart of PostgreSQL, immediate')
      }
    },
  )
  await Promise.all([backends, server])
}

/** The answer, or undefined while the database is away. */
export async function unlessAway<T>(question: PromiseLike<T>): Promise<T | undefined> {
  try {
    return await question
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return undefined
    throw error
  }
}

/** SIGSTOP for the postmaster, so that it makes no new backend, then for every backend. */
async function freeze(postmaster: number, forMs: number) {
  signalTo([postmaster], 'SIGSTOP')
  const all = [postmaster, ...childrenOf(postmaster)]
  // Goes on although this process may be killed before it can let them go.
  const script = `sleep ${Math.ceil(forMs / 1000) + 1}; kill -CONT ${all.join(' ')}`
  spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' }).unref()
  try {
    signalTo(all, 'SIGSTOP')
    await pause(forMs)
  } finally {
    signalTo(all.toReversed(), 'SIGCONT')
  }
}
