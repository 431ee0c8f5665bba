import type { Place } from '../../data/books/storefront.ts'

/** Where a shelf goes on, as an address says it: the moment and the number of the last book. */
export const placeText = ({ publishedAt, id }: Place) => `${publishedAt.getTime()}-${id}`

/** Undefined: the beginning; so is whatever no page of ours wrote. */
export function readPlace(text: string | undefined): Place | undefined {
  const [, time, id] = /^(\d{1,14})-(\d{1,15})$/.exec(text ?? '') ?? []
  return time && id ? { publishedAt: new Date(Number(time)), id: Number(id) } : undefined
}
