import type { Place } from '../../data/books/storefront.ts'

/** A position in a list, as an address spells it: publication time and id of the last book shown. */
export const placeText = ({ publishedAt, id }: Place) => `${publishedAt.getTime()}-${id}`

/** Undefined: the beginning; also for anything that no page of ours wrote. */
export function readPlace(text: string | undefined): Place | undefined {
  const [, time, id] = /^(\d{1,14})-(\d{1,15})$/.exec(text ?? '') ?? []
  return time && id ? { publishedAt: new Date(Number(time)), id: Number(id) } : undefined
}
