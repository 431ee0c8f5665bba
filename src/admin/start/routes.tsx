import { Hono } from 'hono'
import type { Context } from 'hono'
import {
  hasTrueNotice,
  listLatestOrders,
  readStepFacts,
  sumSalesSince,
} from '../../data/orders/desk-home.ts'
import { endDenial, findOutage } from '../../data/orders/outages.ts'
import { readSettings } from '../../data/settings.ts'
import { listDamagedFiles } from '../../data/books/file-health.ts'
import { countToLookAt } from '../../data/orders/to-look-at.ts'
import { readForm } from '../../lib/form.ts'
import { refuseMethod } from '../../lib/methods.ts'
import { addressSeen } from '../../payment/address-seen.ts'
import { API_URLS } from '../../config/cinetpay-generation.ts'
import type { ProbeAnswer } from '../../money/provider.ts'
import { saveSettings } from '../../data/settings-cache.ts'
import type { Settings } from '../../config/settings.ts'
import type { Shop } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { missingIdentity } from '../../storefront/legal/identity.ts'
import { CinetpayPage } from './cinetpay-page.tsx'
import { HomePage } from './home-page.tsx'
import { StepsPage } from './steps-page.tsx'
import { nextStep, STEPS, stepStates } from './steps.ts'
import { startWords } from './words.ts'

/** The desk's first page, and the first steps that open a shop. */
export const start = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 1_024
const LATEST_SHOWN = 5
const DAY_MS = 24 * 60 * 60_000

start.get(paths.desk, async (c) => {
  const { config, sql, provider } = c.env
  const { language, person } = c.var
  const now = c.env.now()
  const isOwner = person.role === 'owner'
  const [today, counts, damaged, latest, settings, outage, facts] = await Promise.all([
    sumSalesSince(sql, new Date(now.getTime() - (now.getTime() % DAY_MS)), provider.isPlayMoney),
    countToLookAt(sql, now, provider.isPlayMoney),
    listDamagedFiles(sql),
    listLatestOrders(sql, LATEST_SHOWN),
    readSettings(sql),
    findOutage(sql, provider.name),
    isOwner ? readStepFacts(sql, now, provider.isPlayMoney) : undefined,
  ])
  const isShown = facts && !settings.start.hidden
  return c.render(
    <HomePage
      today={today}
      currency={config.currency}
      counts={counts}
      damaged={damaged.length}
      latest={latest}
      outage={outage}
      next={isShown ? nextStep(stepStates(settings, facts, config, outage)) : undefined}
      language={language}
    />,
    { title: startWords(language).home.title },
  )
})
start.all(paths.desk, refuseMethod('GET, HEAD'))

start.use(`${paths.firstSteps}/*`, ownerOnly)

start.get(paths.firstSteps, async (c) => {
  const { config, sql, provider } = c.env
  const { language } = c.var
  const [settings, facts, outage] = await Promise.all([
    readSettings(sql),
    readStepFacts(sql, c.env.now(), provider.isPlayMoney),
    findOutage(sql, provider.name),
  ])
  return c.render(
    <StepsPage
      states={stepStates(settings, facts, config, outage)}
      facts={facts}
      currency={config.currency}
      isDemonstration={c.env.provider.isPlayMoney}
      isIdentityComplete={missingIdentity(settings, language).length === 0}
      isHidden={settings.start.hidden}
      isSaved={c.req.query('fait') === 'enregistre'}
      language={language}
    />,
    { title: startWords(language).title },
  )
})
start.all(paths.firstSteps, refuseMethod('GET, HEAD'))

/** Sets a step aside, or takes it up again. */
start.post(`${paths.firstSteps}/plus-tard`, async (c) => {
  const sent = await readForm(c.req.raw, MAX_FORM_BYTES)
  const step = sent.kind === 'read' && STEPS.find((name) => name === sent.fields.get('step'))
  if (sent.kind !== 'read' || !step) return renderFault(c, 400)
  const isLater = sent.fields.get('later') === 'yes'
  await change(c, (start) => {
    const others = start.done.filter((name) => name !== step)
    return { ...start, done: isLater ? [...others, step] : others }
  })
  return c.redirect(paths.firstSteps, 303)
})
start.all(`${paths.firstSteps}/plus-tard`, refuseMethod('POST'))

/** Shows the first steps on the desk's first page, or no longer. */
start.post(`${paths.firstSteps}/accueil`, async (c) => {
  const sent = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (sent.kind !== 'read') return renderFault(c, 400)
  const hidden = sent.fields.get('hidden') === 'yes'
  await change(c, (start) => ({ ...start, hidden }))
  return c.redirect(hidden ? paths.desk : paths.firstSteps, 303)
})
start.all(`${paths.firstSteps}/accueil`, refuseMethod('POST'))

start.get(paths.cinetpay, (c) => showCinetpay(c))

/** Tests the keys, or asks which address CinetPay sees; whoever is not let in is told both. */
start.post(paths.cinetpay, async (c) => {
  const sent = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (sent.kind !== 'read') return renderFault(c, 400)
  const isAboutKeys = sent.fields.get('deed') !== 'address'
  const probe = isAboutKeys ? await c.env.provider.probe() : undefined
  if (probe) {
    const reason = probe.kind === 'unreachable' ? probe.reason : undefined
    c.env.log('provider.probed', { kind: probe.kind, reason })
    if (probe.kind === 'works') await endDenial(c.env.sql, c.env.provider.name)
  }
  const isAddressAsked = !isAboutKeys || probe?.kind === 'wrong-address'
  const seen = isAddressAsked ? { address: await seenAs(c.env) } : undefined
  return showCinetpay(c, { probe, seen })
})
start.all(paths.cinetpay, refuseMethod('GET, HEAD, POST'))

/** Before there are keys, the newer API's front is asked: its list is filled in first. */
const seenAs = ({ config, provider, fetch }: Shop) =>
  config.cinetpay ? provider.addressSeen?.() : addressSeen(fetch, API_URLS.v1)

type Told = { probe?: ProbeAnswer | undefined; seen?: { address: string | undefined } | undefined }

async function showCinetpay(c: Context<DeskEnv>, told: Told = {}) {
  const { language } = c.var
  const { config, sql } = c.env
  return c.render(
    <CinetpayPage
      config={config}
      {...told}
      hasTrueNotice={config.cinetpay !== undefined && (await hasTrueNotice(sql))}
      language={language}
    />,
    { title: startWords(language).cinetpay.title },
  )
}

/** Of two at once the second changes nothing; the page that follows shows what is so. */
async function change(
  c: Context<DeskEnv>,
  make: (start: Settings['start']) => Settings['start'],
): Promise<void> {
  const settings = await readSettings(c.env.sql)
  const seen = { versionSeen: settings.versions.start, personId: c.var.person.id }
  await saveSettings(c.env, 'start', make(settings.start), seen)
}
