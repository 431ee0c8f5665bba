import { Hono } from 'hono'
import type { Context } from 'hono'
import { readSettings } from '../../data/settings.ts'
import { spellCode } from '../../lib/crockford.ts'
import { readForm } from '../../lib/form.ts'
import { readPushTarget, sendNote } from '../../mail/push.ts'
import { saveSettings } from '../../data/settings-cache.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { originalText } from '../../words/messages.ts'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { deskWords } from '../words.ts'
import { settingsForms, typedIn } from './forms.ts'
import { logo } from './logo.tsx'
import { SectionPage, SettingsPage } from './pages.tsx'
import type { SectionPageProps } from './pages.tsx'
import { privacy } from './privacy.tsx'
import { settingsWords } from './words.ts'

/** What the seller settles, section by section; the owner's. */
export const settings = new Hono<DeskEnv>()

/** Three legal pages of 20 000 letters, each up to nine bytes when urlencoded. */
const MAX_FORM_BYTES = 640 * 1024
/** Where a form leads back to, when it was reached from there. */
const FIRST_STEPS = 'premiers-pas'
const SAMPLE_CODE = '7K3M94FT'

settings.use(`${paths.settings}/*`, ownerOnly)

settings.get(paths.settings, async (c) => {
  const { language } = c.var
  const stored = await readSettings(c.env.sql)
  return c.render(<SettingsPage settings={stored} language={language} />, {
    title: settingsWords(language).title,
  })
})

for (const form of settingsForms) {
  const path = `${paths.settings}/${form.slug}`

  settings.get(path, async (c) => {
    const stored = await readSettings(c.env.sql)
    const isSaved = c.req.query('fait') === 'enregistre'
    return show(c, {
      form,
      settings: stored,
      typed: form.typedFrom(stored, c.var.language),
      version: stored.versions[form.section],
      note: isSaved ? deskWords(c.var.language).saved : undefined,
      isFirstStep: c.req.query('suite') === FIRST_STEPS,
    })
  })

  settings.post(path, async (c) => {
    const { language, person } = c.var
    const sent = await readForm(c.req.raw, MAX_FORM_BYTES)
    if (sent.kind === 'too-large') return renderFault(c, 413)
    const version = sent.kind === 'read' ? Number(sent.fields.get('version')) : Number.NaN
    if (sent.kind === 'malformed' || !Number.isSafeInteger(version)) return renderFault(c, 400)

    const stored = await readSettings(c.env.sql)
    const typed = typedIn(form, sent.fields)
    const isFirstStep = sent.fields.get('suite') === FIRST_STEPS
    const page = { form, settings: stored, version, isFirstStep }
    const deed = sent.fields.get('deed') ?? 'save'

    const original = form.fields.find(
      (field) => field.kind === 'area' && field.message && deed === `reset-${field.message}`,
    )
    if (original?.kind === 'area') {
      const text = originalText(original.message!, language)
      const note = settingsWords(language).resetDone
      return show(c, { ...page, typed: { ...typed, [original.name]: text }, note })
    }

    const country = c.env.config.country
    const read = form.read(typed, { settings: stored, language, country })
    if ('errors' in read) return show(c, { ...page, typed, errors: read.errors }, 422)
    if (deed === 'try') {
      const answer = await tryAlert(c, typed['push'] ?? '')
      return show(c, { ...page, typed, ...answer }, 'errors' in answer ? 422 : 200)
    }
    if (deed === 'preview') {
      const link = `${absolute(c.env.config, paths.order(SAMPLE_CODE))}.…`
      return show(c, { ...page, typed, preview: { link, code: spellCode(SAMPLE_CODE) } })
    }

    const seen = { versionSeen: version, personId: person.id }
    if (await saveSettings(c.env, form.section, read.value, seen)) {
      c.env.log('settings.saved', { section: form.section, personId: person.id })
      return c.redirect(`${isFirstStep ? paths.firstSteps : path}?fait=enregistre`, 303)
    }
    // Read anew, so that the next try is made with the other's version in sight.
    const theirs = await readSettings(c.env.sql)
    const anew = { ...page, settings: theirs, version: theirs.versions[form.section] }
    return show(c, { ...anew, typed, isChanged: true }, 409)
  })
}

settings.route('/', privacy)
settings.route('/', logo)

/** Sends a note to the address that was typed, before it is kept. */
async function tryAlert(c: Context<DeskEnv>, address: string) {
  const { errors, trial } = settingsWords(c.var.language)
  const target = readPushTarget(address.trim())
  if (!target) return { errors: { push: errors.push } }
  const link = absolute(c.env.config, paths.desk)
  const answer = await sendNote(c.env.fetch, target, { ...trial, link })
  return answer.kind === 'sent'
    ? { note: trial.sent }
    : { errors: { push: trial.failed(answer.reason) } }
}

type Shown = Omit<SectionPageProps, 'language' | 'country'>

function show(c: Context<DeskEnv>, props: Shown, status: 200 | 409 | 422 = 200) {
  const { language } = c.var
  c.status(status)
  return c.render(<SectionPage {...props} language={language} country={c.env.config.country} />, {
    title: settingsWords(language).sections[props.form.slug].title,
  })
}
