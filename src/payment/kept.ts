import { cinetpayKept } from './cinetpay-kept.ts'

/** How to read the records that are kept of a provider's notices and checks. */
export type KeptWords = {
  /** Fields that identify the buyer; an erasure removes them. */
  personalFields: readonly string[]
  /** A check's code for a payment that the provider returned by itself (the view `given_back` has it, too). */
  givenBackCode?: string
  /** Names of providers that never name the mobile operator of a payment. */
  withoutOperator?: readonly string[]
}

/** One line for every provider whose payments a shop may hold, even long after its keys are gone. */
const KEPT: readonly KeptWords[] = [cinetpayKept]

export const PERSONAL_FIELDS = KEPT.flatMap(({ personalFields }) => personalFields)

export const saysGivenBack = (code: string) =>
  KEPT.some(({ givenBackCode }) => givenBackCode === code)

export const isNeverTold = (provider: string) =>
  KEPT.some(({ withoutOperator }) => withoutOperator?.includes(provider))
