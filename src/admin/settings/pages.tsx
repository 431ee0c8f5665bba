import * as v from 'valibot'
import type { Child } from 'hono/jsx'
import type { StoredSettings } from '../../data/settings.ts'
import { paths } from '../../links/addresses.ts'
import { SelectField, TextArea, TextField } from '../../views/form.tsx'
import { fillIn } from '../../words/messages.ts'
import { countryName, countryOptions, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { accessWords } from '../access/words.ts'
import { checkUpWords } from '../doctor/words.ts'
import { Refused } from '../deeds/fields.tsx'
import { deskWords } from '../words.ts'
import type { Errors, Typed } from '../../forms/parse.ts'
import { SETTINGS_GROUPS, typedFrom } from './form.ts'
import type { SettingsForm, SettingsGroup } from './form.ts'
import { settingsForms } from './forms.ts'
import { missingIdentity } from '../../storefront/legal/identity.ts'
import { backupWords } from '../backup/words.ts'
import { settingsWords } from './words.ts'
import { DeskMain, Note, Section } from '../parts.tsx'

type SettingsPageProps = { settings: StoredSettings; language: Language }

export function SettingsPage({ settings, language }: SettingsPageProps) {
  const words = settingsWords(language)
  const isIncomplete = missingIdentity(settings, language).length > 0
  const backup = backupWords(language)
  const checkUp = checkUpWords(language)
  const team = accessWords(language).team
  const entries: readonly Entry[] = [
    ...settingsForms.map(({ slug, group, section }) => ({
      ...words.sections[slug],
      group,
      path: paths.settingsPage(slug),
      isIncomplete: slug === 'identite' && isIncomplete,
      isNever: slug === 'boutique' && settings.versions[section] === 0,
    })),
    { group: 'shop', path: paths.team, title: team.title, lead: team.settingsLead },
    { group: 'payments', path: paths.cinetpay, ...words.cinetpay },
    { group: 'data', path: paths.personalData, ...words.privacy },
    { group: 'data', path: paths.backups, title: backup.title, lead: backup.settingsLead },
    { group: 'technical', path: paths.version, ...words.version },
    { group: 'technical', path: paths.checkUp, title: checkUp.title, lead: checkUp.link },
    { group: 'technical', path: paths.firstSteps, ...words.start },
  ]
  return (
    <DeskMain title={words.title}>
      <p class="lead">{words.lead}</p>
      <div class="settings-groups">
        {SETTINGS_GROUPS.map((group) => (
          <Section class="card" id={group} title={words.groups[group]}>
            <ul class="list">
              {entries
                .filter((entry) => entry.group === group)
                .map((entry) => (
                  <SettingsLine {...entry} language={language} />
                ))}
            </ul>
          </Section>
        ))}
      </div>
    </DeskMain>
  )
}

type Entry = {
  group: SettingsGroup
  path: string
  title: string
  lead: string
  isIncomplete?: boolean
  isNever?: boolean
}

function SettingsLine({ path, title, lead, language, ...state }: Entry & { language: Language }) {
  const words = settingsWords(language)
  return (
    <li>
      <a href={path}>
        <strong>{title}</strong>{' '}
        {state.isIncomplete && <span class="badge bad">{words.incomplete}</span>}
        {state.isNever && <span class="badge soft">{words.never}</span>}
        <br />
        <span class="soft small">{lead}</span>
      </a>
    </li>
  )
}

type SectionPageProps = {
  form: SettingsForm
  settings: StoredSettings
  language: Language
  typed: Typed
  version: number
  /** The country that the installation set. */
  country: string
  errors?: Errors
  /** Saved, or reset to the shop's own text. */
  note?: string | undefined
  /** Opened from the first steps, and leads back there. */
  isFirstStep?: boolean
  /** Somebody saved another version in the meantime. */
  isChanged?: boolean
  /** The messages as a buyer would get them; `link` stands in for the order's page. */
  preview?: { link: string; code: string } | undefined
  /** Help for filling in the form, above it, in forms of its own. */
  steps?: Child
}

export function SectionPage(props: SectionPageProps) {
  const { form, settings, language, errors = {}, note, isChanged } = props
  const words = settingsWords(language)
  const section = words.sections[form.slug]
  const missing = missingIdentity(settings, language)
  const back = props.isFirstStep
    ? { to: paths.firstSteps, label: words.start.title }
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
      {props.steps}
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
  const known = { typed, country, errors: words.errors, language }
  switch (field.kind) {
    case 'line':
      return (
        <TextField
          {...shared}
          required={!v.is(field.schema(known), '')}
          type={field.type ?? 'text'}
          maxlength={field.max}
          {...(field.inputmode && { inputmode: field.inputmode })}
        />
      )
    case 'colour':
      return <TextField {...shared} type="color" />
    case 'choice': {
      const names = words.sections[form.slug].fields[name]?.options ?? {}
      const options = field.options.map((value) => ({ value, label: names[value] ?? value }))
      return <SelectField {...shared} options={options} />
    }
    case 'country':
      return <SelectField {...shared} options={countries(country, language)} />
    case 'area':
      return (
        <>
          <TextArea
            {...shared}
            rows={field.rows}
            maxlength={field.max}
            {...(form.slug === 'pages' && {
              'data-markdown': JSON.stringify(deskWords(language).markdown),
            })}
          />
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

/** What the other person saved, where it differs from what was typed. */
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
