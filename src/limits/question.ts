import { takeActs } from '../data/throttles.ts'
import { derive, deriveKey } from '../links/derived.ts'
import { randomToken, utf8 } from '../lib/encoding.ts'
import { sameBytes } from '../lib/hmac.ts'
import { digitsIn } from '../lib/pasted.ts'
import type { Shop } from '../contracts/shop.ts'
import type { Language } from '../words/words.ts'
import { limitWords } from './words.ts'

/**
 * What a visitor is asked where an address has done more than a town does: digits in words, to be
 * written as digits. Any person answers it, without a script or a picture. It holds up programs
 * that send forms, not one that was written for this shop; so an answer lets one act through, and
 * what must not be guessed has a limit of its own besides. The digits are derived from the token,
 * by the secret: nothing is kept until an answer comes, and a token is good for one, right or wrong.
 */
export type Question = { token: string; words: string }

/** The names of its fields in any form. */
export const QUESTION_FIELDS = { token: 'question', answer: 'answer' }

const DIGITS = 5
/** Long enough for a slow page and a slow reader. */
const LIFE_MS = 30 * 60_000

export async function newQuestion(shop: Shop, language: Language): Promise<Question> {
  const until = Math.floor((shop.now().getTime() + LIFE_MS) / 1000).toString(36)
  const body = `${until}.${randomToken()}`
  const names = limitWords(language).digits
  const words = [...(await digitsOf(shop, body))].map((digit) => names[Number(digit)])
  return { token: `${body}.${await sealOf(shop, body)}`, words: words.join(', ') }
}

/** Whether a form answers the question it was sent with, for the first time. */
export async function isAnswered(
  shop: Shop,
  fields: Pick<ReadonlyMap<string, string>, 'get'>,
): Promise<boolean> {
  const token = fields.get(QUESTION_FIELDS.token) ?? ''
  const [, body, until, seal] = /^(([0-9a-z]{6,8})\.[\w-]{22})\.([\w-]{22})$/.exec(token) ?? []
  if (!body || !until || !seal) return false
  if (!sameBytes(utf8(seal), utf8(await sealOf(shop, body)))) return false
  const ends = new Date(parseInt(until, 36) * 1000)
  if (ends <= shop.now()) return false
  const typed = digitsIn(fields.get(QUESTION_FIELDS.answer) ?? '')
  const isRight = sameBytes(utf8(typed), utf8(await digitsOf(shop, body)))
  const used = { key: `question ${body}`, windowStart: ends, most: 1 }
  return (await takeActs(shop.sql, [used])) === 1 && isRight
}

async function digitsOf({ config }: Shop, body: string): Promise<string> {
  const code = await derive(config.appSecret, 'question digits', body)
  return Array.from(code.subarray(0, DIGITS), (byte) => byte % 10).join('')
}

const sealOf = ({ config }: Shop, body: string) =>
  deriveKey(config.appSecret, 'question seal', body)
