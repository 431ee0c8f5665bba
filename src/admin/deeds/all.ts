import { accountDeeds } from '../access/account.tsx'
import { teamDeeds } from '../access/team.tsx'
import { backupDeeds } from '../backup/deeds.ts'
import { bookDeeds } from '../books/deeds.ts'
import { customerDeeds } from '../customers/deeds.tsx'
import { disputeDeeds } from '../disputes/deeds.ts'
import { doctorDeeds } from '../doctor/deeds.tsx'
import { orderDeeds } from '../orders/deeds.ts'
import { promotionDeeds } from '../promotions/deeds.tsx'
import { reminderDeeds } from '../reminders/deeds.tsx'
import { settingsDeeds } from '../settings/deeds.tsx'
import { startDeeds } from '../start/deeds.tsx'
import { uploadDeeds } from '../uploads/deeds.tsx'
import { versionDeeds } from '../version/deeds.tsx'
import type { AnyDeed } from './deed.ts'

/** Every deed of the desk. `test/admin/deeds.long.test.ts` goes over all of them. */
export const allDeeds: readonly AnyDeed[] = [
  ...orderDeeds,
  ...reminderDeeds,
  ...customerDeeds,
  ...disputeDeeds,
  ...bookDeeds,
  ...uploadDeeds,
  ...promotionDeeds,
  ...doctorDeeds,
  ...startDeeds,
  ...settingsDeeds,
  ...backupDeeds,
  ...teamDeeds,
  ...accountDeeds,
  ...versionDeeds,
]
