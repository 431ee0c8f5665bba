import { deriveKey } from '../../links/derived.ts'
import { utf8 } from '../../lib/encoding.ts'
import { sameBytes } from '../../lib/hmac.ts'
import type { Shop } from '../../contracts/shop.ts'

/**
 * What the page of a backup archive puts into its links for a person who has just signed in: over a
 * bad line, a download is resumed for hours after that. The key is useless to any other signed-in
 * person, and without a session.
 */
const FILE_KEY_MS = 12 * 60 * 60_000

type File = { suitcaseId: string; personId: number }

export async function newFileKey({ config, now }: Shop, file: File): Promise<string> {
  const until = now().getTime() + FILE_KEY_MS
  return `${until}.${await mac(config.appSecret, file, until)}`
}

export async function isFileKey({ config, now }: Shop, file: File, key: string): Promise<boolean> {
  const [, until = '', given = ''] = /^(\d{13,15})\.([\w-]{22})$/.exec(key) ?? []
  if (!(Number(until) > now().getTime())) return false
  return sameBytes(utf8(given), utf8(await mac(config.appSecret, file, Number(until))))
}

const mac = (secret: string, { suitcaseId, personId }: File, until: number) =>
  deriveKey(secret, 'download of a suitcase', suitcaseId, personId, until)
