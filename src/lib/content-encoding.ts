import { accepted } from './accepted.ts'

export type Packing = 'br' | 'gzip'

const TEXTS = /^(text\/(html|css|javascript|plain)|image\/svg\+xml|application\/(atom\+)?xml)\b/
/** Compressing shorter texts gains nothing. */
export const LEAST_BYTES = 400
export const MOST_BYTES = 1_000_000

export const isText = (type: string | null | undefined) => TEXTS.test(type ?? '')

/** The encoding to send a text with, by the browser's `Accept-Encoding`; the smaller one first. */
export function packingFor(header: string | null): Packing | undefined {
  const names = accepted(header)
  return (['br', 'gzip'] as const).find((name) => names.includes(name))
}
