import type { Config } from '../../config/config.ts'
import { randomToken, utf8 } from '../../lib/encoding.ts'
import { packingFor } from '../../lib/content-encoding.ts'
import type { Packing } from '../../lib/content-encoding.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { Language } from '../../words/words.ts'

/**
 * Where public pages are kept, each as it was rendered. It is a cache and no truth: each process has
 * its own, and finds out by the window's version (`currentWindow`) when any of them changes a price.
 * What differs between two answers is the form's nonce, put in as the page leaves: two visitors never
 * hold one form.
 */
const MOST_PAGES = 400
const MOST_BYTES = 8_000_000

/** Stands in a page where the nonce of its form will be. */
export const NONCE_HOLE = '__nonce_du_formulaire__'

/** The text between the holes; `bytes` is its weight without nonces. */
export type Page = { parts: Uint8Array<ArrayBuffer>[]; type: string; tag: string; bytes: number }

export type Kept = Page & {
  version: number
  until: number
  /** How it left the first time: see `kept-answer.ts`. */
  left?: { headers: Record<string, string>; route: string }
}

type Shelf = { pages: Map<string, Kept>; bytes: number; awayUntil: number }

const shelves = new WeakMap<Config, Shelf>()

export function shelfOf({ config }: Pick<Shop, 'config'>): Shelf {
  const shelf = shelves.get(config) ?? { pages: new Map(), bytes: 0, awayUntil: 0 }
  shelves.set(config, shelf)
  return shelf
}

/**
 * @param path the router's: without a last slash, and without the language, which stands before it
 * @param asked what of the query the page depends on, without what was left empty
 */
export const keyOf = (
  language: Language,
  path: string,
  asked: (string | undefined)[][] = [],
): string => `${language} ${path}${asked.length > 0 ? `?${JSON.stringify(asked)}` : ''}`

export function keep(shelf: Shelf, key: string, page: Kept): void {
  const forget = (old: string) => {
    shelf.bytes -= shelf.pages.get(old)?.bytes ?? 0
    shelf.pages.delete(old)
  }
  forget(key)
  shelf.pages.set(key, page)
  shelf.bytes += page.bytes
  for (const old of shelf.pages.keys()) {
    if (shelf.pages.size <= MOST_PAGES && shelf.bytes <= MOST_BYTES) return
    forget(old)
  }
}

/** The last asked for is the last to go. */
export function touch(shelf: Shelf, key: string, page: Kept): void {
  shelf.pages.delete(key)
  shelf.pages.set(key, page)
}

export type Body = { bytes: Uint8Array<ArrayBuffer>; packing?: Packing }

/** The page for one visitor, packed where it was packed for all; undefined: it has to be packed now. */
export function bodyFor(page: Page, request: Request, { packed }: Shop): Body | undefined {
  const packing = packed && packingFor(request.headers.get('accept-encoding'))
  const nonce = utf8(randomToken())
  if (!packed || !packing) return { bytes: withNonce(page, nonce) }
  const bytes = packed(page.parts, nonce, packing)
  return bytes && { bytes, packing }
}

/** As bytes: the same text need not be encoded for each visitor. */
export function withNonce(
  { parts, bytes }: Page,
  nonce = utf8(randomToken()),
): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(bytes + (parts.length - 1) * nonce.length)
  let place = 0
  const add = (part: Uint8Array) => {
    body.set(part, place)
    place += part.length
  }
  parts.forEach((part, number) => {
    if (number > 0) add(nonce)
    add(part)
  })
  return body
}
