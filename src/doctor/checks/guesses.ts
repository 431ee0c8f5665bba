import { listManyWrong } from '../../data/throttles.ts'
import type { Shop } from '../../contracts/shop.ts'
import { advice, well } from '../finding.ts'
import type { Finding } from '../finding.ts'
import type { DoctorWords } from '../words/words.ts'
import { DAY_MS } from '../../lib/time.ts'

const LOOK_BACK_MS = DAY_MS

/** What was guessed at often since yesterday: the limits held, but a person may want to know. */
export async function guesses(shop: Shop, words: DoctorWords): Promise<Finding[]> {
  const { name, ...says } = words.guesses
  const many = await listManyWrong(shop.sql, new Date(shop.now().getTime() - LOOK_BACK_MS))
  if (many.length === 0) return [well(name, says.well)]
  return many.map(({ kind }) => advice(name, says.of[kind]))
}
