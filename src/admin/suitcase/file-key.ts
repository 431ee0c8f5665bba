import { base64url, utf8 } from '../../lib/encoding.ts'
import { hmacSha256, sameBytes } from '../../lib/hmac.ts'
import type { Shop } from '../../shop.ts'

/**
 * What the page of a suitcase puts into its links, for a person who has just entered: a download over
 * a bad line is taken up again for hours, long after that. It is worth nothing to anybody else who is
 * signed in, nor without a session.
 */
const FILE_KEY_MS = 12 * 60 * 60_000
const MAC_BYTES = 16

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

async function mac(secret: string, { suitcaseId, personId }: File, until: number) {
  const whole = await hmacSha256(secret, `suitcase file ${suitcaseId} ${personId} ${until}`)
  return base64url(whole.subarray(0, MAC_BYTES))
}
