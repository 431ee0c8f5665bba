import { createHash } from 'node:crypto'
import { addBook } from '../../demonstration/add-book.ts'
import type { Shop } from '../../src/contracts/shop.ts'

/** Which of CinetPay's two APIs the shop's keys belong to; the newer one first. */
export const APIS = ['v1', 'v2'] as const
export type Api = (typeof APIS)[number]

export function readApi(text: string): Api {
  const api = APIS.find((name) => name === text)
  if (!api) throw new Error(`--api is ${APIS.join(' or ')}, and not ${text}.`)
  return api
}

/** CinetPay's keys in the trials. */
export const KEYS = {
  apiKey: '12912847765bc0db748fdd44.40081707',
  siteId: '445160',
  secret: '9f2c1e7ad03b4c5588e1b6d2',
}
export const V1_KEYS = { apiKey: 'sk_live_8c1f5be07d3a4e92b6', apiPassword: 'k7Zp2wQx9RtVbN4m' }
/** The same, for the shop. */
export const KEY_SETTINGS: Record<Api, Record<string, string>> = {
  v1: { CINETPAY_API_KEY: V1_KEYS.apiKey, CINETPAY_API_PASSWORD: V1_KEYS.apiPassword },
  v2: {
    CINETPAY_API_KEY: KEYS.apiKey,
    CINETPAY_SITE_ID: KEYS.siteId,
    CINETPAY_SECRET: KEYS.secret,
  },
}
export const PRICE = 5000
/** Everybody in the trials looks again and again from the same phone. */
export const ONE_PHONE =
  '__Host-kiosque-livres=AwaAwaAwaAwaAwaAwaAwaA; kiosque-livres=AwaAwaAwaAwaAwaAwaAwaA'

/** Puts one book in the storefront, priced `PRICE`, and tells the hash of its bytes. */
export async function putBook(
  shop: Pick<Shop, 'files' | 'sql' | 'now'>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const sizeBytes = bytes.length
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await shop.files.put('books/livre.pdf', new Blob([bytes]).stream(), sizeBytes)
  await shop.files.put('covers/livre.svg', new Blob(['<svg/>']).stream(), 6)
  await addBook(
    shop.sql,
    {
      slug: 'livre',
      title: 'Un livre',
      author: 'Une autrice',
      description: 'Un livre.',
      language: 'fr',
      price: PRICE,
      currency: 'XOF',
      cover: { key: 'covers/livre.svg', type: 'image/svg+xml', width: 400, height: 600 },
      files: [
        {
          name: 'livre.pdf',
          key: 'books/livre.pdf',
          sizeBytes,
          sha256,
          pages: 1,
        },
      ],
    },
    shop.now(),
  )
  return sha256
}
