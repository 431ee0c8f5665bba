import { QUESTION_FIELDS } from '../../limits/question.ts'
import { ownPath } from './own-path.ts'

/** A form that was sent, and is sent again as it was once the person has signed in. */
export type WaitingForm = { deed: string; fields: ReadonlyMap<string, string> }

/**
 * Names of our own fields, which no form of a deed has: what stands beside those of the form that waits,
 * and goes along to its address with them (307).
 */
export const WAITING_FIELDS = {
  login: 'preuve-identifiant',
  password: 'preuve',
  page: 'preuve-page',
  deed: 'preuve-envoi',
}

/** The form that waits in what a page of ours carried, if one does. */
export function waitingIn(fields: ReadonlyMap<string, string>): WaitingForm | undefined {
  const deed = ownPath(fields.get(WAITING_FIELDS.deed))
  if (!deed) return undefined
  const ours = new Set(Object.values({ ...WAITING_FIELDS, ...QUESTION_FIELDS }))
  return { deed, fields: new Map([...fields].filter(([name]) => !ours.has(name))) }
}

/** Carries it along, unseen. */
export function WaitingFields({ deed, fields }: WaitingForm) {
  return (
    <>
      {[...fields].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name={WAITING_FIELDS.deed} value={deed} />
    </>
  )
}
