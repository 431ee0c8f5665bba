import type { Finding } from '../../doctor/finding.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { DrawnFields } from '../deeds/fields.tsx'
import type { DrawnFieldsProps } from '../deeds/fields.tsx'
import { QrCode } from './qr.tsx'
import { checkUpWords } from './words.ts'

type CheckUpPageProps = {
  findings: Finding[]
  /** Everything was looked at; else only what is known without leaving the host. */
  isWhole: boolean
  phoneAddress: string
  /** Undefined: no mail leaves. */
  mail: DrawnFieldsProps | undefined
  /** A letter has left. */
  mailNote: string | undefined
  language: Language
}

export function CheckUpPage(props: CheckUpPageProps) {
  const { findings, isWhole, phoneAddress, language } = props
  const words = checkUpWords(language)
  return (
    <main id="contenu" class="form-page">
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {isWhole ? (
        <Whole findings={findings} language={language} />
      ) : (
        <section aria-labelledby="maintenant">
          <h2 id="maintenant">{words.now}</h2>
          <Findings findings={findings} language={language} />
        </section>
      )}
      <form method="post" action={paths.checkUp}>
        <p>
          <button>{isWhole ? words.again : words.examine}</button>
        </p>
        <p class="soft small">{words.patience}</p>
      </form>
      <section aria-labelledby="telephone">
        <h2 id="telephone">{words.phone}</h2>
        <p>{words.phoneText}</p>
        <QrCode text={phoneAddress} label={words.qr} />
        <p>
          {words.phoneLink}{' '}
          <a class="address" href={phoneAddress}>
            {phoneAddress}
          </a>
        </p>
        <p class="soft small">{words.phoneMinutes}</p>
      </section>
      <MailTrial {...props} />
    </main>
  )
}

function Whole({ findings, language }: { findings: Finding[]; language: Language }) {
  const words = checkUpWords(language)
  const red = findings.filter(({ isWell }) => !isWell)
  const advice = findings.filter(({ isWell, isAdvice }) => isWell && isAdvice)
  const green = findings.filter(({ isWell, isAdvice }) => isWell && !isAdvice)
  const parts = [
    { id: 'rouge', title: words.red(red.length), findings: red },
    { id: 'savoir', title: words.advice, findings: advice },
    { id: 'vert', title: words.green, findings: green },
  ]
  return (
    <>
      {red.length === 0 && (
        <p class="note" role="status">
          {words.allWell}
        </p>
      )}
      {parts
        .filter((part) => part.findings.length > 0)
        .map(({ id, title, findings }) => (
          <section aria-labelledby={id}>
            <h2 id={id}>{title}</h2>
            <Findings findings={findings} language={language} />
          </section>
        ))}
    </>
  )
}

function Findings({ findings, language }: { findings: Finding[]; language: Language }) {
  const words = checkUpWords(language)
  return (
    <ul class="entries">
      {findings.map(({ name, isWell, isAdvice, says, deed }) => {
        const mood = isWell ? (isAdvice ? 'soft' : 'good') : 'bad'
        return (
          <li>
            <p>
              <strong>{name}</strong> <span class={`badge ${mood}`}>{words.marks[mood]}</span>
            </p>
            <p class="address">{says}</p>
            {deed && (
              <p class="address">
                <strong>{words.deed}</strong> {deed}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function MailTrial({ mail, mailNote, language }: CheckUpPageProps) {
  const words = checkUpWords(language)
  return (
    <section aria-labelledby="courrier">
      <h2 id="courrier">{words.mail}</h2>
      {mailNote && (
        <p class="note" role="status">
          {mailNote}
        </p>
      )}
      {mail ? (
        <form method="post" action={paths.tryMail} novalidate>
          <DrawnFields {...mail} />
          <button>{words.mailSend}</button>
        </form>
      ) : (
        <p>{words.noMail}</p>
      )}
    </section>
  )
}
