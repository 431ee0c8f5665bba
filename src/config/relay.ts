import * as v from 'valibot'
import { address, optional, parsesAsUrl, secret } from '../lib/variables.ts'

/** The way to CinetPay from a host without a fixed address: `relay/`, on a machine that has one. */
export type RelaySettings = { url: string; secret: string }

/** The relay asks for as many, and takes no more than it can read in a header. */
const MIN_SECRET_LENGTH = 32
const IN_A_HEADER = /^[\x21-\x7e]{0,200}$/

export const RelayVariables = {
  CINETPAY_RELAY_URL: optional(
    v.pipe(
      address('CINETPAY_RELAY_URL'),
      v.check((text) => {
        if (!parsesAsUrl(text)) return true
        const { username, password } = new URL(text)
        return username + password === '' && !/[?#]/.test(text)
      }, 'CINETPAY_RELAY_URL is the address of the relay and nothing behind it, such as https://relais.example.com/relay.php.'),
    ),
  ),
  CINETPAY_RELAY_SECRET: v.optional(
    v.pipe(
      secret('CINETPAY_RELAY_SECRET', MIN_SECRET_LENGTH),
      v.regex(
        IN_A_HEADER,
        'CINETPAY_RELAY_SECRET has a blank, an accent or more than 200 characters: the relay takes letters, digits and plain signs.',
      ),
    ),
  ),
}
type RawRelay = Partial<Record<keyof typeof RelayVariables, string | undefined>>

/** The only hosts that a relay knows. */
const PASSES_TO = ['https://api.cinetpay.co', 'https://api.cinetpay.net']

export function relayFaults(raw: RawRelay, isNewer: boolean, apiUrl: string | undefined): string[] {
  const { CINETPAY_RELAY_URL: url, CINETPAY_RELAY_SECRET: secret } = raw
  if (!url && secret === undefined) return []
  const faults: string[] = []
  if (!url || secret === undefined)
    faults.push(
      `Half a relay: ${url ? 'CINETPAY_RELAY_SECRET' : 'CINETPAY_RELAY_URL'} missing. Set both, or none.`,
    )
  if (!isNewer)
    faults.push(
      "CINETPAY_RELAY_URL and CINETPAY_RELAY_SECRET are for CinetPay's newer API, whose keys begin with sk_: remove both, or set such keys.",
    )
  if (apiUrl && parsesAsUrl(apiUrl) && !PASSES_TO.includes(new URL(apiUrl).origin))
    faults.push(
      `CINETPAY_API_URL is not an address that the relay passes calls to (${PASSES_TO.join(', ')}): remove it, or the relay.`,
    )
  return faults
}

/** For settings without faults. */
export function relayOf({ CINETPAY_RELAY_URL: url, CINETPAY_RELAY_SECRET: secret }: RawRelay) {
  return url ? { url, secret: secret! } : undefined
}
