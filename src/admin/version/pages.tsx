import type { AppliedMigration } from '../../data/versions.ts'
import type { Finding } from '../../doctor/finding.ts'
import { paths } from '../../links/addresses.ts'
import { shopVersion } from '../../config/versions.ts'
import { Refusal } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { moment } from '../../words/moments.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain, Note, Section } from '../parts.tsx'
import type { Offer } from './offers.ts'
import { versionWords } from './words.ts'

export type Timer = {
  /** Undefined: POST /cron is disabled. */
  line: string | undefined
  /** Ready to paste; otherwise the secret must still be filled in. */
  isReady: boolean
  lastAt: Date | undefined
  isLate: boolean
}

type VersionPageProps = {
  language: Language
  timer: Timer
  /** Undefined outside the package. */
  offers: Offer[] | undefined
  migrations: AppliedMigration[]
  note?: string | undefined
  fault?: string | undefined
}

export function VersionPage(props: VersionPageProps) {
  const { language, timer, offers, migrations, note, fault } = props
  const words = versionWords(language)
  return (
    <DeskMain class="form-page" title={words.title}>
      <Note text={note} />
      {fault && <Refusal>{fault}</Refusal>}
      <p class="lead">{words.running(shopVersion)}</p>
      <Section class="card" title={words.update.title}>
        {offers ? <Offers offers={offers} language={language} /> : <p>{words.update.elsewhere}</p>}
      </Section>
      <TimerPart timer={timer} language={language} />
      <details>
        <summary>{words.migrations(migrations.length)}</summary>
        <ul class="list">
          {migrations.map(({ name, appliedAt }) => (
            <li>
              <code>{name}</code> <span class="soft small">{moment(appliedAt, language)}</span>
            </li>
          ))}
        </ul>
      </details>
    </DeskMain>
  )
}

function Offers({ offers, language }: { offers: Offer[]; language: Language }) {
  const { update } = versionWords(language)
  return (
    <>
      <p>{update.how}</p>
      {offers.length === 0 && <p class="soft">{update.none}</p>}
      {offers.map((offer) => (
        <div class="card" data-offer={offer.kind}>
          <p>
            <strong>{offer.id}</strong>{' '}
            {(offer.isFresh || offer.kind !== 'cut') && (
              <span class="badge soft">{offer.isFresh ? update.fresh : update.older}</span>
            )}
          </p>
          <OfferPart offer={offer} language={language} />
        </div>
      ))}
      <p class="soft small">{update.emergency}</p>
    </>
  )
}

function OfferPart({ offer, language }: { offer: Offer; language: Language }) {
  const { update } = versionWords(language)
  switch (offer.kind) {
    case 'cut':
      return <p class="note bad">{update.cut}</p>
    case 'too-old':
      return <p class="note warn">{update.tooOld}</p>
    case 'ready':
      return (
        <form method="post" action={paths.version}>
          <p>{update.steps(offer.steps)}</p>
          <input type="hidden" name="id" value={offer.id} />
          <button class={offer.isFresh ? '' : 'quiet'}>
            {offer.isFresh ? update.begin(offer.version) : update.goBack(offer.version)}
          </button>
        </form>
      )
  }
}

function TimerPart({ timer, language }: { timer: Timer; language: Language }) {
  const { cron } = versionWords(language)
  const time = timer.lastAt && moment(timer.lastAt, language)
  return (
    <Section class="card" title={cron.title}>
      <p>{cron.lead}</p>
      {timer.line ? (
        <>
          <textarea class="cron-line" aria-label={cron.title} rows={6} readonly>
            {timer.line}
          </textarea>
          <p class="soft small">{timer.isReady ? cron.ready : cron.putIn}</p>
        </>
      ) : (
        <p class="note warn">{cron.noSecret}</p>
      )}
      <p class={timer.isLate ? 'note warn' : 'note'}>
        {time ? (timer.isLate ? cron.late(time) : cron.last(time)) : cron.never}
      </p>
    </Section>
  )
}

type InstalledPageProps = { language: Language; findings: Finding[]; timer: Timer }

/** The end of the installation: the doctor's findings, the cron line, and what comes next. */
export function InstalledPage({ language, findings, timer }: InstalledPageProps) {
  const { installed } = versionWords(language)
  return (
    <DeskMain class="form-page" title={installed.title}>
      <p class="lead">{installed.lead}</p>
      <ul class="list found">
        {findings.map(({ name, isWell, isAdvice, says, deed }) => (
          <li>
            <span class={`badge ${isWell ? (isAdvice ? 'soft' : 'good') : 'bad'}`}>
              {isWell ? (isAdvice ? installed.advice : installed.good) : installed.bad}
            </span>
            <span class="address">
              <strong>{name}</strong>
              <br />
              {says}
              {deed && <> {deed}</>}
            </span>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <ButtonLink to={paths.firstSteps} label={installed.next} />
      </div>
      <TimerPart timer={timer} language={language} />
    </DeskMain>
  )
}
