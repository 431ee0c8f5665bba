import { operatorName } from '../orders/operators.ts'
import type { FiguresWords } from './words.ts'

/** What a person calls the way that money came. */
export function meansOfPayment(
  { provider, operator }: { provider: string; operator: string | null },
  words: FiguresWords,
): string {
  if (provider === 'hand') return words.hand
  if (provider === 'free') return words.free
  return operator ? operatorName(operator) : words.unknownOperator
}
