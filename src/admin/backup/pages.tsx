import type { Arrived, Made, Backup } from '../../data/archive/archives.ts'
import { hasName, lookUp } from '../../lib/look-up.ts'
import { dayOf } from '../../lib/time.ts'
import { paths } from '../../links/addresses.ts'
import { CheckField, Field, TextField, tie } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { moment } from '../../words/moments.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain, Note, PostButton, Progress, Section, SizeHints } from '../parts.tsx'
import { backupWords } from './words.ts'
import type { BackupWords } from './words.ts'

export const MIN_PASSPHRASE = 12
export const MAX_PASSPHRASE = 128

type RoomPageProps = {
  backups: Backup[]
  canArrive: boolean
  isDemonstration: boolean
  errors?: { passphrase?: string | undefined; file?: string | undefined }
  language: Language
}

export function RoomPage(props: RoomPageProps) {
  const { backups, canArrive, isDemonstration, errors = {}, language } = props
  const words = backupWords(language)
  const last = backups.find(({ kind, state }) => kind === 'backup' && state === 'ready')
  return (
    <DeskMain
      class="form-page"
      title={words.title}
      back={{ to: paths.settings, label: words.back }}
    >
      <p class="lead">{words.lead}</p>
      <Section title={words.backups}>
        <p>{isDemonstration ? words.demonstration : words.daily}</p>
        {(last || !isDemonstration) && <p class="note warn">{words.warn}</p>}
        {last && (
          <p>
            <ButtonLink to={paths.backup(last.id)} label={words.lastDownload} />
          </p>
        )}
        {backups.length === 0 && !isDemonstration && <p>{words.none}</p>}
        <ul class="list">
          {backups.map((backup) => (
            <li>
              <a href={paths.backup(backup.id)}>
                <strong>{dated(words, backup, language)}</strong>{' '}
                <span class={backup.state === 'refused' ? 'badge bad' : 'badge soft'}>
                  {stateIn(words, backup)}
                </span>
                <br />
                <span class="soft small">{words.kinds[backup.kind]}</span>
              </a>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.make.title}>
        <p>{words.make.lead}</p>
        <form method="post" action={paths.makeBackup}>
          <TextField
            name="passphrase"
            label={words.make.passphrase}
            hint={words.make.hint}
            error={errors.passphrase}
            value=""
            type="password"
            autocomplete="new-password"
            maxlength={MAX_PASSPHRASE}
          />
          <button>{words.make.go}</button>
        </form>
      </Section>
      <Section title={words.arrive.title}>
        {canArrive ? (
          <ArriveForm error={errors.file} language={language} />
        ) : (
          <p>{words.arrive.notEmpty}</p>
        )}
      </Section>
    </DeskMain>
  )
}

function ArriveForm({ error, language }: { error: string | undefined; language: Language }) {
  const words = backupWords(language).arrive
  const file = { name: 'file', error }
  return (
    <form
      method="post"
      action={paths.simpleArrival}
      enctype="multipart/form-data"
      class="upload"
      data-send={paths.startArrival}
      data-words={JSON.stringify(backupWords(language).script)}
    >
      <p>{words.lead}</p>
      <Field {...file} label={words.file}>
        <input {...tie(file)} type="file" accept=".tar" required />
      </Field>
      <SizeHints words={words} />
      <CheckField
        name="withoutFiles"
        label={words.withoutFiles}
        hint={words.withoutFilesHint}
        checked={false}
      />
      <Progress label={words.go} />
      <button>{words.go}</button>
    </form>
  )
}

type MadePageProps = {
  backup: Made
  sizes: { withFiles: number; withoutFiles: number } | undefined
  /** For a person who has just signed in: see `file-key.ts`. Others are asked to sign in by the link. */
  fileKey: string | undefined
  language: Language
}

/** An archive made here: in progress, or ready to download. */
export function MadePage({ backup, sizes, fileKey, language }: MadePageProps) {
  const words = backupWords(language)
  const { contents, fault } = backup
  const file = (withFiles: boolean) =>
    paths.backupFile(backup.id, fileName(backup, withFiles)) + (fileKey ? `?cle=${fileKey}` : '')
  return (
    <DeskMain {...headOf(backup, language)}>
      {sizes ? (
        <>
          <Note text={words.one.ready} />
          <div class="buttons">
            <ButtonLink
              to={file(true)}
              label={words.one.withFiles(megabytes(sizes.withFiles, language))}
            />
            <ButtonLink
              quiet
              to={file(false)}
              label={words.one.withoutFiles(megabytes(sizes.withoutFiles, language))}
            />
          </div>
          <p>{words.one.resume}</p>
          <p class="note warn">{words.one.private}</p>
          <p>{contents.sealed ? words.one.sealed : words.one.unsealed}</p>
          {contents.missing.length > 0 && (
            <p class="note bad">{words.one.missing(contents.missing.length)}</p>
          )}
        </>
      ) : (
        <p class={fault ? 'note bad' : 'note'} role="status">
          {fault === 'full' ? words.one.full : fault ? words.one.failed : words.one.making}
        </p>
      )}
      <PostButton quiet to={paths.removeBackup(backup.id)} label={words.one.remove} />
    </DeskMain>
  )
}

type ArrivedPageProps = {
  backup: Arrived
  /** The secret of the shop that it came from, once its passphrase was given. */
  secret?: string | undefined
  hasSecret: boolean
  error?: string | undefined
  language: Language
}

/** A backup archive that is being unpacked, was unpacked, or cannot be, and why. */
export function ArrivedPage({ backup, secret, hasSecret, error, language }: ArrivedPageProps) {
  const words = backupWords(language)
  const { state, fault } = backup
  const { faults } = words.arrive
  const canTryAgain = state === 'arriving' && fault !== null
  return (
    <DeskMain {...headOf(backup, language)}>
      {fault !== null && (
        <p class="note bad" role="alert">
          {lookUp(faults, fault) ?? faults.failed}
        </p>
      )}
      <Note text={state === 'done' && words.arrive.done} />
      {fault === null && hasName(words.arrive.steps, state) && (
        <>
          <Note text={words.arrive.steps[state as keyof typeof words.arrive.steps]} />
          <p>{words.arrive.wait}</p>
        </>
      )}
      {canTryAgain && fault === 'other-secret' && hasSecret && (
        <Section title={words.arrive.secretTitle}>
          {secret === undefined ? (
            <form method="post" action={paths.arrivalSecret(backup.id)}>
              <TextField
                name="passphrase"
                label={words.arrive.passphrase}
                error={error}
                value=""
                type="password"
                autocomplete="off"
                maxlength={MAX_PASSPHRASE}
              />
              <button class="quiet">{words.arrive.open}</button>
            </form>
          ) : (
            <>
              <p>{words.arrive.secret}</p>
              <p>
                <code>{secret}</code>
              </p>
            </>
          )}
        </Section>
      )}
      {canTryAgain && <PostButton to={paths.finishArrival(backup.id)} label={words.arrive.again} />}
      {state !== 'done' && (
        <PostButton quiet to={paths.removeBackup(backup.id)} label={words.one.remove} />
      )}
    </DeskMain>
  )
}

function headOf({ createdAt }: Backup, language: Language) {
  const words = backupWords(language)
  const title = words.one.title(moment(createdAt, language))
  return { class: 'form-page', title, back: { to: paths.backups, label: words.title } }
}

export function fileName({ createdAt }: Backup, withFiles: boolean): string {
  return `kiosque-${dayOf(createdAt)}${withFiles ? '' : '-sans-livres'}.tar`
}

function stateIn({ states }: BackupWords, { state }: Backup): string {
  switch (state) {
    case 'ready':
    case 'arriving':
    case 'done':
    case 'refused':
      return states[state]
    case 'reading':
    case 'packing':
    case 'listing':
    case 'storing':
      return states.making
    default:
      return states.unpacking
  }
}

function dated(words: BackupWords, { kind, createdAt }: Backup, language: Language): string {
  const date = moment(createdAt, language)
  return kind === 'import' ? words.received(date) : words.made(date)
}

function megabytes(bytes: number, language: Language): string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  return `${format.format(Math.max(bytes / 1e6, 0.1))} ${language === 'fr' ? 'Mo' : 'MB'}`
}
