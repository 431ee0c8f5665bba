import type { Shop } from '../../src/contracts/shop.ts'
import { watchSteps } from './steps.ts'

/** A process that ends here: from this point on, this request does nothing more. */
export class Crash extends Error {
  override name = 'Crash'
}

/**
 * The shop as a request sees it that is killed at its `at`-th outside step (a statement, a call to
 * the provider), before the step or just after it: the answer is lost, the deed may be done.
 */
export function crashing(
  shop: Shop,
  at: number,
  after: boolean,
): { shop: Shop; crashed(): boolean } {
  let step = 0
  let dead = false
  const mortal = watchSteps(shop, async (_, deed) => {
    step++
    if (dead || (step >= at && !after)) {
      dead = true
      throw new Crash()
    }
    const answer = await deed()
    if (dead || step >= at) {
      dead = true
      throw new Crash()
    }
    return answer
  })
  return { shop: mortal, crashed: () => dead }
}
