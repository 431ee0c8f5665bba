import { accepted } from './accepted.ts'

export type Packing = 'br' | 'gzip'

/** How this visitor's browser may be sent a text, by its `Accept-Encoding`; the smaller one first. */
export function packingFor(header: string | null): Packing | undefined {
  const names = accepted(header)
  return (['br', 'gzip'] as const).find((name) => names.includes(name))
}
