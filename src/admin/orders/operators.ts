import { meansName, meansOf } from '../../money/means.ts'
import { isNeverTold } from '../../payment/kept.ts'

/** What people call an operator, or the provider's own word if we do not know it. */
export function operatorName(word: string): string {
  const means = meansOf(word)
  return means ? meansName(means) : word
}

/** False for sales by hand and free ones, of which the provider knows nothing. */
export const wentThroughProvider = ({ provider }: { provider: string }) =>
  provider !== 'hand' && provider !== 'free'

export const toldWords = {
  fr: {
    never: 'Non indiqué par CinetPay',
    neverReference: 'Non indiquée par CinetPay',
    said: (name: string) => `${name} (dit par l’acheteur)`,
  },
  en: {
    never: 'Not told by CinetPay',
    neverReference: 'Not told by CinetPay',
    said: (name: string) => `${name} (said by the buyer)`,
  },
}

type ToldWords = (typeof toldWords)['fr']

type OfPayment = { provider: string; operator: string | null; acceptedAt: Date | null }

/** The same for a payment and its order, once there is something to say. */
export const operatorOf = (payment: OfPayment, saidMeans: string | null, words: ToldWords) =>
  payment.acceptedAt || payment.operator || saidMeans
    ? operatorTold({ ...payment, saidMeans }, words)
    : undefined

/** The operator's reference; once paid, a note where the provider never reports one. */
export const referenceOf = (
  { provider, acceptedAt, operatorReference }: OfPayment & { operatorReference: string | null },
  words: ToldWords,
) => operatorReference || (acceptedAt && isNeverTold(provider) ? words.neverReference : null)

type Told = { provider: string; operator: string | null; saidMeans: string | null }

/**
 * By what means a payment was made, according to the provider or else the buyer; undefined if
 * unknown.
 */
export function operatorTold(
  { provider, operator, saidMeans }: Told,
  words: ToldWords,
): string | undefined {
  if (operator) return operatorName(operator)
  if (saidMeans) return words.said(operatorName(saidMeans))
  return isNeverTold(provider) ? words.never : undefined
}
