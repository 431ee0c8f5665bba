import { connectTo } from '../../src/data/database.ts'
import { SUPERUSER, startCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'

export type Pair = {
  primary: Cluster
  standby: Cluster
  /** Of both servers, as a shop takes it: whichever of them writes. */
  url: string
  /** The standby takes over; resolves when it writes. */
  promote(): Promise<void>
  stop(): Promise<void>
}

/**
 * A primary, and a standby that follows it. A commit is told when both have it; with `lateByMs` the
 * standby has it as soon, and shows it later.
 */
export async function startPair({ lateByMs = 0 } = {}): Promise<Pair> {
  const primary = await startCluster({
    durable: true,
    settings: { synchronous_standby_names: '*' },
  })
  if (!primary) throw new Error('A standby needs a real PostgreSQL: none was found.')
  const settings = {
    primary_conninfo: `host=127.0.0.1 port=${primary.port} user=${SUPERUSER}`,
    recovery_min_apply_delay: `${lateByMs}ms`,
  }
  const standby = await startCluster({ durable: true, settings, copyOf: primary.room })
  const hosts = [primary, standby!].map(({ port }) => `127.0.0.1:${port}`).join()
  return {
    primary,
    standby: standby!,
    url: `postgres://${SUPERUSER}:${SUPERUSER}@${hosts}/postgres?target_session_attrs=read-write`,
    async promote() {
      const admin = connectTo(standby!.url('postgres'), { max: 1 })
      await admin`select pg_promote()`
      await admin.end()
    },
    async stop() {
      await Promise.all([primary.stop(), standby!.stop()])
    },
  }
}
