import { caseDeeds } from '../disputes/deeds.ts'
import { orderDeeds } from '../orders/deeds.ts'
import type { AnyDeed } from './deed.ts'

/** Every deed of the desk. `test/admin/deeds.test.ts` goes over all of them. */
export const allDeeds: readonly AnyDeed[] = [...orderDeeds, ...caseDeeds]
