import type { Finding } from '../../doctor/finding.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { DrawnFields } from '../deeds/fields.tsx'
import type { DrawnFieldsProps } from '../deeds/fields.tsx'
import { DeskMain, Note, Section } from '../parts.tsx'
import { QrCode } from '../qr.tsx'
import { checkUpWords } from './words.ts'

type CheckUpPageProps = {
  findings: Finding[]
  /** True after a full examination; otherwise only what is known without leaving the host. */
  isWhole: boolean
  phoneAddress: string
  /** Undefined: no mail leaves. */
  mail: DrawnFieldsProps | undefined
  /** Where the test letter was sent. */
  mailNote: string | undefined
  language: Language
}

export function CheckUpPage(props: CheckUpPageProps) {
  const { findings, isWhole, phoneAddress, language } = props
  const words = checkUpWords(language)
  return (
    <DeskMain class="form-page" title={words.title}>
      <p class="lead">{words.lead}</p>
      {isWhole ? (
        <Whole findings={findings} language={language} />
      ) : (
        <Section id="maintenant" title={words.now}>
          <Findings findings={findings} language={language} />
        </Section>
      )}
      <form method="post" action={paths.checkUp}>
        <p>
          <button>{isWhole ? words.again : words.examine}</button>
        </p>
        <p class="soft small">{words.patience}</p>
      </form>
      <Section id="telephone" title={words.phone}>
        <p>{words.phoneText}</p>
        <QrCode text={phoneAddress} label={words.qr} />
        <p>
          {words.phoneLink}{' '}
          <a class="address" href={phoneAddress}>
            {phoneAddress}
          </a>
        </p>
        <p class="soft small">{words.phoneMinutes}</p>
      </Section>
      <MailTrial {...props} />
    </DeskMain>
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
      <Note text={red.length === 0 && words.allWell} />
      {parts
        .filter((part) => part.findings.length > 0)
        .map(({ id, title, findings }) => (
          <Section id={id} title={title}>
            <Findings findings={findings} language={language} />
          </Section>
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
    <Section id="courrier" title={words.mail}>
      <Note text={mailNote} />
      {mail ? (
        <form method="post" action={paths.tryMail} novalidate>
          <DrawnFields {...mail} />
          <button>{words.mailSend}</button>
        </form>
      ) : (
        <p>{words.noMail}</p>
      )}
    </Section>
  )
}
