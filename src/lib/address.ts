import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6

/** The longest IPv6 address, with zone, brackets and port. */
const MAX_LETTERS = 80

const isFourNumbers = (text: string) => ipaddr.IPv4.isValidFourPartDecimal(text)

/**
 * An address in the one standard notation. The library also reads `127.1`, `0x7f.0.0.1` and
 * `017700000001`, which proxies and firewalls interpret differently.
 */
export function parseAddress(text: string): Address | undefined {
  if (text.length > MAX_LETTERS) return undefined
  if (!text.includes(':')) return isFourNumbers(text) ? ipaddr.IPv4.parse(text) : undefined
  const [bare = ''] = text.split('%')
  const tail = bare.slice(bare.lastIndexOf(':') + 1)
  if (tail.includes('.') && !isFourNumbers(tail)) return undefined
  return ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare) : undefined
}

/** The same, with an optional port as some proxies write it: `1.2.3.4:5678`, `[::1]:80`. */
export function readAddress(text: string): Address | undefined {
  const [, bracketed, dotted] =
    /^\[([^\]]+)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/.exec(text.slice(0, MAX_LETTERS + 1)) ?? []
  return parseAddress(bracketed ?? dotted ?? text)
}
