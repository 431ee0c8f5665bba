import type { Config } from './config.ts'

/** Every address of the shop, as a path. Nobody types one twice. */
export const paths = {
  catalog: '/',
  book: (slug: string) => `/livres/${slug}`,
  cover: (slug: string) => `/livres/${slug}/couverture`,
  buy: (slug: string) => `/livres/${slug}/acheter`,
  order: (key: string) => `/commande/${key}`,
  payAgain: (key: string) => `/commande/${key}/payer`,
  download: (key: string, fileName: string) => `/d/${key}/${encodeURIComponent(fileName)}`,
  orderState: (key: string) => `/commande/${key}/statut`,
  returned: (transactionId: string) =>
    `/payment/return/?transaction_id=${encodeURIComponent(transactionId)}`,
  simulator: '/simulateur',
}

/** A printed address starts with PUBLIC_URL, never with what the request says of itself. */
export const absolute = (config: Config, path: string) => config.publicUrl + path

/** An order's key: its code, a dot, 128 bits in base64url (see `delivery/keys.ts`). */
export const ORDER_KEY_LENGTH = 31

/** The return address for one order: it carries the order's own key. */
export function returnAddress(config: Pick<Config, 'returnUrl'>, orderKey: string): string {
  const url = new URL(config.returnUrl)
  url.searchParams.set('commande', orderKey)
  return url.href
}
