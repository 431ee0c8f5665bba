import type { Child } from 'hono/jsx'
import type { Question } from '../../limits/question.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { fieldsOf } from '../../views/fields-of.ts'
import { Refusal, TextField } from '../../views/form.tsx'
import { QuestionField } from '../../views/question-field.tsx'
import { ButtonLink } from '../../views/links.tsx'
import { MAX_PASSWORD_LENGTH } from '../../lib/password.ts'
import { Refused } from '../deeds/fields.tsx'
import { KeyButton } from './key-button.tsx'
import type { PersonErrors, PersonTyped } from './person-form.ts'
import { WAITING_FIELDS, WaitingFields } from './waiting-form.tsx'
import type { WaitingForm } from './waiting-form.tsx'
import { accessWords } from './words.ts'

/** A page that needs no session. */
function Door({ title, children }: { title: string; children: Child }) {
  return (
    <main id="contenu">
      <div class="door">
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}

const FORM_ID = 'entrer'

type SignInPageProps = {
  language: Language
  login: string
  /** Where to go after signing in. */
  next: string | undefined
  /** Or the form to send after signing in. */
  waiting?: WaitingForm | undefined
  fault?: string | undefined
  note?: string | undefined
  question?: Question
  hasOwner: boolean
}

export function SignInPage(props: SignInPageProps) {
  const { language, login, next, waiting, fault, note, question, hasOwner } = props
  const words = accessWords(language)
  const typed = { login, password: '' }
  const at = fieldsOf({ words: words.door, typed, errors: {} })
  if (!hasOwner)
    return (
      <Door title={words.door.title}>
        <p class="note warn">
          <strong>{words.door.noOwner}</strong> {words.door.noOwnerHelp}
        </p>
      </Door>
    )
  return (
    <Door title={words.door.title}>
      {note && <p class="note">{note}</p>}
      {fault && <Refusal>{fault}</Refusal>}
      <form method="post" action={paths.signIn} id={FORM_ID}>
        {next && <input type="hidden" name="suite" value={next} />}
        {waiting && <WaitingFields {...waiting} />}
        <TextField
          {...at('login')}
          {...(waiting && { name: WAITING_FIELDS.login })}
          autocomplete="username"
          maxlength={100}
          required
        />
        <TextField
          {...at('password')}
          {...(waiting && { name: WAITING_FIELDS.password })}
          type="password"
          autocomplete="current-password"
          required
          data-show={words.password.show}
          data-hide={words.password.hide}
        />
        {question && <QuestionField question={question} language={language} />}
        <div class="buttons">
          <button>{words.door.enter}</button>
        </div>
      </form>
      <KeyButton
        language={language}
        deed="enter"
        question={paths.keyQuestion}
        answer={paths.signInByKey}
        next={next}
        form={waiting && { id: FORM_ID, action: waiting.deed }}
        label={words.door.withKey}
        lead={words.door.or}
      />
      <details>
        <summary>{words.door.forgotten}</summary>
        <p>{words.door.forgottenHelp}</p>
      </details>
    </Door>
  )
}

export type SetupPageProps = {
  language: Language
  setupKey: string
  typed: PersonTyped
  errors?: PersonErrors | undefined
}

export function SetupPage({ language, setupKey, typed, errors = {} }: SetupPageProps) {
  const words = accessWords(language)
  const labels = { ...words.setup, login: words.door.login }
  const at = fieldsOf({ words: labels, typed, errors })
  return (
    <Door title={words.setup.title}>
      <p class="lead">{words.setup.lead}</p>
      <form method="post" action={paths.setup(setupKey)} novalidate>
        <Refused errors={errors} language={language} />
        <TextField {...at('name')} autocomplete="name" maxlength={60} required />
        <TextField {...at('login')} autocomplete="username" maxlength={40} required />
        <NewPasswordField language={language} error={errors.password} />
        <div class="buttons">
          <button>{words.setup.make}</button>
        </div>
      </form>
    </Door>
  )
}

/** For the second of two people who set up the desk at the same moment. */
export function TooLatePage({ language }: { language: Language }) {
  const words = accessWords(language).setup
  return (
    <Door title={words.late}>
      <p>{words.lateHelp}</p>
      <div class="buttons">
        <ButtonLink to={paths.signIn} label={words.toDoor} />
      </div>
    </Door>
  )
}

type InvitationPageProps = {
  language: Language
  invitationKey: string
  name: string
  login: string
  error?: string | undefined
}

export function InvitationPage({ language, invitationKey, ...props }: InvitationPageProps) {
  const words = accessWords(language)
  return (
    <Door title={words.invitation.title(props.name)}>
      <p>
        {words.invitation.lead} <strong class="code">{props.login}</strong>
      </p>
      <form method="post" action={paths.invitation(invitationKey)} novalidate>
        {/* For the browser's password manager. */}
        <input type="hidden" name="login" value={props.login} autocomplete="username" />
        <NewPasswordField language={language} error={props.error} />
        <div class="buttons">
          <button>{words.invitation.set}</button>
        </div>
      </form>
    </Door>
  )
}

export function InvitationOverPage({ language }: { language: Language }) {
  const words = accessWords(language).invitation
  return (
    <Door title={words.over}>
      <p>{words.overHelp}</p>
    </Door>
  )
}

type NewPasswordFieldProps = { language: Language; label?: string; error?: string | undefined }

export function NewPasswordField({ language, label, error }: NewPasswordFieldProps) {
  const words = accessWords(language).password
  return (
    <TextField
      name="password"
      label={label ?? words.chosen}
      hint={words.hint}
      error={error}
      type="password"
      value=""
      autocomplete="new-password"
      maxlength={MAX_PASSWORD_LENGTH * 2}
      required
      data-show={words.show}
      data-hide={words.hide}
    />
  )
}

/** The same address once more, by itself: see from-elsewhere.tsx. */
export function ElsewherePage({ language, address }: { language: Language; address: string }) {
  const words = accessWords(language).elsewhere
  return (
    <Door title={words.title}>
      <p>{words.text}</p>
      <div class="buttons">
        <ButtonLink to={address} label={words.go} />
      </div>
    </Door>
  )
}
