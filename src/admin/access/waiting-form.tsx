import { QUESTION_FIELDS } from '../../limits/question.ts'
import { ownPath } from './own-path.ts'

/** A form that was sent, and will be sent again unchanged once the person has signed in. */
export type WaitingForm = { deed: string; fields: ReadonlyMap<string, string> }

/**
 * Names of our own fields, which no deed's form uses: they stand beside the fields of the waiting
 * form and travel to its address with them (307).
 */
export const WAITING_FIELDS = {
  login: 'preuve-identifiant',
  password: 'preuve',
  page: 'preuve-page',
  deed: 'preuve-envoi',
}

/** The waiting form that a page of ours carried, if any. */
export function waitingIn(fields: ReadonlyMap<string, string>): WaitingForm | undefined {
  const deed = ownPath(fields.get(WAITING_FIELDS.deed))
  if (!deed) return undefined
  const ours = new Set(Object.values({ ...WAITING_FIELDS, ...QUESTION_FIELDS }))
  return { deed, fields: new Map([...fields].filter(([name]) => !ours.has(name))) }
}

/** Carries it along in hidden fields. */
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
