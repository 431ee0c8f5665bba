/** An order's key: its code, a dot, 128 bits in base64url (see `links/keys.ts`). */
export const ORDER_KEY_LENGTH = 31

/** The return address for one order: it carries the order's own key. */
export function returnAddress(config: { returnUrl: string }, orderKey: string): string {
  const url = new URL(config.returnUrl)
  url.searchParams.set('commande', orderKey)
  return url.href
}
