import { startOfDay } from '../../lib/time.ts'
import { Hono } from 'hono'
import { listLatestOrders, readStepFacts, sumSalesSince } from '../../data/orders/desk-home.ts'
import { findOutage } from '../../data/orders/outages.ts'
import { readSettings } from '../../data/settings.ts'
import { listDamagedFiles } from '../../data/books/file-health.ts'
import { countToRemind } from '../../data/orders/reminders.ts'
import { countToLookAt } from '../../data/orders/to-look-at.ts'
import { paths } from '../../links/addresses.ts'
import { choiceOf } from '../customers/deeds.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { missingIdentity } from '../../storefront/legal/identity.ts'
import { HomePage } from './home-page.tsx'
import { StepsPage } from './steps-page.tsx'
import { nextStep, stepStates } from './steps.ts'
import { startWords } from './words.ts'

/** The desk's first page, and the first steps that open a shop. */
export const start = new Hono<DeskEnv>()

const LATEST_SHOWN = 5

start.get(paths.desk, async (c) => {
  const { config, sql, provider } = c.env
  const { language, person } = c.var
  const now = c.env.now()
  const isOwner = person.role === 'owner'
  const [today, counts, damaged, toRemind, latest, settings, outage, facts] = await Promise.all([
    sumSalesSince(sql, startOfDay(now), provider.isPlayMoney),
    countToLookAt(sql, now, provider.isPlayMoney),
    listDamagedFiles(sql),
    countToRemind(sql, await choiceOf(c.env), now),
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
      toRemind={toRemind}
      latest={latest}
      outage={outage}
      next={isShown ? nextStep(stepStates(settings, facts, config, outage)) : undefined}
      isShopSaved={settings.versions.shop > 0}
      language={language}
    />,
    { title: startWords(language).home.title },
  )
})

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
      isShopSaved={settings.versions.shop > 0}
      isIdentityComplete={missingIdentity(settings, language).length === 0}
      isHidden={settings.start.hidden}
      isSaved={c.req.query('fait') === 'enregistre'}
      language={language}
    />,
    { title: startWords(language).title },
  )
})
