import { meansName, meansOf } from '../../money/means.ts'
import { isNeverTold } from '../../payment/kept.ts'

/** What a person calls an operator, or the provider's own word if we do not know it. */
export function operatorName(word: string): string {
  const means = meansOf(word)
  return means ? meansName(means) : word
}

/** The provider knows nothing of a sale by hand, nor of one for nothing. */
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

/** The same of a payment and its order, as far as there is something to say of it yet. */
export const operatorOf = (payment: OfPayment, saidMeans: string | null, words: ToldWords) =>
  payment.acceptedAt || payment.operator || saidMeans
    ? operatorTold({ ...payment, saidMeans }, words)
    : undefined

/** What the operator calls it; that nobody will tell it is said once it is paid. */
export const referenceOf = (
  { provider, acceptedAt, operatorReference }: OfPayment & { operatorReference: string | null },
  words: ToldWords,
) => operatorReference || (acceptedAt && isNeverTold(provider) ? words.neverReference : null)

type Told = { provider: string; operator: string | null; saidMeans: string | null }

/** With what a payment was made, by the provider or else by the buyer; undefined: unknown. */
export function operatorTold(
  { provider, operator, saidMeans }: Told,
  words: ToldWords,
): string | undefined {
  if (operator) return operatorName(operator)
  if (saidMeans) return words.said(operatorName(saidMeans))
  return isNeverTold(provider) ? words.never : undefined
}
