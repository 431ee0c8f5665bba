import { parseAccept } from 'hono/utils/accept'

/** Browsers send far less. */
const MAX_LENGTH = 500

/** The values of a header such as `Accept-Language`, in lower case, the most preferred first. */
export const accepted = (header: string | null | undefined): string[] =>
  parseAccept((header ?? '').slice(0, MAX_LENGTH))
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase())
