import { DAY_MS, readDay } from '../../lib/time.ts'
import * as v from 'valibot'
import { ORDER_STATUSES, ORDERS_PER_PAGE, SORTED_AMONG } from '../../data/orders/desk-orders.ts'
import type {
  ListPlace,
  OrderFilter,
  OrderSort,
  SearchKeys,
} from '../../data/orders/desk-orders.ts'
import { readCode, readCodeStart } from '../../lib/crockford.ts'
import { plainSigns } from '../../lib/pasted.ts'

/** What stands in the list's form, as typed. */
export type TypedFilter = { q: string; etat: string; livre: string; du: string; au: string }

export type FilterErrors = Partial<Record<'du' | 'au', true>>

const MAX_SEARCH_LENGTH = 100

export function typedFilter(query: Record<string, string>): TypedFilter {
  const typed = (name: keyof TypedFilter) => query[name]?.trim() ?? ''
  return {
    q: typed('q'),
    etat: typed('etat'),
    livre: typed('livre'),
    du: typed('du'),
    au: typed('au'),
  }
}

export const isNarrowed = ({ etat, livre, du, au }: TypedFilter) =>
  [etat, livre, du, au].some((typed) => typed !== '')

/** Parses the filter; an invalid date is ignored, with an error beside it. */
export function readFilter(typed: TypedFilter): { filter: OrderFilter; errors: FilterErrors } {
  const from = readDay(typed.du)
  const last = readDay(typed.au)
  return {
    filter: {
      search: typed.q === '' ? undefined : readSearch(typed.q),
      status: ORDER_STATUSES.find((status) => status === typed.etat),
      bookId: readId(typed.livre),
      from,
      before: last && new Date(last.getTime() + DAY_MS),
    },
    errors: {
      ...(typed.du !== '' && !from && { du: true }),
      ...(typed.au !== '' && !last && { au: true }),
    },
  }
}

export function readPlace(query: Record<string, string>): ListPlace | undefined {
  const older = readId(query['avant'] ?? '')
  if (older) return { side: 'older', orderId: older }
  const newer = readId(query['apres'] ?? '')
  return newer ? { side: 'newer', orderId: newer } : undefined
}

/** A column's name in the address: `tri=montant`, and with a minus for descending. */
const SORT_NAMES: Record<OrderSort['by'], string> = {
  buyer: 'acheteur',
  book: 'livre',
  amount: 'montant',
  status: 'etat',
  date: 'date',
}

export const NEWEST_FIRST: OrderSort = { by: 'date', isDescending: true }

/** Undefined for newest first: that list is unbounded, and pages by position. */
export function readSort(query: Record<string, string>): OrderSort | undefined {
  const [, minus, name] = /^(-?)(.*)$/.exec(query['tri'] ?? '') ?? []
  const by = (Object.keys(SORT_NAMES) as OrderSort['by'][]).find((key) => SORT_NAMES[key] === name)
  const sort = by && { by, isDescending: minus === '-' }
  return sort?.by === 'date' && sort.isDescending ? undefined : sort
}

export const writeSort = ({ by, isDescending }: OrderSort) =>
  `${isDescending ? '-' : ''}${SORT_NAMES[by]}`

const LAST_PAGE = Math.ceil(SORTED_AMONG / ORDERS_PER_PAGE)

/** The page of a sorted list, from 1. */
export const readPage = (query: Record<string, string>) =>
  Math.min(readId(query['page'] ?? '') ?? 1, LAST_PAGE)

/**
 * What the search box may hold: a code as people spell it, or its beginning; an order's link; words
 * of the buyer's name; a phone number or its last digits; an e-mail address; a transaction id; an
 * operator's reference. One text may be several of these: eight digits are a phone and perhaps a
 * code.
 */
export function readSearch(typed: string): SearchKeys {
  const text = plainSigns(typed).slice(0, MAX_SEARCH_LENGTH + 1)
  if (text.length > MAX_SEARCH_LENGTH) return { phoneEnds: [], references: [] }
  const linked = /\/commande\/([0-9A-Z]{8})\./.exec(text)?.[1]
  const packed = text.replace(/\s/g, '')
  const code = readCode(linked ?? text)
  const transactionId = /^[0-9A-F]{24}$/i.test(packed) ? packed.toUpperCase() : undefined
  const isName = !code && !linked && !transactionId && !packed.includes('@')
  return {
    code,
    codeStart: readCodeStart(text),
    name: isName && /\p{L}/u.test(text) ? text : undefined,
    phoneEnds: readPhoneEnds(text),
    email: packed.includes('@') ? packed : undefined,
    transactionId,
    references: [...new Set([text, text.toUpperCase()])],
  }
}

/** `00` stands for +; a leading 0 is not always part of the international number. */
function readPhoneEnds(text: string): string[] {
  if (!/^\+?[\d\s().-]+$/.test(text)) return []
  const digits = text.replace(/\D/g, '').replace(/^00/, '')
  if (!/^\d{3,15}$/.test(digits)) return []
  return digits.startsWith('0') && digits.length >= 8 ? [digits, digits.slice(1)] : [digits]
}

const Id = v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number))

export function readId(text: string): number | undefined {
  const read = v.safeParse(Id, text)
  return read.success ? read.output : undefined
}
