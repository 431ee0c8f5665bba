import { Hono } from 'hono'
import { paths } from '../../links/addresses.ts'
import { showPage } from '../deeds/frame.tsx'
import type { DeskEnv } from '../guard.ts'
import { showReminders } from './deeds.tsx'

/** Buyers who began to pay and stopped: each message is sent by the seller personally. */
export const reminders = new Hono<DeskEnv>()

reminders.get(
  paths.toRemind,
  showPage(
    async () => true,
    (visit) => showReminders(visit),
  ),
)
