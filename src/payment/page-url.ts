/**
 * Whether a buyer may be sent to a page that the provider's answer names: https on a listed
 * origin, nothing else. Without this, a tampered answer or a mistaken CINETPAY_API_URL would make
 * the shop an open redirect to somebody else's payment page. `http://localhost:*` in the list (a
 * stand-in on this machine) matches any port, as it does in a CSP.
 */
export function isPageAllowed(pageUrl: string, origins: readonly string[]): boolean {
  if (!URL.canParse(pageUrl)) return false
  const url = new URL(pageUrl)
  if (url.username !== '' || url.password !== '') return false
  return origins.includes(url.origin) || origins.includes(`${url.protocol}//${url.hostname}:*`)
}
