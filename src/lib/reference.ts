import { plainSigns } from './pasted.ts'

/** No operator's reference is longer. */
export const MAX_REFERENCE_LENGTH = 60

/**
 * An operator's reference (MP240101.1234.A12345) without what people change when they copy it:
 * case, spaces, dots, dashes. Empty when nothing is left.
 */
export const plainReference = (typed: string): string =>
  plainSigns(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, MAX_REFERENCE_LENGTH)
