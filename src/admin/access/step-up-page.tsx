import { Refusal, TextField } from '../../views/form.tsx'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { deskWords } from '../words.ts'
import { KeyButton } from './key-button.tsx'
import { WAITING_FIELDS, WaitingFields } from './waiting-form.tsx'
import type { WaitingForm } from './waiting-form.tsx'
import { accessWords } from './words.ts'

/** What follows once the person has signed in again: a page, or a form that is sent again unchanged. */
export type Next = { page: string } | WaitingForm

const FORM_ID = 'preuve-formulaire'

type StepUpPageProps = {
  language: Language
  login: string
  hasPassword: boolean
  hasKeys: boolean
  isOwner: boolean
  next: Next
  fault?: string | undefined
  error?: string | undefined
}

export function StepUpPage({ language, login, next, fault, error, ...props }: StepUpPageProps) {
  const words = accessWords(language)
  const isDeed = 'deed' in next
  return (
    <main id="contenu">
      <div class="door">
        <h1>{words.stepUp.title}</h1>
        {(fault ?? error) && <Refusal>{fault ?? deskWords(language).summary}</Refusal>}
        <p>{words.stepUp.lead}</p>
        {isDeed && <p class="soft">{words.stepUp.kept}</p>}
        <form method="post" action={paths.stepUp} id={FORM_ID}>
          {isDeed ? (
            <WaitingFields {...next} />
          ) : (
            <input type="hidden" name={WAITING_FIELDS.page} value={next.page} />
          )}
          {props.hasPassword && (
            <>
              {/* For the browser's password manager. */}
              <input type="hidden" value={login} autocomplete="username" />
              <TextField
                name={WAITING_FIELDS.password}
                label={words.door.password}
                error={error}
                type="password"
                value=""
                autocomplete="current-password"
                required
              />
              <div class="buttons">
                <button>{words.stepUp.go}</button>
              </div>
            </>
          )}
        </form>
        {props.hasKeys && (
          <KeyButton
            language={language}
            deed="prove"
            question={paths.stepUpQuestion}
            answer={paths.stepUpByKey}
            next={isDeed ? undefined : next.page}
            form={isDeed ? { id: FORM_ID, action: next.deed } : undefined}
            label={words.stepUp.withKey}
            lead={props.hasPassword ? words.door.or : undefined}
            without={props.hasPassword ? undefined : words.stepUp.keyNeedsScript}
          />
        )}
        <details>
          <summary>{words.door.forgotten}</summary>
          <p>{props.isOwner ? words.stepUp.forgottenOwner : words.stepUp.forgottenHelper}</p>
        </details>
        <p>
          <a href={paths.desk}>{words.stepUp.back}</a>
        </p>
      </div>
    </main>
  )
}
