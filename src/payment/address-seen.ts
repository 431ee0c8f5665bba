import { parseAddress } from '../lib/address.ts'
import { callOutside } from '../lib/outbound.ts'
import type { Call, Fetch } from '../lib/outbound.ts'

const TIMEOUT_MS = 4_000
const MAX_BYTES = 8 * 1024

/**
 * The address that CinetPay sees us call from, for its list of callers: its API stands behind
 * Cloudflare, which serves `/cdn-cgi/trace` on its customers' hosts, a few lines with `ip=` in one.
 * No third party is asked. That CinetPay compares this very address is likely, but nowhere
 * documented. Undefined when it is not shown.
 */
export async function addressSeen(fetch: Fetch, apiUrl: string): Promise<string | undefined> {
  const headers = { 'user-agent': 'Kiosque/1 (e-book shop)' }
  const call: Call = { url: `${apiUrl}/cdn-cgi/trace`, method: 'GET', headers, family: 4 }
  const answer = await callOutside(fetch, call, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES })
  if (answer.kind === 'failed' || answer.status !== 200) return undefined
  const told = /^ip=(\S{2,45})$/m.exec(answer.text)?.[1] ?? ''
  return parseAddress(told) && told
}
