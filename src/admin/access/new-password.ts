import { MAX_PASSWORD_LENGTH } from '../../lib/password.ts'
import { COMMON, ROWS } from './common-passwords.ts'

const MIN_PASSWORD_LENGTH = 12
/** With fewer different characters than this, it is one pattern typed over and over. */
const MIN_DIFFERENT = 5
const MIN_BESIDE_LOGIN = 8
const MEANT: Record<string, string> = { '@': 'a', 4: 'a', 3: 'e', 0: 'o', $: 's', 5: 's' }

export type PasswordFault = 'short' | 'long' | 'login' | 'simple' | 'common'

/** What is wrong with a new password; undefined when nothing is. */
export function faultOf(password: string, login: string): PasswordFault | undefined {
  const text = password.normalize('NFKC')
  const length = [...text].length
  if (length < MIN_PASSWORD_LENGTH) return 'short'
  if (length > MAX_PASSWORD_LENGTH) return 'long'

  const plain = fold(text)
  const name = fold(login)
  if (name && plain.includes(name) && plain.replaceAll(name, '').length < MIN_BESIDE_LOGIN)
    return 'login'
  if (new Set(plain).size < MIN_DIFFERENT || period(plain) * 2 <= plain.length) return 'simple'
  const keys = plain.replace(/[^a-z0-9]/g, '')
  if (ROWS.some((row) => row.includes(keys) || row.includes(reversed(keys)))) return 'simple'

  // Strips what was added at either end, and undoes letter substitutions: M0tdePasse2024!
  const meant = plain.replace(/^[^a-z]+|[^a-z]+$/g, '').replace(/[@430$5]/g, (sign) => MEANT[sign]!)
  const readings = [plain, meant, meant.replaceAll('1', 'i'), meant.replaceAll('1', 'l')]
  const words = readings.map((reading) => reading.replace(/[^a-z]/g, ''))
  return words.some((word) => COMMON.has(word) || COMMON.has(word.slice(0, period(word))))
    ? 'common'
    : undefined
}

/** Lower case, without accents or spaces. */
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\p{M}\s]/gu, '')
    .toLowerCase()

const reversed = (text: string) => [...text].reverse().join('')

/** The length of the part that the text repeats: 3 for abcabcab. */
function period(text: string): number {
  for (let length = 1; length < text.length; length++)
    if (text.startsWith(text.slice(length))) return length
  return text.length
}
