import type { StepFacts } from '../../data/orders/desk-home.ts'
import type { KnownOutage } from '../../data/orders/outages.ts'
import type { StoredSettings } from '../../data/settings.ts'
import type { Config } from '../../config/config.ts'
import type { Settings } from '../../config/settings.ts'
import { missingIdentity } from '../../storefront/legal/identity.ts'

export type Step = Settings['start']['done'][number]
export const STEPS: readonly Step[] = ['shop', 'cinetpay', 'book', 'sale']

export type StepState = 'done' | 'later' | 'todo'

/**
 * How far the shop is set up: derived from what exists, so that it stays true however it got there.
 * Only a postponed step is stored.
 */
export function stepStates(
  settings: StoredSettings,
  facts: StepFacts,
  config: Pick<Config, 'cinetpay'>,
  outage: Pick<KnownOutage, 'denial'> | undefined,
): Record<Step, StepState> {
  const isDone: Record<Step, boolean> = {
    // The legal pages are generated from the seller's identity.
    shop: settings.versions.shop > 0 && missingIdentity(settings, 'fr').length === 0,
    cinetpay: config.cinetpay !== undefined && !outage?.denial,
    book: facts.ownBookSlug !== null,
    sale: facts.hasOwnSale,
  }
  const state = (step: Step): StepState =>
    isDone[step] ? 'done' : settings.start.done.includes(step) ? 'later' : 'todo'
  return Object.fromEntries(STEPS.map((step) => [step, state(step)])) as Record<Step, StepState>
}

/** The first step that is neither done nor postponed. */
export const nextStep = (states: Record<Step, StepState>) =>
  STEPS.find((step) => states[step] === 'todo')
