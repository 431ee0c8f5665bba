import { parseAccept } from 'hono/utils/accept'

/** Browsers say far less. */
const MAX_LENGTH = 500

/** What a header such as `Accept-Language` asks for, in small letters, the most wanted first. */
export const accepted = (header: string | null | undefined): string[] =>
  parseAccept((header ?? '').slice(0, MAX_LENGTH))
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase())
