import { lookUp } from '../lib/look-up.ts'
import type { PhoneCountry } from './countries.ts'
import type { Provider } from './provider.ts'

/**
 * Ways to pay, as people call them today (T-Money and Free Money are Mixx by Yas), and the signs by
 * which a provider's word for one is known: OM, OMCIV2, WAVECI, MTNCM, TmoneyTG …
 */
const KNOWN = {
  orange: ['Orange Money', /^OM|ORANGE/i],
  wave: ['Wave', /WAVE/i],
  mtn: ['MTN MoMo', /MOMO|MTN/i],
  moov: ['Moov Money', /FLOOZ|MOOV/i],
  mixx: ['Mixx by Yas', /T-?MONEY|FREE|MIXX/i],
  expresso: ['Expresso', /EXPRESSO/i],
  airtel: ['Airtel Money', /AIRTEL/i],
  mpesa: ['M-Pesa', /M-?PESA|VODA/i],
  card: ['Visa / Mastercard', /CARD|VISA/i],
} as const satisfies Record<string, readonly [string, RegExp]>

export type Means = keyof typeof KNOWN

export const MEANS = Object.keys(KNOWN) as Means[]

export const meansName = (means: Means): string => KNOWN[means][0]

/** From a provider's word, or our own; undefined if it is not one of these. */
export const meansOf = (word: string): Means | undefined =>
  MEANS.find((means) => KNOWN[means][1].test(word))

/** What a form says; anything else is ignored. */
export const readMeans = (typed: string): Means | null =>
  MEANS.find((means) => means === typed) ?? null

/**
 * What CinetPay's page offers in a country: by its documents for CI, ML, SN, TG, BF and CM, by an
 * integrator for CG; for the others it is a guess, from the mobile money that exists there. None for
 * GQ.
 */
const OF_COUNTRY: Record<PhoneCountry, readonly Means[]> = {
  BF: ['orange', 'moov', 'card'],
  BJ: ['mtn', 'moov', 'card'],
  CI: ['orange', 'wave', 'mtn', 'moov', 'card'],
  ML: ['orange', 'moov', 'card'],
  NE: ['airtel', 'moov', 'card'],
  SN: ['wave', 'orange', 'mixx', 'expresso', 'card'],
  TG: ['mixx', 'moov', 'card'],
  CF: ['orange', 'card'],
  CG: ['mtn', 'airtel', 'card'],
  CM: ['orange', 'mtn', 'card'],
  GA: ['airtel', 'moov', 'card'],
  GQ: [],
  TD: ['airtel', 'moov', 'card'],
  CD: ['mpesa', 'orange', 'airtel', 'card'],
  GN: ['orange', 'mtn', 'card'],
}

/**
 * What the order form asks in a shop of that country, whose account decides what its page offers;
 * nothing where the provider tells it afterwards. The answer helps on the waiting page and in the
 * figures. It is not passed on as `payment_method`, which may narrow what CinetPay's page offers:
 * that was never seen, and a buyer who pays with something else in the end would be turned away.
 */
export const meansAsked = (
  { tells }: Pick<Provider, 'tells'>,
  country: string,
): readonly Means[] => (tells.operator ? [] : (lookUp(OF_COUNTRY, country) ?? []))
