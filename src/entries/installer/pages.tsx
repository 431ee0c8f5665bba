import { fieldsOf } from '../../views/fields-of.ts'
import { Refusal, SelectField, TextField } from '../../views/form.tsx'
import { ButtonLink } from '../../views/links.tsx'
import { CURRENCIES } from '../../money/currency.ts'
import { paths } from '../../links/addresses.ts'
import { countryOptions } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { Check } from './checks.ts'
import { Frame, StepFrame, stepPaths } from './frame.tsx'
import type { Draft } from './host.ts'
import type { Errors, Typed } from './settings.ts'
import { installerWords } from './words.ts'

type Localised = { language: Language }
type StepProps = Localised & {
  typed: Typed
  errors?: Errors | undefined
  /** Our address as CinetPay sees it, for the payment step. */
  seenAs?: string | undefined
}

export function DoorPage({ language, file, fault }: Localised & { file: string; fault?: string }) {
  const { door } = installerWords(language)
  return (
    <Frame language={language} title={door.title}>
      <h1>{door.title}</h1>
      {fault && <Refusal>{fault}</Refusal>}
      <p>{door.lead}</p>
      <p>
        <code class="address">{file}</code>
      </p>
      <p class="soft small">{door.how}</p>
      <form method="post" action={paths.installer}>
        <TextField name="code" label={door.code} value="" autocomplete="off" maxlength={60} />
        <div class="buttons">
          <button>{door.enter}</button>
        </div>
      </form>
    </Frame>
  )
}

const MOODS: Record<Check['state'], string> = { good: 'good', warn: 'soft', bad: 'bad' }

export function HostPage({ language, checks }: Localised & { checks: Check[] }) {
  const words = installerWords(language)
  const mayGoOn = checks.every(({ state }) => state !== 'bad')
  return (
    <StepFrame step="host" language={language}>
      <ul class="list found">
        {checks.map(({ state, says }) => (
          <li data-state={state}>
            <span class={`badge ${MOODS[state]}`}>{words.host[state]}</span>
            <span>{says}</span>
          </li>
        ))}
      </ul>
      <div class="buttons">
        {mayGoOn ? (
          <ButtonLink to={stepPaths.address} label={words.next} />
        ) : (
          <ButtonLink to={stepPaths.host} label={words.host.again} quiet />
        )}
      </div>
    </StepFrame>
  )
}

export function AddressPage({ language, typed, errors = {} }: StepProps) {
  const words = installerWords(language)
  const at = fieldsOf({ words: words.address, typed, errors })
  return (
    <StepFrame step="address" language={language} errors={errors}>
      <form method="post" novalidate>
        <TextField {...at('address')} type="url" maxlength={300} />
        <div class="buttons">
          <button>{words.next}</button>
        </div>
      </form>
    </StepFrame>
  )
}

export function DatabasePage({ language, typed, errors = {} }: StepProps) {
  const words = installerWords(language)
  const { database } = words
  const at = fieldsOf({ words: database, typed, errors })
  return (
    <StepFrame step="database" language={language} errors={errors}>
      <form method="post" novalidate autocomplete="off">
        <TextField {...at('host')} />
        <TextField {...at('port')} inputmode="numeric" maxlength={5} />
        <TextField {...at('name')} />
        <TextField {...at('user')} />
        <TextField {...at('password')} type="password" />
        <details open={Boolean(typed['url'])}>
          <summary>{database.elsewhere}</summary>
          <TextField {...at('url')} />
        </details>
        {(errors['secret'] || typed['secret']) && <TextField {...at('secret')} />}
        {errors['clock'] && (
          <>
            <p class="error" role="alert">
              {errors['clock']}
            </p>
            <div class="field check">
              <input id="clock" name="clock" type="checkbox" value="seen" />
              <label for="clock">{database.clockSeen}</label>
            </div>
          </>
        )}
        <div class="buttons">
          <button>{database.try}</button>
        </div>
      </form>
    </StepFrame>
  )
}

export function PaymentPage({ language, typed, errors = {}, seenAs }: StepProps) {
  const words = installerWords(language)
  const { payment } = words
  const at = fieldsOf({ words: payment, typed, errors })
  const kind = (value: string, label: string) => (
    <div class="field check">
      <input
        id={`kind-${value}`}
        type="radio"
        name="kind"
        value={value}
        checked={typed['kind'] === value}
      />
      <label for={`kind-${value}`}>{label}</label>
    </div>
  )
  const countries = countryOptions(language)
  return (
    <StepFrame step="payment" language={language} errors={errors}>
      <form method="post" novalidate autocomplete="off">
        {errors['kind'] && <p class="error">{errors['kind']}</p>}
        <fieldset>
          <legend>{payment.kind}</legend>
          {kind('v1', payment.v1)}
          <div class="field">
            <p class="hint">{payment.callers}</p>
            {seenAs ? (
              <p class="hint">
                {payment.seen} <code class="address">{seenAs}</code>
              </p>
            ) : (
              <p class="hint">{payment.unseen}</p>
            )}
          </div>
          <TextField {...at('v1Key')} />
          <TextField {...at('v1Password')} />
          {errors['unlisted'] && (
            <>
              <div class="field">
                <p class="error" role="alert">
                  {errors['unlisted']}
                </p>
              </div>
              <div class="field check">
                <input id="unlisted" name="unlisted" type="checkbox" value="yes" />
                <label for="unlisted">{payment.unlisted}</label>
              </div>
            </>
          )}
          <hr />
          {kind('v2', payment.v2)}
          <TextField {...at('key')} />
          <TextField {...at('site')} inputmode="numeric" />
          <TextField {...at('secretKey')} />
          <hr />
          {kind('later', payment.later)}
          <p class="hint">{payment.laterHint}</p>
        </fieldset>
        <SelectField
          {...at('currency')}
          options={Object.keys(CURRENCIES).map((name) => ({ value: name, label: name }))}
        />
        <SelectField {...at('country')} options={countries} />
        <div class="buttons">
          <button>{payment.try}</button>
        </div>
      </form>
    </StepFrame>
  )
}

export function MailPage({ language, typed, errors = {} }: StepProps) {
  const words = installerWords(language)
  const { mail } = words
  const at = fieldsOf({ words: mail, typed, errors })
  return (
    <StepFrame step="mail" language={language} errors={errors}>
      <form method="post" novalidate autocomplete="off">
        <TextField {...at('from')} type="email" />
        <TextField {...at('mailHost')} />
        <TextField {...at('mailPort')} inputmode="numeric" maxlength={5} />
        <TextField {...at('mailUser')} />
        <TextField {...at('mailPassword')} type="password" />
        <div class="buttons">
          <button>{words.next}</button>
          <button class="quiet" name="deed" value="later">
            {mail.later}
          </button>
        </div>
      </form>
    </StepFrame>
  )
}

/** For hosts where the shop cannot write its own settings. */
export function PanelPage({ language, settings }: Localised & { settings: Draft }) {
  const { panel } = installerWords(language)
  return (
    <Frame language={language} title={panel.title}>
      <h1>{panel.title}</h1>
      <p class="lead">{panel.lead}</p>
      <dl>
        {Object.entries(settings).map(([name, value]) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <code class="address">{value}</code>
            </dd>
          </>
        ))}
      </dl>
      <p class="note warn">{panel.careful}</p>
    </Frame>
  )
}

/** Between the end of the installation and the shop's first answer. */
export function WaitPage({ language, path }: Localised & { path: string }) {
  const { wait } = installerWords(language)
  return (
    <Frame language={language} title={wait.title} refreshSeconds={2}>
      <h1>{wait.title}</h1>
      <p role="status">{wait.text}</p>
      <div class="buttons">
        <ButtonLink to={path} label={wait.go} quiet />
      </div>
    </Frame>
  )
}

export function FailedPage({ language, says }: Localised & { says: string }) {
  const { failed } = installerWords(language)
  return (
    <Frame language={language} title={failed.title}>
      <h1>{failed.title}</h1>
      <Refusal>{says}</Refusal>
      <div class="buttons">
        <ButtonLink to={paths.installer} label={failed.again} />
        <ButtonLink to={stepPaths.database} label={failed.toDatabase} quiet />
      </div>
    </Frame>
  )
}
