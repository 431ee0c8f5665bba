import type { Shop } from '../../src/shop.ts'

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
  async function guard<T>(deed: () => PromiseLike<T>): Promise<T> {
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
  }
  const sql = new Proxy(shop.sql, {
    apply(target, self, parts: never[]) {
      const query = Reflect.apply(target, self, parts) as PromiseLike<unknown>
      if (!Object.hasOwn(parts[0]!, 'raw')) return query
      const run = query.then.bind(query)
      query.then = (onAnswer, onFault) =>
        guard(() => run((rows) => rows)).then(onAnswer, onFault) as never
      return query
    },
  })
  const { provider } = shop
  return {
    shop: {
      ...shop,
      sql,
      provider: {
        ...provider,
        begin: (payment) => guard(() => provider.begin(payment)),
        check: (payment) => guard(() => provider.check(payment)),
      },
    },
    crashed: () => dead,
  }
}
