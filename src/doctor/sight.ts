import { readAddress } from '../lib/address.ts'
import { isAmong, visitorBehind } from '../lib/proxies.ts'
import type { Arrival, Networks } from '../lib/proxies.ts'

/**
 * Whom a request is counted as: its visitor (`apart`), or a proxy that everybody comes through,
 * because it is not trusted or does not name the visitor.
 */
export type Sight = { kind: 'apart' | 'untrusted' | 'unnamed'; address: string }

/** The doctor sends its key in this header and gets its answer in the other one. */
export const SIGHT_ASKED = 'x-doctor-asks'
export const SIGHT_TOLD = 'x-doctor-sees'

/**
 * For a request whose sender wrote no X-Forwarded-For, to a shop whose public address is https: so
 * whatever stands there was put by a proxy on the way, and the plain port is behind one.
 */
export function sightOf(arrival: Arrival, trusted: Networks): Sight {
  const { caller, forwardedFor, isPlain } = arrival
  const { visitor, unread } = visitorBehind(caller, forwardedFor, trusted)
  const address = spelt(visitor) ?? visitor
  const left = unread.split(',').flatMap((text) => spelt(text.trim()) ?? [])
  if (isPlain && !isAmong(readAddress(caller), trusted))
    return { kind: left.length > 0 ? 'untrusted' : 'unnamed', address }
  if (isPlain && unread === forwardedFor) return { kind: 'unnamed', address }
  // Passenger may repeat the address of its caller there.
  return { kind: left.some((one) => one !== address) ? 'untrusted' : 'apart', address }
}

const spelt = (text: string) => readAddress(text)?.toString()

export const spellSight = ({ kind, address }: Sight) => `${kind} ${address}`

export function readSight(text: string | null): Sight | undefined {
  const [, kind, address] = /^(apart|untrusted|unnamed) ([0-9a-f.:]{2,45})$/.exec(text ?? '') ?? []
  return kind && address ? { kind: kind as Sight['kind'], address } : undefined
}
