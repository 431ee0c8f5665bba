import { Hono } from 'hono'
import type { Context } from 'hono'
import { findSign } from '../../data/signs-of-life.ts'
import { listMigrations } from '../../data/versions.ts'
import { examine } from '../../doctor/examine.ts'
import { readForm } from '../../lib/form.ts'
import { describeError } from '../../lib/log.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { cronLine } from './cron-line.ts'
import { offersOf } from './offers.ts'
import { InstalledPage, VersionPage } from './pages.tsx'
import type { Timer } from './pages.tsx'
import { versionWords } from './words.ts'

/** Which version runs, how another takes its place, and the line that makes cron call. */
export const version = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 1_024
/** Every 5 minutes is what the line asks for. */
const LATE_MS = 30 * 60_000

version.use(paths.version, ownerOnly)
version.use(paths.installed, ownerOnly)

version.get(paths.version, (c) => show(c))

/** Another version takes over with the next start; this one lets its visitors finish. */
version.post(paths.version, async (c) => {
  const { releases, sql, log } = c.env
  const sent = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (sent.kind !== 'read' || !releases) return renderFault(c, 400)
  const offers = await offersOf(releases, await listMigrations(sql))
  const offer = offers.find(({ id }) => id === sent.fields.get('id'))
  const { update } = versionWords(c.var.language)
  // Gone, or cut, since the page was shown: which says so anew.
  if (offer?.kind !== 'ready') return show(c, {}, 409)
  try {
    await releases.choose(offer.id)
  } catch (error) {
    log('file.unwritable', describeError(error))
    return show(c, { fault: update.unwritable }, 503)
  }
  log('version.chosen', { id: offer.id, personId: c.var.person.id })
  return show(c, { note: update.chosen(offer.version) })
})

version.get(paths.installed, async (c) => {
  const { language } = c.var
  const [findings, timer] = await Promise.all([examine(c.env, language), timerOf(c.env)])
  return c.render(<InstalledPage language={language} findings={findings} timer={timer} />, {
    title: versionWords(language).installed.title,
  })
})

type Told = { note?: string; fault?: string }

async function show(c: Context<DeskEnv>, told: Told = {}, status: 200 | 409 | 503 = 200) {
  const { releases, sql } = c.env
  const { language } = c.var
  const [timer, migrations] = await Promise.all([timerOf(c.env), listMigrations(sql)])
  const offers = releases && (await offersOf(releases, migrations))
  c.status(status)
  const shown = { language, timer, offers, migrations, ...told }
  return c.render(<VersionPage {...shown} />, { title: versionWords(language).title })
}

async function timerOf({ config, sql, now, releases }: Shop): Promise<Timer> {
  const lastAt = (await findSign(sql, 'cron'))?.seenAt
  const file = releases?.cronSecretFile
  return {
    line:
      config.cronSecret === undefined ? undefined : cronLine(absolute(config, paths.cron), file),
    isReady: file !== undefined,
    lastAt,
    isLate: lastAt !== undefined && now().getTime() - lastAt.getTime() > LATE_MS,
  }
}
