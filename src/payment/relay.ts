import { connectionFault } from '../lib/outbound.ts'
import type { Call, Fetch, HeaderReader } from '../lib/outbound.ts'
import type { RelaySettings } from '../config/relay.ts'

/**
 * CinetPay's calls, sent by way of a relay (`relay/`). The relay reads the destination from its
 * query, and knows us by its secret, which stands in a header and nowhere else. It marks each answer:
 * one that it did not pass, or that something else gave at its address, does not come from CinetPay,
 * and becomes a fault that names the relay.
 */
export function throughRelay(relay: RelaySettings | undefined, fetch: Fetch): Fetch {
  if (!relay) return fetch
  const relayed: Fetch = async (request) => {
    const { url, method, signal } = request
    // As text, so that its length is sent: PHP may not read a chunked body.
    const body = method === 'GET' ? undefined : await request.text()
    const call = relayedCall(relay, {
      url,
      method,
      headers: Object.fromEntries(request.headers),
      body,
    })
    const sent = fetch(new Request(call.url, { ...call, redirect: 'manual', signal }))
    const response = await named(sent)
    refuseUnpassed(response.status, (name) => response.headers.get(name))
    return response
  }
  const { directly } = fetch
  if (directly)
    relayed.directly = async (call, maxBytes, signal) => {
      const reply = await named(directly(relayedCall(relay, call), maxBytes, signal))
      refuseUnpassed(reply.status, reply.header)
      return reply
    }
  return relayed
}

/** CGI hides `authorization` from PHP, so another header carries it. */
export function relayedCall({ url, secret }: RelaySettings, call: Call): Call {
  const { host, pathname } = new URL(call.url)
  const { authorization, ...headers } = call.headers
  // The relay calls CinetPay over IPv4; the relay itself may be reached over either.
  const { family: _, ...sent } = call
  return {
    ...sent,
    url: `${url}?to=${host}${pathname}`,
    headers: {
      ...headers,
      'x-relay-secret': secret,
      ...(authorization && { 'x-relay-authorization': authorization }),
    },
  }
}

export const PASSED = 'passed'

/** What the relay says about an answer; undefined when the answer is not the relay's. */
export function relayWord(header: HeaderReader): string | undefined {
  const word = header('x-relay') ?? ''
  return /^[a-z-]{1,40}$/.test(word) ? word : undefined
}

/** `callOutside` recognises a fault by its code. */
class RelayFault extends Error {
  readonly code: string
  constructor(what: string) {
    super(`relay: ${what}`)
    this.code = this.message
  }
}

function refuseUnpassed(status: number, header: HeaderReader) {
  const word = relayWord(header)
  if (word !== PASSED) throw new RelayFault(word ?? `HTTP ${status}, not the relay's`)
}

const named = <T>(sent: Promise<T>): Promise<T> =>
  sent.catch((error: unknown) => {
    throw new RelayFault(connectionFault(error))
  })
