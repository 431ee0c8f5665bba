import type { PhoneFault } from '../../packages/phone-numbers/phone-numbers.ts'
import { PHONE_COUNTRIES } from '../money/countries.ts'
import { countryName, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** A phone number in a form: its country, and how it was typed. */
export type TypedPhone = { country: string; phone: string }

/** For a number typed with its + prefix. */
export const OTHER_COUNTRY = 'other'

export const MAX_PHONE_LENGTH = 40

export const isCountry = (text: string) =>
  [...PHONE_COUNTRIES, OTHER_COUNTRY].some((choice) => choice === text)

type PhoneRead = { ok: true; phoneE164: string } | { ok: false; error: string }

/**
 * The number in international form, or the sentence that says what is wrong with it. Numbering plans
 * are a seventh of all that a process would read before its first page, which does not need them: so
 * they are loaded here.
 */
export async function readPhone(
  { country, phone }: TypedPhone,
  language: Language,
): Promise<PhoneRead> {
  const words = wordsIn(language).form.errors
  if (!isCountry(country)) return { ok: false, error: words.country }
  if (phone.trim().length > MAX_PHONE_LENGTH) return { ok: false, error: words.phone.two }
  const { readNumber } = await import('../../packages/phone-numbers/phone-numbers.ts')
  const region = country === OTHER_COUNTRY ? undefined : country
  const read = readNumber(phone, region, PHONE_COUNTRIES)
  return 'fault' in read
    ? { ok: false, error: phoneSentence(read.fault, language) }
    : { ok: true, phoneE164: read.e164 }
}

/** What is wrong, and what to do about it. */
export function phoneSentence(fault: PhoneFault, language: Language): string {
  const words = wordsIn(language).form.errors.phone
  const named = (country: string) => countryName(country, language)
  switch (fault.kind) {
    case 'letter':
      return words.letter(fault.letter)
    case 'old':
      return words.old[fault.country](fault.number)
    case 'zero':
      return words.zero(named(fault.country), fault.number)
    case 'short':
    case 'long': {
      const { kind, digits, country, lengths, lostZero, others } = fault
      const allowed = [...new Set([Math.min(...lengths), Math.max(...lengths)])].join('\u2013')
      return [
        words[kind](digits, allowed, named(country)),
        ...(lostZero ? [words.lostZero] : []),
        ...(others.length > 0 ? [words.others(others.map(named).join(', '))] : []),
      ].join(' ')
    }
    default:
      return words[fault.kind]
  }
}
