import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { namesSeveral } from '../../lib/database-url.ts'
import type postgres from 'postgres'
import { setTimeout as pause } from 'node:timers/promises'

/** The pause between a pool's attempts while no server accepts writes. */
const BETWEEN_ATTEMPTS_MS = 20

type Hosts = { host: string[]; port: number[] }
/** The driver takes a `socket` factory; its types do not say so. */
type Options = postgres.Options<{}> & { socket?: (hosts: Hosts) => Promise<Socket> }

/**
 * For an address with several servers, of which one writes (`target_session_attrs=read-write`): they are
 * tried in turn, beginning with the one that did last. The driver (3.4.9) goes through them by itself, but
 * without a pause: while none writes, as during a failover, its attempts would take all of a processor.
 */
export function severalHosts(url: string): Options {
  if (!namesSeveral(url)) return {}
  let place = 0
  let nextAt = 0
  return {
    async socket({ host, port }) {
      const now = Date.now()
      const at = Math.max(now, nextAt)
      nextAt = at + BETWEEN_ATTEMPTS_MS
      if (at > now) await pause(at - now)
      const own = place % host.length
      // The driver takes from `host` the name that the certificate must match.
      const socket = Object.assign(connect(port[own]!, host[own]!), { host: host[own]! })
      socket.once('close', () => {
        if (place % host.length === own) place = own + 1
      })
      return socket
    },
  }
}
