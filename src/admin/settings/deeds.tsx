import { readSettings } from '../../data/settings.ts'
import { spellCode } from '../../lib/crockford.ts'
import { readPushTarget, sendNote } from '../../mail/push.ts'
import { findTelegramChat } from '../../mail/telegram.ts'
import { saveSettings } from '../../data/settings-cache.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { originalText } from '../../words/messages.ts'
import { defineDeed } from '../deeds/deed.ts'
import type { AnyDeed, Outcome, Shown, Visit } from '../deeds/deed.ts'
import { hidden, wholeNumber } from '../deeds/fields.tsx'
import { deskWords } from '../words.ts'
import { typedIn } from '../../forms/parse.ts'
import type { Typed } from '../../forms/parse.ts'
import { copyScript, markdownScript } from '../scripts.ts'
import { AlertSteps, alertTopic, ntfyAddress } from './alert-steps.tsx'
import { alertWords } from './alert-words.ts'
import { readSection, typedFrom } from './form.ts'
import type { SettingsForm } from './form.ts'
import { settingsForms } from './forms.ts'
import { logoDeeds } from './logo.tsx'
import { SectionPage } from './pages.tsx'
import { privacyDeeds } from './privacy.tsx'
import { settingsWords } from './words.ts'

/** Three legal pages of 20 000 letters, each up to nine bytes when urlencoded. */
const MAX_FORM_BYTES = 640 * 1024
/** The value of the parameter that leads back to the first steps. */
const FIRST_STEPS = 'premiers-pas'
const SAMPLE_CODE = '7K3M94FT'

/** The result of a button other than "save": nothing is stored. */
type More = {
  typed?: Typed
  note?: string
  preview?: { link: string; code: string }
  silentBot?: string
}

/** One deed for each page of the settings: shows it, saves it, or does what its other buttons say. */
function save(form: SettingsForm): AnyDeed {
  const path = paths.settingsPage(form.slug)
  const names = Object.keys(form.fields)
  return defineDeed({
    path,
    by: 'owner',
    // Where alerts go is worth protecting: the address is a secret in itself.
    ...(form.slug === 'alertes' && {
      stepUp: { page: () => path, isSentAgain: true, alsoPage: true },
    }),
    maxBytes: MAX_FORM_BYTES,
    on: ({ shop }) => readSettings(shop.sql),
    fields: () => ({ version: hidden(wholeNumber) }),
    typed: (_, settings) => ({ version: String(settings.versions[form.section]) }),
    page: async (visit, settings, { sent, typed, errors, clash, more }: Shown<More>) => {
      const { shop, language, query } = visit
      const isSaved = !sent && query('fait') === 'enregistre'
      const shown =
        more?.typed ?? (sent ? typedIn(sent, names) : typedFrom(form, settings, language))
      const props = {
        form,
        settings,
        language,
        errors,
        typed: shown,
        version: Number(typed['version']),
        country: visit.shop.config.country,
        note: isSaved ? deskWords(language).saved : more?.note,
        isFirstStep: (sent ? sent.get('suite') : query('suite')) === FIRST_STEPS,
        isChanged: clash !== undefined,
        preview: more?.preview,
        steps: form.slug === 'alertes' && (
          <AlertSteps
            topic={await alertTopic(shop)}
            version={Number(typed['version'])}
            push={shown['push'] ?? ''}
            token={sent?.get('token') ?? ''}
            ntfyError={errors['ntfy']}
            tokenError={errors['token']}
            silentBot={more?.silentBot}
            email={shop.mail && settings.shop.email}
            language={language}
          />
        ),
      }
      const { title } = settingsWords(language).sections[form.slug]
      const scripts =
        form.slug === 'alertes' ? [copyScript] : form.slug === 'pages' ? [markdownScript] : []
      return { title, scripts, body: <SectionPage {...props} /> }
    },
    act: async (visit, settings, { version: versionSeen }) => {
      const { shop, person, language, sent } = visit
      const typed = typedIn(sent, names)
      const deed = sent.get('deed') ?? 'save'
      const words = settingsWords(language)
      for (const [name, field] of Object.entries(form.fields)) {
        if (field.kind !== 'area' || !field.message || deed !== `reset-${field.message}`) continue
        const text = originalText(field.message, language)
        return { more: { typed: { ...typed, [name]: text }, note: words.resetDone } }
      }
      if (deed === 'try') return tryAlert(visit, typed['push'] ?? '', 'push')
      if (deed === 'ntfy') return tryAlert(visit, ntfyAddress(await alertTopic(shop)), 'ntfy')
      if (deed === 'telegram') return tryTelegram(visit, sent.get('token') ?? '')
      const { country } = shop.config
      const read = readSection(form, settings, { typed, country, language, errors: words.errors })
      if (!read.ok) return read
      if (deed === 'preview') {
        const link = `${absolute(shop.config, paths.order(SAMPLE_CODE))}.…`
        return { more: { preview: { link, code: spellCode(SAMPLE_CODE) } } }
      }
      const seen = { versionSeen, personId: person.id }
      if (!(await saveSettings(shop, form.section, read.value, seen))) return undefined
      shop.log('settings.saved', { section: form.section, personId: person.id })
      const isFirstStep = sent.get('suite') === FIRST_STEPS
      return `${isFirstStep ? paths.firstSteps : path}?fait=enregistre`
    },
  })
}

/** Sends a test note to an address before it is saved; `at` is the step or field that asked for it. */
async function tryAlert(
  { shop, language }: Visit,
  address: string,
  at: 'push' | 'ntfy' | 'token',
): Promise<Outcome<More>> {
  const { errors, trial } = settingsWords(language)
  const target = readPushTarget(address.trim())
  if (!target) return { errors: { push: errors.push } }
  const link = absolute(shop.config, paths.desk)
  const answer = await sendNote(shop.fetch, target, { ...trial, link })
  if (answer.kind === 'sent') return { more: { typed: { push: address.trim() }, note: trial.sent } }
  shop.log('alert.trial_failed', { reason: answer.reason })
  return { errors: { [at]: trial[answer.kind] } }
}

/** Finds the chat of the seller's bot, and sends it a test note. */
async function tryTelegram(visit: Visit, token: string): Promise<Outcome<More>> {
  const { telegram } = alertWords(visit.language)
  const search = await findTelegramChat(visit.shop.fetch, token)
  switch (search.kind) {
    case 'found':
      return tryAlert(visit, search.address, 'token')
    case 'silent':
      return { more: { silentBot: search.bot } }
    case 'unknown-token':
      return { errors: { token: telegram.unknown } }
    case 'failed':
      return { errors: { token: telegram.failed(search.reason) } }
  }
}

export const settingsDeeds = [...settingsForms.map(save), ...logoDeeds, ...privacyDeeds]
