import { cinetpayKept } from './cinetpay-kept.ts'

/** What a provider's words mean in the records that are kept of its notices and checks. */
export type KeptWords = {
  /** What tells of the buyer; an erasure takes it out. */
  personalFields: readonly string[]
  /** A check's code for a payment that was given back by itself (see the view `given_back`, too). */
  givenBackCode?: string
  /** Names of providers of whose payments nobody will ever tell the operator. */
  withoutOperator?: readonly string[]
}

/** Of every provider whose payments a shop may hold, long after its keys are gone: a line each. */
const KEPT: readonly KeptWords[] = [cinetpayKept]

export const PERSONAL_FIELDS = KEPT.flatMap(({ personalFields }) => personalFields)

export const saysGivenBack = (code: string) =>
  KEPT.some(({ givenBackCode }) => givenBackCode === code)

export const isNeverTold = (provider: string) =>
  KEPT.some(({ withoutOperator }) => withoutOperator?.includes(provider))
