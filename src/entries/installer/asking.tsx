import { Hono } from 'hono'
import type { Context } from 'hono'
import { readConfig } from '../../config/config.ts'
import { base64url, randomBytes } from '../../lib/encoding.ts'
import { withForm } from '../../forms/with-form.ts'
import { stepPaths } from './frame.tsx'
import type { Draft, Host } from './host.ts'
import { MAX_FORM_BYTES, showStep } from './steps.tsx'
import type { AskingStep, InstallerEnv } from './steps.tsx'
import {
  judgeDatabase,
  judgeKeys,
  readAddress,
  readDatabase,
  readMail,
  readPayment,
  SETTLED_BY,
  typedDatabase,
  typedIn,
} from './settings.ts'
import type { Errors, Typed } from './settings.ts'
import { installerWords } from './words.ts'

/** The steps with a form: each is stored in the draft and leads to the next. */
export const asking = new Hono<InstallerEnv>({ strict: false })

const SECRET_BYTES = 32

const ASKING: readonly AskingStep[] = ['address', 'database', 'payment', 'mail']
for (const step of ASKING) {
  asking.get(stepPaths[step], async (c) => showStep(c, step, await kept(c.env, step)))

  asking.post(stepPaths[step], withForm(MAX_FORM_BYTES), async (c) => {
    const { fields } = c.var
    const typed = typedIn(step, fields)
    const isLater = step === 'mail' && fields.get('deed') === 'later'
    const read = isLater ? { settings: {} } : await readStep(c, step, typed)
    if ('errors' in read) return showStep(c, step, typed, read.errors)

    const settled = settledBy(step, await c.env.readDraft(), read.settings)
    const refused = faultsOf(c.env, settled)
    if (refused) {
      const says = installerWords(c.var.language).errors.refused(refused)
      return showStep(c, step, typed, { '': says })
    }
    await c.env.saveDraft(settled)
    const next = ASKING[ASKING.indexOf(step) + 1]
    return c.redirect(stepPaths[next ?? 'owner'], 303)
  })
}

/** The draft with the settings of this step; those that it set before are removed. */
function settledBy(step: AskingStep, draft: Draft, settings: Draft): Draft {
  const others = Object.entries(draft).filter(([name]) => !SETTLED_BY[step].includes(name))
  return { ...Object.fromEntries(others), ...settings }
}

async function readStep(c: Context<InstallerEnv>, step: AskingStep, typed: Typed) {
  const words = installerWords(c.var.language)
  switch (step) {
    case 'address': {
      const read = readAddress(typed, words)
      if ('errors' in read || !(await c.env.isDataPublic(read.settings['PUBLIC_URL']!))) return read
      return { errors: { address: words.address.visible } satisfies Errors }
    }
    case 'database': {
      const read = readDatabase(typed, words)
      if ('errors' in read) return read
      const look = await c.env.tryDatabase(read.settings['DATABASE_URL']!)
      if (look.kind === 'works' && Math.abs(look.aheadMs) > 1_000)
        c.env.log('clock.differs', { aheadMs: look.aheadMs })
      const errors = judgeDatabase(look, typed, words)
      if (errors) return { errors }
      return { settings: { ...read.settings, ...(await secrets(c.env, typed['secret'])) } }
    }
    case 'payment': {
      const read = readPayment(typed, words)
      if ('errors' in read || !read.settings['CINETPAY_API_KEY']) return read
      const tried = await c.env.tryKeys(settledBy(step, await c.env.readDraft(), read.settings))
      const errors = judgeKeys(tried, typed, words)
      return errors ? { errors } : read
    }
    case 'mail':
      return readMail(typed, words)
  }
}

/** Made once; a shop that moved here brings its own secret, which its links depend on. */
async function secrets({ readDraft }: Host, brought: string | undefined): Promise<Draft> {
  const draft = await readDraft()
  const made = () => base64url(randomBytes(SECRET_BYTES))
  return {
    APP_SECRET: brought || draft['APP_SECRET'] || made(),
    CRON_SECRET: draft['CRON_SECRET'] ?? made(),
  }
}

/** What would prevent the start, once all settings that it checks are there. */
function faultsOf({ environment }: Host, draft: Draft): string | undefined {
  if (!draft['SHOP_COUNTRY'] || !draft['APP_SECRET']) return undefined
  const given = Object.entries(environment).filter(([, value]) => value)
  const reading = readConfig({ ...draft, ...Object.fromEntries(given) })
  return reading.ok ? undefined : reading.faults.join(' ')
}

/** The first step that is not done. */
export function nextStep(draft: Draft): string {
  if (!draft['PUBLIC_URL']) return stepPaths.host
  if (!draft['DATABASE_URL']) return stepPaths.database
  if (!draft['SHOP_COUNTRY']) return stepPaths.payment
  return stepPaths.mail
}

/** The initial values of a step: the address of this visit, and sensible defaults. */
async function kept({ readDraft, visit }: Host, step: AskingStep): Promise<Typed> {
  const draft = await readDraft()
  switch (step) {
    case 'address':
      return { address: draft['PUBLIC_URL'] ?? visit.origin }
    case 'database':
      return typedDatabase(draft['DATABASE_URL'])
    case 'payment':
      return { currency: draft['SHOP_CURRENCY'] ?? 'XOF', country: draft['SHOP_COUNTRY'] ?? 'ML' }
    case 'mail':
      return { mailPort: '465', from: draft['MAIL_FROM'] ?? '' }
  }
}
