import type { IncomingMessage } from 'node:http'
import { visitorBehind } from '../../lib/proxies.ts'
import type { Networks } from '../../lib/proxies.ts'

/**
 * Who visits. Passenger names its caller in a header that no visitor can set; at the plain port the
 * socket does. Either may be a proxy.
 */
export function visitorOf(incoming: IncomingMessage, isPassenger: boolean, trusted: Networks) {
  const { headers, socket } = incoming
  const named = isPassenger ? headers['!~passenger-client-address'] : undefined
  const caller = typeof named === 'string' ? named : (socket.remoteAddress ?? '')
  // Node joins repeated headers.
  const forwardedFor = String(headers['x-forwarded-for'] ?? '')
  const { visitor } = visitorBehind(caller, forwardedFor, trusted)
  return { visitorAddress: visitor, arrival: { caller, forwardedFor, isPlain: !isPassenger } }
}
