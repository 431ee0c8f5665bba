import type { Passkey } from '../../data/people/passkeys.ts'
import type { OpenSession, Person } from '../../data/people/sessions.ts'
import { paths } from '../../links/addresses.ts'
import { TextField } from '../../views/form.tsx'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain, Note } from '../parts.tsx'
import type { Language } from '../../words/words.ts'
import { Refused } from '../deeds/fields.tsx'
import { NewPasswordField } from './door-pages.tsx'
import { KeyButton } from './key-button.tsx'
import { moment } from '../../words/moments.ts'
import { accessWords } from './words.ts'

type WelcomePageProps = { language: Language; name: string }

/** Shown right after the first sign-in: offers to add a passkey, and requires nothing. */
export function WelcomePage({ language, name }: WelcomePageProps) {
  const words = accessWords(language)
  return (
    <main id="contenu">
      <div class="door">
        <h1>{words.welcome.title(name)}</h1>
        <p>{words.welcome.text}</p>
        <div class="buttons">
          <ButtonLink to={paths.desk} label={words.welcome.later} />
        </div>
        <section>
          <h2>{words.account.keys}</h2>
          <p>{words.account.keysLead}</p>
          <AddKey language={language} next={paths.desk} />
        </section>
      </div>
    </main>
  )
}

type AccountPageProps = {
  language: Language
  person: Person
  sessions: OpenSession[]
  passkeys: Passkey[]
  /** Whether a new password needs the old one. */
  asksPresent: boolean
  note: string | undefined
  errors?: AccountErrors | undefined
  summary?: string | undefined
}

export type AccountErrors = Partial<Record<'present' | 'password' | 'label', string>>

export function AccountPage({ language, person, note, summary, ...props }: AccountPageProps) {
  const words = accessWords(language).account
  const { errors = {} } = props
  return (
    <DeskMain title={words.title}>
      <Note text={note} />
      <Refused errors={errors} clash={summary} language={language} />
      <Devices language={language} person={person} sessions={props.sessions} />
      <Keys language={language} passkeys={props.passkeys} />
      <PasswordChange
        language={language}
        errors={errors}
        asksPresent={props.asksPresent}
        hasKeys={props.passkeys.length > 0}
      />
    </DeskMain>
  )
}

type DevicesProps = { language: Language; person: Person; sessions: OpenSession[] }

function Devices({ language, person, sessions }: DevicesProps) {
  const words = accessWords(language).account
  return (
    <section>
      <h2>{words.devices}</h2>
      <p class="soft small">{words.devicesLead}</p>
      <ul class="entries">
        {sessions.map((session) => {
          const [browser = '', system = ''] = session.device.split('/')
          const device = words.device(browser, system)
          const isHere = session.id === person.sessionId
          return (
            <li class="entry">
              <div>
                <p>
                  <strong>{device}</strong> {isHere && <span class="badge good">{words.here}</span>}
                </p>
                <p class="soft small">
                  {words.since(moment(session.createdAt, language))},{' '}
                  {words.seen(moment(session.lastSeenAt, language))}
                </p>
              </div>
              {!isHere && (
                <form method="post" action={paths.endDevices}>
                  <input type="hidden" name="appareil" value={String(session.id)} />
                  <button class="small-button danger" aria-label={words.stopLabel(device)}>
                    {words.stop}
                  </button>
                </form>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action={paths.endDevices}>
          <input type="hidden" name="appareil" value="autres" />
          <button class="small-button danger">{words.stopOthers}</button>
        </form>
      )}
    </section>
  )
}

type KeysProps = { language: Language; passkeys: Passkey[] }

function Keys({ language, passkeys }: KeysProps) {
  const words = accessWords(language).account
  return (
    <section>
      <h2>{words.keys}</h2>
      <p class="soft small">{words.keysLead}</p>
      {passkeys.length === 0 && <p>{words.noKeys}</p>}
      <ul class="entries">
        {passkeys.map((passkey, place) => (
          <li>
            <p>
              <strong>{passkey.label}</strong>
            </p>
            <p class="soft small">
              {words.keyAdded(moment(passkey.createdAt, language))},{' '}
              {passkey.lastUsedAt
                ? words.keyUsed(moment(passkey.lastUsedAt, language))
                : words.keyNeverUsed}
            </p>
            <details>
              <summary>{words.keyChange}</summary>
              <form method="post" action={paths.nameKey}>
                <input type="hidden" name="cle" value={passkey.id} />
                <label for={`label-${place}`}>{words.keyLabel}</label>
                <input
                  id={`label-${place}`}
                  name="label"
                  value={passkey.label}
                  maxlength={60}
                  required
                />
                <div class="buttons">
                  <button class="quiet">{words.rename}</button>
                </div>
              </form>
              <form method="post" action={paths.removeKey}>
                <input type="hidden" name="cle" value={passkey.id} />
                <button class="danger">{words.remove}</button>
              </form>
            </details>
          </li>
        ))}
      </ul>
      <AddKey language={language} />
    </section>
  )
}

function AddKey({ language, next }: { language: Language; next?: string }) {
  const words = accessWords(language).account
  return (
    <KeyButton
      language={language}
      deed="add"
      question={paths.addKeyQuestion}
      answer={paths.addKey}
      next={next}
      label={words.addKey}
      without={words.keyNeedsScript}
    />
  )
}

type PasswordChangeProps = {
  language: Language
  errors: AccountErrors
  asksPresent: boolean
  hasKeys: boolean
}

function PasswordChange({ language, errors, asksPresent, hasKeys }: PasswordChangeProps) {
  const words = accessWords(language).account
  const here = `${paths.access}#mot-de-passe`
  return (
    <section id="mot-de-passe">
      <details open={errors.present !== undefined || errors.password !== undefined || !asksPresent}>
        <summary>{words.changePassword}</summary>
        <form method="post" action={paths.newPassword} novalidate>
          {asksPresent && (
            <TextField
              name="present"
              label={words.presentPassword}
              error={errors.present}
              type="password"
              value=""
              autocomplete="current-password"
              required
            />
          )}
          {asksPresent && hasKeys && (
            <p>
              <a href={`${paths.stepUp}?suite=${encodeURIComponent(here)}`}>
                {words.presentForgotten}
              </a>
            </p>
          )}
          <NewPasswordField language={language} label={words.newPassword} error={errors.password} />
          <div class="buttons">
            <button>{words.change}</button>
          </div>
        </form>
      </details>
    </section>
  )
}
