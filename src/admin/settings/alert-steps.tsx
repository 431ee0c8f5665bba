import type { Child } from 'hono/jsx'
import type { Shop } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { deriveKey } from '../../links/derived.ts'
import { readPushTarget } from '../../mail/push.ts'
import { Field, tie } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { CopyField } from '../parts.tsx'
import { QrCode } from '../qr.tsx'
import { alertWords } from './alert-words.ts'

const NTFY = 'https://ntfy.sh'
const APPS = {
  android: 'https://play.google.com/store/apps/details?id=io.heckel.ntfy',
  iphone: 'https://apps.apple.com/app/ntfy/id1625396347',
  maker: 'https://t.me/BotFather',
} as const

/**
 * An unguessable topic, since ntfy has no passwords. The same at each visit, so that a scanned one
 * stays valid.
 */
export const alertTopic = async ({ config }: Pick<Shop, 'config'>) =>
  `kiosque-${await deriveKey(config.appSecret, 'alert topic')}`

export const ntfyAddress = (topic: string) => `${NTFY}/${topic}`

type AlertStepsProps = {
  topic: string
  version: number
  /** The address in the field so far. */
  push: string
  token: string
  ntfyError: string | undefined
  tokenError: string | undefined
  /** A bot that nobody has written to yet. */
  silentBot?: string | undefined
  /** The address for alerts by mail; undefined: the shop sends none. */
  email: string | undefined
  language: Language
}

/** The ways to get alerts on the seller's phone: part of the form that saves the address. */
export function AlertSteps({ topic, push, language, ...props }: AlertStepsProps) {
  const words = alertWords(language)
  const { ntfy, mail } = words
  const target = readPushTarget(push)
  return (
    <>
      <p>{words.lead}</p>
      <details name="facon" open={target?.kind !== 'telegram' && !props.token}>
        <summary>{ntfy.title}</summary>
        <ol>
          <li>
            {ntfy.install} <a href={APPS.android}>{ntfy.android}</a>,{' '}
            <a href={APPS.iphone}>{ntfy.iphone}</a>.
          </li>
          <li>
            {ntfy.open} <a href={`ntfy://ntfy.sh/${topic}`}>{ntfy.openLink}</a>.
            <CopyField id="sujet" label={ntfy.add} hint={ntfy.secret} value={topic} words={ntfy} />
            <p>{ntfy.scan}</p>
            <QrCode text={ntfyAddress(topic)} label={ntfy.qr} />
          </li>
          <li>
            <StepForm {...props} push={push} deed="ntfy" label={ntfy.try} />
            {props.ntfyError && <p class="error">{props.ntfyError}</p>}
          </li>
          <li>{words.keep}</li>
        </ol>
      </details>
      <TelegramSteps {...props} push={push} language={language} />
      <details name="facon">
        <summary>{mail.title}</summary>
        {props.email === undefined ? (
          <p>{mail.none}</p>
        ) : props.email ? (
          <p>{mail.sent(props.email)}</p>
        ) : (
          <p>
            {mail.noAddress} <a href={paths.settingsPage('boutique')}>{mail.toShop}</a>
          </p>
        )}
      </details>
      <h2>{words.byHand}</h2>
    </>
  )
}

type StepFormProps = Pick<AlertStepsProps, 'version' | 'push'> & {
  deed: string
  label: string
  children?: Child
}

/** A step's form: saves nothing, and leaves the address field below as it is. */
const StepForm = ({ version, push, deed, label, children }: StepFormProps) => (
  <form method="post" action={paths.settingsPage('alertes')} novalidate>
    <input type="hidden" name="version" value={String(version)} />
    <input type="hidden" name="push" value={push} />
    {children}
    <button class="quiet" name="deed" value={deed}>
      {label}
    </button>
  </form>
)

type TelegramProps = Omit<AlertStepsProps, 'topic' | 'email'>

function TelegramSteps(props: TelegramProps) {
  const { token, tokenError, silentBot, push, language } = props
  const words = alertWords(language)
  const { telegram } = words
  const error = silentBot ? telegram.silent(silentBot) : tokenError
  const field = { name: 'token', hint: telegram.tokenHint, error }
  return (
    <details name="facon" open={readPushTarget(push)?.kind === 'telegram' || token !== ''}>
      <summary>{telegram.title}</summary>
      <ol>
        <li>
          {telegram.make} <a href={APPS.maker}>@BotFather</a> {telegram.makeMore}
        </li>
        <li>
          {telegram.write}
          {silentBot && (
            <p>
              <a class="tap" href={`https://t.me/${silentBot}`}>
                {telegram.open(silentBot)}
              </a>
            </p>
          )}
        </li>
        <li>
          {telegram.paste}
          <StepForm {...props} deed="telegram" label={telegram.find}>
            <Field {...field} label={telegram.token}>
              <input
                {...tie(field)}
                type="text"
                value={token}
                maxlength={120}
                autocomplete="off"
                spellcheck={false}
              />
            </Field>
          </StepForm>
        </li>
        <li>{words.keep}</li>
      </ol>
    </details>
  )
}
