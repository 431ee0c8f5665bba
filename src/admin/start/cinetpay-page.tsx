import type { Config } from '../../config.ts'
import type { ProbeAnswer } from '../../payment/provider.ts'
import { paths } from '../../urls.ts'
import type { Language } from '../../words/words.ts'
import { startWords } from './words.ts'

type CinetpayPageProps = {
  config: Pick<Config, 'cinetpay' | 'notifyUrl' | 'returnUrl'>
  /** The answer to a test just made. */
  probe?: ProbeAnswer | undefined
  hasTrueNotice: boolean
  language: Language
}

/** A start with only some of the keys is refused, so all three are there, or none. */
const KEYS = ['CINETPAY_API_KEY', 'CINETPAY_SITE_ID', 'CINETPAY_SECRET']

export function CinetpayPage({ config, probe, hasTrueNotice, language }: CinetpayPageProps) {
  const { cinetpay: words, back } = startWords(language)
  const isLive = config.cinetpay !== undefined
  return (
    <main id="contenu" class="form-page">
      <p>
        <a href={`${paths.firstSteps}#cinetpay`}>← {back}</a>
      </p>
      <h1>{words.title}</h1>
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
        </>
      )}
      <h2>{words.keys}</h2>
      <ul class="list keys">
        {KEYS.map((name) => (
          <li>
            <code>{name}</code>{' '}
            <span class={`badge ${isLive ? 'good' : 'soft'}`}>
              {isLive ? words.set : words.unset}
            </span>
          </li>
        ))}
      </ul>
      {isLive && (
        <form method="post" action={`${paths.firstSteps}/cinetpay`}>
          <p>{words.testText}</p>
          <button>{words.test}</button>
          <p class="small soft">{hasTrueNotice ? words.secretSeen : words.secretUnseen}</p>
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
    </main>
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
