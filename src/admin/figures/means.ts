import { lookUp } from '../../lib/look-up.ts'
import { meansOf } from '../../money/means.ts'
import type { Settings } from '../../config/settings.ts'
import { operatorTold, wentThroughProvider } from '../orders/operators.ts'
import type { FiguresWords } from './words.ts'

/** How money came: by whom, and with what, as the provider tells it or else the buyer said it. */
type Way = { provider: string; operator: string | null; saidMeans: string | null }

/** What a person calls the way that money came. */
export function meansOfPayment(way: Way, words: FiguresWords): string {
  if (way.provider === 'hand') return words.hand
  if (way.provider === 'free') return words.free
  return operatorTold(way, words.told) ?? words.unknownOperator
}

/** What the provider keeps of it, in hundredths of a percent; nothing of what never went through it. */
export function feeRateOf(way: Way, fees: Settings['fees']): number {
  if (!wentThroughProvider(way)) return 0
  const means = meansOf(way.operator || way.saidMeans || '')
  return (means && lookUp(fees.byMeans, means)) ?? fees.basisPoints
}
