import { startCluster } from '../../support/cluster.ts'
import type { Cluster } from '../../support/cluster.ts'
import { startPooler } from '../../support/pooler.ts'
import type { NamedStatements } from '../../support/pooler.ts'
import { startPair } from '../../support/standby.ts'

/** Where the rows of a trial lie, and how its shop gets there. */
export type Site = {
  /** What is killed, crashed and frozen. */
  cluster: Cluster
  /** For who looks on: past any pooler. */
  url: string
  /** For the shop's processes. */
  shopUrl: string
  close(): Promise<void>
}

/** A PostgreSQL of its own that keeps what it promised. */
export async function oneServer(): Promise<Site> {
  const cluster = await startCluster({ durable: true })
  if (!cluster) throw new Error('The nemesis needs a real PostgreSQL: none was found.')
  const url = cluster.url('postgres')
  return { cluster, url, shopUrl: url, close: () => cluster.stop() }
}

/** For as many connections as this, more processes with more of them wait in turn. */
const POOLED = 6

export const throughPooler = (named: NamedStatements) => async (): Promise<Site> => {
  const site = await oneServer()
  const pooler = await startPooler(site.url, POOLED, named)
  const close = async () => {
    await pooler.stop()
    await site.close()
  }
  return { ...site, shopUrl: pooler.url, close }
}

export type PairSite = Site & {
  /** The primary's machine fails, and so long afterwards the standby takes over. */
  failOver(noticedAfterMs: number): Promise<void>
}

/** A primary with a standby; the shop knows both by name, or a pooler that is told who writes. */
export async function primaryAndStandby(named?: NamedStatements): Promise<PairSite> {
  const pair = await startPair()
  const pooler = named && (await startPooler(pair.primary.url('postgres'), POOLED, named))
  return {
    cluster: pair.primary,
    url: pair.url,
    shopUrl: pooler?.url ?? pair.url,
    async failOver(noticedAfterMs) {
      await pair.primary.kill()
      await new Promise((resolve) => setTimeout(resolve, noticedAfterMs))
      await pair.promote()
      pooler?.turnTo(pair.standby.url('postgres'))
    },
    async close() {
      await pooler?.stop()
      await pair.stop()
    },
  }
}
