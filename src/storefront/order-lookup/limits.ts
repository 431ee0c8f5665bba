import type { Guesses, Limit } from '../../limits/limit.ts'
import { HOUR_MS, MINUTE_MS } from '../../lib/time.ts'

/**
 * Wrong tries for a phone, by one visitor; then each asks for an answered question. An order's code
 * has 35 bits, and needs no more than that.
 */
export const TRIES_OF_PHONE: Limit = { kind: 'find.phone', most: 8, windowMs: HOUR_MS }
/** Of two thousand buyers of one town, a hundred look for their books at a time. */
export const TRIES_OF_ADDRESS: Limit = {
  kind: 'find.address',
  most: 1_000,
  windowMs: 10 * MINUTE_MS,
}
/**
 * An operator's references are near to one another, and can be guessed: so many for a phone by one
 * visitor, question or not, at every door that takes one.
 */
export const REFERENCES_OF_PHONE: Limit = { kind: 'find.reference', most: 40, windowMs: HOUR_MS }
/** Letters asked for by one visitor. */
export const LETTERS: Limit = { kind: 'find.letter', most: 10, windowMs: HOUR_MS }
/** Per phone, whoever tries. */
export const WRONG: Guesses = { of: 'find', most: 60, windowMs: HOUR_MS }
