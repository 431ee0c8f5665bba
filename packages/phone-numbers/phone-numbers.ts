import examples from 'libphonenumber-js/mobile/examples'
import {
  getCountryCallingCode,
  getExampleNumber,
  Metadata,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/mobile'
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/mobile'
import { plainSigns } from '../../src/lib/pasted.ts'

/** What is wrong with a number that was typed; countries are two letters of ISO 3166. */
export type PhoneFault =
  /** No digit; two numbers; no country chosen and no +; after the + no country's prefix. */
  | { kind: 'empty' | 'two' | 'plus' | 'prefix' }
  | { kind: 'letter'; letter: string }
  /** As numbers of this country were before it put two more digits in front. */
  | { kind: 'old'; country: 'BJ' | 'CI'; number: string }
  /** A 0 in front, where the country has none: the number without it. */
  | { kind: 'zero'; country: string; number: string }
  | {
      kind: 'short' | 'long'
      country: string
      digits: number
      lengths: number[]
      lostZero: boolean
      others: string[]
    }

type PhoneReading = { e164: string } | { fault: PhoneFault }

/**
 * The number in international form, or what is wrong with it. As long as a mobile one, not proved to be in use:
 * numbering plans change (Côte d'Ivoire in 2021, Bénin in 2024) and a too strict check loses a sale.
 * What could be read in two ways is asked, not guessed: 077 123 45 67 under Senegal may be a number of
 * Côte d'Ivoire.
 * @param region where a number typed without + belongs
 * @param known the countries whose number one of a wrong length may be
 */
export function readNumber(
  typed: string,
  region: string | undefined,
  known: readonly string[] = [],
): PhoneReading {
  const written = plainSigns(typed).trim()
  const text = withZeros(written).replace(/^00\s?(?=\d)|^\++/, '+')
  if (!/\d/.test(text)) return { fault: { kind: 'empty' } }
  const isLikely = (one: PhoneNumber | undefined) =>
    one?.isPossible() &&
    (!one.country || lengthsOf(one.country, known).includes(one.nationalNumber.length))
  const isWhole = (part: string) =>
    isLikely(parse(part, region)) ||
    (isOldPlan(region) && part.replace(/\D/g, '').length === OLD_DIGITS)
  // A stroke is a 1, or stands between two.
  if (isTwo(text, isWhole) || isTwo(written.replaceAll('|', '/'), isWhole))
    return { fault: { kind: 'two' } }
  const letter = LETTER_INSIDE.exec(text)?.[0]
  if (letter) return { fault: { kind: 'letter', letter } }
  const number = parse(text, region) ?? (region && parse(text.replace(/[^\d+]/g, ''), region))
  if (region && ZERO_APART.test(text)) {
    const rest = text.replace(ZERO_APART, '')
    const meant = [rest, rest.slice(1)]
      .map((one) => parse(one, region))
      .find((one) => one?.isValid())
    if (meant?.country === region && !meant.nationalNumber.startsWith('0'))
      return { fault: { kind: 'zero', country: region, number: meant.formatNational() } }
    if (meant || !number || !known.includes(number.country ?? ''))
      return { fault: longIn(region, text, known) }
  }
  if (number && isLikely(number)) return { e164: number.number }
  const beside = LETTER_BESIDE.exec(text)?.[0]
  if (beside) return { fault: { kind: 'letter', letter: beside } }
  const isAbroad = text.startsWith('+')
  if (!number && region && !isAbroad) return { fault: longIn(region, text, known) }
  if (!number) return { fault: { kind: isAbroad ? 'prefix' : 'plus' } }
  const calling = number.countryCallingCode
  const country =
    [region, ...known].find((one) => one && callingCode(one) === calling) ?? number.country
  if (!country) return { fault: { kind: 'prefix' } }
  return { fault: faultOf(number.nationalNumber, country, known, isAbroad) }
}

const longIn = (country: string, text: string, known: readonly string[]): PhoneFault => ({
  kind: 'long',
  country,
  digits: text.replace(/\D/g, '').length,
  lengths: lengthsOf(country, known),
  lostZero: false,
  others: [],
})

function faultOf(
  national: string,
  country: string,
  known: readonly string[],
  isAbroad: boolean,
): PhoneFault {
  const spelt = (digits: string) => parse(digits, country)?.formatNational() ?? digits
  // Some put the 0 of other countries in front of it.
  const old = country === 'BJ' && /^(?:0?(?=[2-9]))?(\d{8})$/.exec(national)?.[1]
  if (old) return { kind: 'old', country: 'BJ', number: spelt(`01${old}`) }
  if (country === 'CI' && national.length === OLD_DIGITS)
    return { kind: 'old', country, number: national }
  const bare = national.replace(/^0/, '')
  if (bare !== national && parse(bare, country)?.isValid())
    return { kind: 'zero', country, number: spelt(bare) }
  const isOf = (other: string) =>
    parse(national, other)?.isValid() ||
    (national.startsWith(callingCode(other)) && parse(`+${national}`)?.isValid())
  const lengths = lengthsOf(country, known)
  return {
    kind: national.length < Math.max(...lengths) ? 'short' : 'long',
    country,
    digits: national.length,
    lengths,
    lostZero: parse(`0${national}`, country)?.isValid() ?? false,
    others: isAbroad ? [] : known.filter((other) => other !== country && isOf(other)),
  }
}

const parse = (text: string, region?: string) =>
  parsePhoneNumberFromString(text, region as CountryCode | undefined)

const callingCode = (country: string) => getCountryCallingCode(country as CountryCode)

/**
 * Of a number as it is written abroad, without the country's prefix; in countries that are known to have
 * one length of mobile numbers, that one: a digit too few is no landline of the village.
 */
function lengthsOf(country: string, known: readonly string[]): number[] {
  const code = country as CountryCode
  const mobile = known.includes(country) && getExampleNumber(code, examples)
  if (mobile) return [mobile.nationalNumber.length]
  const metadata = new Metadata()
  metadata.selectNumberingPlan(code)
  return metadata.numberingPlan!.possibleLengths()
}

/**
 * O for 0, l and I for 1, in a word that is a number otherwise: « O7 O7 12 34 56 ». The O may be Greek, Cyrillic,
 * or struck through, as a 0 is.
 */
const withZeros = (text: string) =>
  text.replace(/[\dOoΟοОоØøIl|]+/g, (word, at: number) =>
    /\p{L}/u.test(text[at - 1] ?? '') || /\p{L}/u.test(text[at + word.length] ?? '')
      ? word
      : /\d|^[Oo]+$/.test(word)
        ? word.replace(/[oοоø]/gi, '0').replace(/[Il|]/g, '1')
        : word,
  )

/** A 0 with a blank before the next is a slip of the finger, not the 00 that leads abroad. */
const ZERO_APART = /^0[\s.-]+(?=0)/

/** One letter among digits; x stands before an extension. */
const LETTER_INSIDE = /(?<=\d[ .-]?)(?!x)\p{L}(?=[ .-]?\d)/iu

/** One letter at an end of them, of a number that is none without it. */
const LETTER_BESIDE = /(?<!\p{L})\p{L}(?=\d)|(?<=\d)\p{L}(?!\p{L})/u

/** Of Bénin until 2024, and of Côte d'Ivoire until 2021. */
const OLD_DIGITS = 8
const isOldPlan = (country: string | undefined) => country === 'BJ' || country === 'CI'

/** Two whole numbers with something between them that no number has, or in one row. */
function isTwo(text: string, isWhole: (part: string) => boolean | undefined): boolean {
  const parts = text
    .split(/[^\d\s+().-]+|\s-\s|(?<=\d\s*)(?=\+)/)
    .filter((part) => /\d{2}/.test(part))
  if (parts.filter(isWhole).length > 1) return true
  const digits = text.replace(/\D/g, '')
  const half = digits.length / 2
  if (isWhole(text) || digits.length % 2 > 0) return false
  return half >= 7 && [digits.slice(0, half), digits.slice(half)].every(isWhole)
}

/** +223 76 12 34 56 */
export function spellPhone(phoneE164: string): string {
  return parsePhoneNumberFromString(phoneE164)?.formatInternational() ?? phoneE164
}
