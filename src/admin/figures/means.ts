import { lookUp } from '../../lib/look-up.ts'
import { meansOf } from '../../money/means.ts'
import type { Settings } from '../../config/settings.ts'
import { operatorTold, wentThroughProvider } from '../orders/operators.ts'
import type { FiguresWords } from './words.ts'

/**
 * How money came in: through which provider, and by what means, as the provider reported it or else
 * as the buyer said.
 */
type Way = { provider: string; operator: string | null; saidMeans: string | null }

/** What people call that means of payment. */
export function meansOfPayment(way: Way, words: FiguresWords): string {
  if (way.provider === 'hand') return words.hand
  if (way.provider === 'free') return words.free
  return operatorTold(way, words.told) ?? words.unknownOperator
}

/** The provider's fee, in hundredths of a percent; 0 for money that never went through it. */
export function feeRateOf(way: Way, fees: Settings['fees']): number {
  if (!wentThroughProvider(way)) return 0
  const means = meansOf(way.operator || way.saidMeans || '')
  return (means && lookUp(fees.byMeans, means)) ?? fees.basisPoints
}
