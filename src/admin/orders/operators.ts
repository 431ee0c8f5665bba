/**
 * Providers write operators in many ways (OM, OMCIV2, WAVECI, MTNCM, WAVE_SN …): what a person
 * calls them, or their own word when it is none of these.
 */
const NAMES: readonly [RegExp, string][] = [
  [/^OM|ORANGE/i, 'Orange Money'],
  [/WAVE/i, 'Wave'],
  [/MOMO|MTN/i, 'MTN MoMo'],
  [/FLOOZ|MOOV/i, 'Moov Money'],
  [/T-?MONEY/i, 'T-Money'],
  [/FREE/i, 'Free Money'],
  [/EXPRESSO/i, 'Expresso'],
  [/AIRTEL/i, 'Airtel Money'],
  [/CARD|VISA/i, 'Visa / Mastercard'],
]

export const operatorName = (word: string) =>
  NAMES.find(([pattern]) => pattern.test(word))?.[1] ?? word
