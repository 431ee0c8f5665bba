import type { Shop } from '../contracts/shop.ts'
import { lookAgain } from './settle.ts'

/** A person is waiting: the provider is asked unless it was asked a moment ago, and not for long. */
const GAP_MS = 5_000
export const PATIENCE_MS = 2_500

/** Asks about several payments at once; `settle` judges each. */
export async function checkNow(shop: Shop, paymentIds: readonly number[]): Promise<void> {
  const look = { gapMs: GAP_MS, patienceMs: PATIENCE_MS }
  await Promise.all(paymentIds.map((id) => lookAgain(shop, id, look)))
}

/**
 * The same, for a visitor who must not learn whether there was anything to ask: it takes the same
 * time with or without payments.
 */
export async function checkUnseen(shop: Shop, paymentIds: readonly number[]): Promise<void> {
  const pause = new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS)
  })
  await Promise.all([checkNow(shop, paymentIds), pause])
}
