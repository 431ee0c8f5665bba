import { bookDeeds } from '../books/deeds.ts'
import { caseDeeds } from '../disputes/deeds.ts'
import { doctorDeeds } from '../doctor/deeds.tsx'
import { orderDeeds } from '../orders/deeds.ts'
import { promotionDeeds } from '../promotions/deeds.tsx'
import { startDeeds } from '../start/deeds.tsx'
import type { AnyDeed } from './deed.ts'

/** Every deed of the desk. `test/admin/deeds.test.ts` goes over all of them. */
export const allDeeds: readonly AnyDeed[] = [
  ...orderDeeds,
  ...caseDeeds,
  ...bookDeeds,
  ...promotionDeeds,
  ...doctorDeeds,
  ...startDeeds,
]
