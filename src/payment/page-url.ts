const MAX_LENGTH = 2_000

/**
 * Where CinetPay's payment pages may live: the origins that its own front-end SDK listens to
 * (cinetpay-seamless 0.1.5, July 2026). Two of that SDK's last changes were about a wrong one, and a
 * page on an origin that is not listed cannot be paid: all six, for either API and its sandbox.
 */
const PAGE_ORIGINS = ['secure', 'checkout'].flatMap((name) =>
  ['net', 'co', 'com'].map((end) => `https://${name}.cinetpay.${end}`),
)

/** Those for an API at this address: for a stand-in on this machine, pages on this machine, too. */
export function pagesOf(apiUrl: string): string[] {
  const { protocol, hostname } = new URL(apiUrl)
  return protocol === 'http:' ? [...PAGE_ORIGINS, `http://${hostname}:*`] : PAGE_ORIGINS
}

/**
 * The page that a provider's answer names, as it is sent to a buyer, if she may be sent there: https
 * on a listed origin, nothing else. Without this, a tampered answer or a mistaken CINETPAY_API_URL
 * would make the shop an open redirect to somebody else's payment page. It is the address as it was
 * read, never as it was written: blanks, line ends and backslashes are gone, which a header refuses
 * or another reader takes for something else. `http://localhost:*` in the list (a stand-in on this
 * machine) matches any port, as it does in a CSP.
 */
export function readPageUrl(written: string, origins: readonly string[]): string | undefined {
  if (!URL.canParse(written)) return undefined
  const url = new URL(written)
  // The origin of a `blob:` is the one that it names.
  if (!['https:', 'http:'].includes(url.protocol)) return undefined
  if (url.username !== '' || url.password !== '' || url.href.length > MAX_LENGTH) return undefined
  const isListed =
    origins.includes(url.origin) || origins.includes(`${url.protocol}//${url.hostname}:*`)
  return isListed ? url.href : undefined
}
