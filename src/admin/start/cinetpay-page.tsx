import type { Config } from '../../config/config.ts'
import type { ProbeAnswer } from '../../money/provider.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { DeskMain, Note } from '../parts.tsx'
import { startWords } from './words.ts'

type CinetpayPageProps = {
  config: Pick<Config, 'cinetpay' | 'notifyUrl' | 'returnUrl'>
  /** The result of a test just made. */
  probe?: ProbeAnswer | undefined
  /** Our address as CinetPay just saw it; undefined inside if it was not reported. */
  seen?: { address: string | undefined } | undefined
  hasTrueNotice: boolean
  language: Language
}

/** A start with only some of the keys is refused: all of them are set, or none. */
const NEWER_KEYS = ['CINETPAY_API_KEY', 'CINETPAY_API_PASSWORD']
const OLDER_KEYS = ['CINETPAY_API_KEY', 'CINETPAY_SITE_ID', 'CINETPAY_SECRET']

export function CinetpayPage(props: CinetpayPageProps) {
  const { config, probe, hasTrueNotice, language } = props
  const { cinetpay: words, back } = startWords(language)
  const generation = config.cinetpay?.generation
  const isLive = generation !== undefined
  return (
    <DeskMain
      class="form-page"
      title={words.title}
      back={{ to: `${paths.firstSteps}#cinetpay`, label: back }}
    >
      {probe && <Answer probe={probe} language={language} />}
      {!isLive && <p class="note">{words.demonstration}</p>}
      {!isLive && (
        <>
          <h2>{words.howTitle}</h2>
          <ol>
            {words.how.map((step) => (
              <li>{step}</li>
            ))}
          </ol>
          <p class="small soft">{words.older(OLDER_KEYS.join(', '))}</p>
        </>
      )}
      {generation !== 'v2' && <CallersAddress {...props} />}
      <h2>{words.keys}</h2>
      <ul class="list keys">
        {(generation === 'v2' ? OLDER_KEYS : NEWER_KEYS).map((name) => (
          <li>
            <code>{name}</code>{' '}
            <span class={`badge ${isLive ? 'good' : 'soft'}`}>
              {isLive ? words.set : words.unset}
            </span>
          </li>
        ))}
      </ul>
      {isLive && (
        <form method="post" action={paths.cinetpay}>
          <p>{words.testText}</p>
          <button name="deed" value="keys">
            {words.test}
          </button>
          {generation === 'v2' && (
            <p class="small soft">{hasTrueNotice ? words.secretSeen : words.secretUnseen}</p>
          )}
        </form>
      )}
      <h2>{words.addresses}</h2>
      <p>{words.addressesText}</p>
      <p>
        {words.notify}
        <br />
        <code class="address">{config.notifyUrl}</code>
      </p>
      <p>
        {words.return}
        <br />
        <code class="address">{config.returnUrl}</code>
      </p>
    </DeskMain>
  )
}

/** CinetPay's list of allowed callers, without which nothing works, and what to enter there. */
function CallersAddress({ seen, language }: CinetpayPageProps) {
  const words = startWords(language).cinetpay.callers
  return (
    <>
      <h2 id="adresse">{words.title}</h2>
      <p>{words.text}</p>
      {seen?.address && (
        <p class="note" role="status" data-seen={seen.address}>
          {words.seen} <code class="address">{seen.address}</code>
        </p>
      )}
      {seen && !seen.address && <Note text={words.unseen} />}
      {seen?.address?.includes(':') && <p class="note bad">{words.ipv6}</p>}
      <form method="post" action={paths.cinetpay}>
        <div class="buttons">
          <button class="quiet" name="deed" value="address">
            {words.ask}
          </button>
        </div>
      </form>
      <p class="small soft">{words.relay}</p>
    </>
  )
}

function Answer({ probe, language }: { probe: ProbeAnswer; language: Language }) {
  const { cinetpay: words } = startWords(language)
  return (
    <p class={probe.kind === 'works' ? 'note' : 'note bad'} role="status" data-probe={probe.kind}>
      {words.answers[probe.kind]}
      {probe.kind === 'unclear' && ` ${words.code(probe.code)}`}
    </p>
  )
}
