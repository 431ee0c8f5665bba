import ipaddr from 'ipaddr.js'
import { parseAddress, readAddress } from './address.ts'
import type { Address } from './address.ts'

/** Networks; a single address is a network of its full length. */
export type Networks = readonly (readonly [Address, bits: number])[]

/** Parses a list of addresses and networks, separated by commas or blanks; `strange` holds the rest. */
export function readNetworks(list: string): { networks: Networks; strange: string[] } {
  const entries = list.split(/[\s,]+/).filter(Boolean)
  const read = entries.map((entry) => [entry, networkOf(entry)] as const)
  return {
    networks: read.flatMap(([, network]) => (network ? [network] : [])),
    strange: read.flatMap(([entry, network]) => (network ? [] : [entry])),
  }
}

/** A network of all addresses is refused: visitors could then claim any address. */
function networkOf(entry: string) {
  const [, text = '', bits] = /^([^/]*)(?:\/([1-9]\d{0,2}))?$/.exec(entry) ?? []
  const address = parseAddress(text)
  if (!address) return undefined
  if (bits === undefined) return [address, address.kind() === 'ipv4' ? 32 : 128] as const
  // IPv4 written as IPv6 would be ambiguous in length.
  if (text.includes(':') && address.kind() === 'ipv4') return undefined
  return ipaddr.isValidCIDR(entry) ? ([address, Number(bits)] as const) : undefined
}

export const isAmong = (address: Address | undefined, networks: Networks) =>
  address !== undefined &&
  networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
  )

/** The longest chain of proxies that is followed; in practice four. */
const MAX_PROXIES = 32

/**
 * The visitor's address: start at the caller and, as long as that is a trusted proxy, go one step to
 * the left in X-Forwarded-For, where each proxy appends its caller. A visitor may write anything
 * there, but it stands left of what the first proxy appended. Anything that is not an address ends
 * the walk.
 */
export function visitorBehind(caller: string, forwardedFor: string, trusted: Networks) {
  let [visitor, unread] = [readAddress(caller), forwardedFor]
  if (trusted.length === 0 || !visitor) return { visitor: caller, unread }
  for (let i = 0; i < MAX_PROXIES && unread !== '' && isAmong(visitor, trusted); i++) {
    const comma = unread.lastIndexOf(',')
    const named = unread.slice(comma + 1).trim()
    const next = readAddress(named)
    // A list may have empty elements (RFC 9110, 5.6.1).
    if (named !== '' && !next) break
    unread = unread.slice(0, Math.max(comma, 0))
    visitor = next ?? visitor
  }
  return { visitor: visitor.toString(), unread }
}

/** How a request came in, before any of it is trusted. */
export type Arrival = {
  caller: string
  forwardedFor: string
  /** It came to the plain port, which has no https: a public shop is then behind a proxy. */
  isPlain: boolean
}
