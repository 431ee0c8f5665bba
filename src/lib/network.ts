import ipaddr from 'ipaddr.js'
import { parseAddress } from './address.ts'

const [NAT64, SIX_TO_FOUR] = [ipaddr.parseCIDR('64:ff9b::/96'), ipaddr.parseCIDR('2002::/16')]
/** Everything that is no address counts as one visitor, so that nobody can pose as a thousand. */
const NOWHERE = 'nowhere'

/**
 * What one visitor is counted as: his IPv4 address, or his /64 of IPv6. An address that a translator
 * made of IPv4 counts as that (RFC 6052), or else all who come through it would count as one; so does
 * one of 6to4, where a single IPv4 address holds 65 536 networks (RFC 3056).
 */
export function network(text: string): string {
  const address = parseAddress(text)
  if (!address) return NOWHERE
  if (address.kind() === 'ipv4') return address.toString()
  const { parts } = address as ipaddr.IPv6
  if (address.match(NAT64)) return fromParts(parts.slice(6))
  if (address.match(SIX_TO_FOUR)) return fromParts(parts.slice(1, 3))
  return parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')
}

const fromParts = (parts: number[]) => parts.flatMap((part) => [part >> 8, part & 255]).join('.')
