export type Packing = 'br' | 'gzip'

/** How this visitor's browser may be sent a text, by its `Accept-Encoding`; the smaller one first. */
export function packingFor(accepted: string | null): Packing | undefined {
  if (!accepted) return undefined
  const items = accepted.split(',', 20).filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item))
  const names = new Set(items.map((item) => item.split(';')[0]!.trim().toLowerCase()))
  return (['br', 'gzip'] as const).find((name) => names.has(name))
}
