import type { StoredSettings } from '../../data/settings.ts'
import { paths } from '../../links/addresses.ts'
import { SelectField, TextArea, TextField } from '../../views/form.tsx'
import { fillIn } from '../../words/messages.ts'
import { countryName, countryOptions, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { checkUpWords } from '../doctor/words.ts'
import { Refused } from '../deeds/fields.tsx'
import { deskWords } from '../words.ts'
import type { Errors, Typed } from '../../forms/parse.ts'
import { typedFrom } from './form.ts'
import type { SettingsForm } from './form.ts'
import { settingsForms } from './forms.ts'
import { missingIdentity } from '../../storefront/legal/identity.ts'
import { backupWords } from '../backup/words.ts'
import { settingsWords } from './words.ts'
import { DeskMain, Note } from '../parts.tsx'

type SettingsPageProps = { settings: StoredSettings; language: Language }

export function SettingsPage({ settings, language }: SettingsPageProps) {
  const words = settingsWords(language)
  const isIncomplete = missingIdentity(settings, language).length > 0
  const backup = backupWords(language)
  const checkUp = checkUpWords(language)
  const others = [
    [paths.personalData, words.privacyTitle, words.privacyLead],
    [paths.backups, backup.title, backup.settingsLead],
    [paths.firstSteps, words.firstSteps, words.firstStepsLead],
    [paths.version, words.versionTitle, words.versionLead],
    [paths.checkUp, checkUp.title, checkUp.link],
  ]
  return (
    <DeskMain title={words.title}>
      <p class="lead">{words.lead}</p>
      <ul class="list">
        {settingsForms.map(({ slug, section }) => (
          <li>
            <a href={paths.settingsPage(slug)}>
              <strong>{words.sections[slug].title}</strong>{' '}
              {slug === 'identite' && isIncomplete && (
                <span class="badge bad">{words.incomplete}</span>
              )}
              {slug === 'boutique' && settings.versions[section] === 0 && (
                <span class="badge soft">{words.never}</span>
              )}
              <br />
              <span class="soft small">{words.sections[slug].lead}</span>
            </a>
          </li>
        ))}
        {others.map(([address, title, lead]) => (
          <li>
            <a href={address}>
              <strong>{title}</strong>
              <br />
              <span class="soft small">{lead}</span>
            </a>
          </li>
        ))}
      </ul>
    </DeskMain>
  )
}

export type SectionPageProps = {
  form: SettingsForm
  settings: StoredSettings
  language: Language
  typed: Typed
  version: number
  /** As installed. */
  country: string
  errors?: Errors
  /** Saved, or the original put back. */
  note?: string | undefined
  /** Reached from the first steps, which it leads back to. */
  isFirstStep?: boolean
  /** Somebody saved another version meanwhile. */
  isChanged?: boolean
  /** The messages as a buyer would get them; `link` stands for the order's page. */
  preview?: { link: string; code: string } | undefined
}

export function SectionPage(props: SectionPageProps) {
  const { form, settings, language, errors = {}, note, isChanged } = props
  const words = settingsWords(language)
  const section = words.sections[form.slug]
  const missing = missingIdentity(settings, language)
  const back = props.isFirstStep
    ? { to: paths.firstSteps, label: words.firstSteps }
    : { to: paths.settings, label: words.all }
  return (
    <DeskMain class="form-page" title={section.title} back={back}>
      <Note text={note} />
      <Refused errors={errors} language={language} />
      {isChanged && <Theirs {...props} />}
      {form.section === 'legal' && missing.length > 0 && (
        <p class="note warn">{words.incompleteIdentity(missing.join(', '))}</p>
      )}
      {form.slug === 'pages' && (
        <>
          <p class="small soft">{words.sections.pages.note}</p>
          <SeeLegalPages language={language} />
        </>
      )}
      {form.slug === 'apparence' && (
        <p>
          <a class="target" href={paths.shopLogo}>
            {words.logo}
          </a>
        </p>
      )}
      {form.slug === 'messages' && <p class="small soft">{words.placeholders}</p>}
      {props.preview && <Preview {...props} preview={props.preview} />}
      <form method="post" action={paths.settingsPage(form.slug)} novalidate>
        <input type="hidden" name="version" value={String(props.version)} />
        {props.isFirstStep && <input type="hidden" name="suite" value="premiers-pas" />}
        {Object.keys(form.fields).map((name) => (
          <SectionField {...props} name={name} errors={errors} />
        ))}
        <div class="buttons">
          <button name="deed" value="save">
            {deskWords(language).save}
          </button>
          {form.slug === 'alertes' && (
            <button class="quiet" name="deed" value="try">
              {words.tryAlert}
            </button>
          )}
          {form.slug === 'messages' && (
            <button class="quiet" name="deed" value="preview">
              {words.preview}
            </button>
          )}
        </div>
      </form>
    </DeskMain>
  )
}

type SectionFieldProps = Pick<SectionPageProps, 'form' | 'typed' | 'language' | 'country'> & {
  name: string
  errors: Errors
}

function SectionField({ form, name, typed, errors, language, country }: SectionFieldProps) {
  const words = settingsWords(language)
  const field = form.fields[name]!
  const { label, hint } = words.sections[form.slug].fields[name] ?? { label: name }
  const shared = { name, label, hint, value: typed[name] ?? '', error: errors[name] }
  switch (field.kind) {
    case 'line':
      return (
        <TextField
          {...shared}
          type={field.type ?? 'text'}
          maxlength={field.max}
          {...(field.inputmode && { inputmode: field.inputmode })}
        />
      )
    case 'colour':
      return <TextField {...shared} type="color" />
    case 'country':
      return <SelectField {...shared} options={countries(country, language)} />
    case 'area':
      return (
        <>
          <TextArea {...shared} rows={field.rows} maxlength={field.max} />
          {field.message && (
            <p>
              <button
                class="link"
                name="deed"
                value={`reset-${field.message}`}
                aria-label={`${words.reset} – ${label}`}
              >
                {words.reset}
              </button>
            </p>
          )}
        </>
      )
  }
}

function countries(installed: string, language: Language) {
  const asInstalled = settingsWords(language).asConfigured(countryName(installed, language))
  return [{ value: '', label: asInstalled }, ...countryOptions(language)]
}

/** What the other person saved, where it is not what was typed here. */
function Theirs({ form, settings, language, typed }: SectionPageProps) {
  const words = settingsWords(language)
  const somebody = settings.savedBy[form.section] ?? words.somebody
  const saved = typedFrom(form, settings, language)
  const differing = Object.keys(form.fields).filter((name) => differ(saved[name], typed[name]))
  return (
    <div class="note bad" role="alert">
      <p>
        <strong>{deskWords(language).changedMeanwhile(somebody)}</strong>
      </p>
      <p>{words.theirs(somebody)}</p>
      <dl>
        {differing.map((name) => (
          <>
            <dt>{words.sections[form.slug].fields[name]?.label}</dt>
            <dd class="lines">{saved[name] || words.empty}</dd>
          </>
        ))}
      </dl>
    </div>
  )
}

const differ = (a = '', b = '') => a.replace(/\s+/g, ' ').trim() !== b.replace(/\s+/g, ' ').trim()

type PreviewProps = SectionPageProps & { preview: { link: string; code: string } }

function Preview({ form, typed, language, preview }: PreviewProps) {
  const words = settingsWords(language)
  const values = { ...words.sample, code: preview.code, lien: preview.link }
  return (
    <section class="card" aria-labelledby="apercu">
      <h2 id="apercu">{words.previewTitle}</h2>
      {Object.keys(form.fields).map((name) => (
        <>
          <h3>{words.sections[form.slug].fields[name]?.label}</h3>
          <p class="lines message">{fillIn(typed[name] ?? '', values)}</p>
        </>
      ))}
    </section>
  )
}

function SeeLegalPages({ language }: { language: Language }) {
  return (
    <ul class="list">
      {wordsIn(language).legal.links.map(([page, name]) => (
        <li>
          <a href={paths[page]}>{settingsWords(language).see(name)}</a>
        </li>
      ))}
    </ul>
  )
}
