import { forgery } from '../forgery.ts'
import type { Target } from '../forgery.ts'
import { postNotice } from './postman.ts'
import type { Stage } from './stage.ts'

const AT_ONCE = 20

/** A hash of everything that the shop keeps; no fact can change without changing it. */
async function everythingKept({ sql }: Stage): Promise<string> {
  const [row] = await sql<{ hash: string }[]>`
    select md5(concat(
      (select string_agg(orders::text, '|' order by id) from orders),
      (select string_agg(payments::text, '|' order by id) from payments),
      (select string_agg(grants::text, '|' order by order_id) from grants),
      (select string_agg(notices::text, '|' order by id) from notices),
      (select string_agg(events::text, '|' order by id) from events),
      (select string_agg(throttles::text, '|' order by key, window_start) from throttles)
    )) as hash`
  return row!.hash
}

/**
 * Posts `count` notices that say that a payment was accepted, under tokens that their author could
 * not make. How they were answered, how many checks they caused, whether a single row changed.
 */
export async function forgeNotices(
  stage: Stage,
  target: Target,
  count: number,
  tell = (_done: number) => {},
) {
  const before = await everythingKept(stage)
  const checksBefore = stage.provider.checksMade()
  const answers: Record<number, number> = {}
  let sent = 0
  const forge = async () => {
    while (sent < count) {
      sent++
      const address = `${stage.url}/payment/callback/`
      const status = await postNotice(forgery(stage.api, address, target, stage.luck))
      answers[status] = (answers[status] ?? 0) + 1
      if (sent % 1_000 === 0) tell(sent)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, forge))
  return {
    answers,
    checks: stage.provider.checksMade() - checksBefore,
    isChanged: before !== (await everythingKept(stage)),
  }
}
