import { findSign } from '../../data/signs-of-life.ts'
import { listMigrations } from '../../data/versions.ts'
import { describeError } from '../../lib/log.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { defineDeed, fault } from '../deeds/deed.ts'
import type { Shown } from '../deeds/deed.ts'
import { cronLine } from './cron-line.ts'
import { offersOf } from './offers.ts'
import { VersionPage } from './pages.tsx'
import type { Timer } from './pages.tsx'
import { versionWords } from './words.ts'

/** The crontab line runs every 5 minutes. */
const LATE_MS = 30 * 60_000

/** The other version takes over at the next start; this one finishes its requests. */
const choose = defineDeed({
  path: paths.version,
  by: 'owner',
  page: async ({ shop, language }, _, { clash, more }: Shown<string>) => {
    const { releases, sql } = shop
    const [timer, migrations] = await Promise.all([timerOf(shop), listMigrations(sql)])
    const offers = releases && (await offersOf(releases, migrations))
    const props = { language, timer, offers, migrations, note: more, fault: clash || undefined }
    return { title: versionWords(language).title, body: <VersionPage {...props} /> }
  },
  act: async ({ shop, person, language, sent }) => {
    const { releases, sql, log } = shop
    if (!releases) return fault(400)
    const offers = await offersOf(releases, await listMigrations(sql))
    const offer = offers.find(({ id }) => id === sent.get('id'))
    const { update } = versionWords(language)
    if (offer?.kind !== 'ready') return undefined
    try {
      await releases.choose(offer.id)
    } catch (error) {
      log('file.unwritable', describeError(error))
      return { clash: update.unwritable, status: 503 }
    }
    log('version.chosen', { id: offer.id, personId: person.id })
    return { more: update.chosen(offer.version) }
  },
  // Removed or damaged since the page was shown: the page now says so.
  moved: () => '',
})

export async function timerOf({ config, sql, now, releases }: Shop): Promise<Timer> {
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

export const versionDeeds = [choose]
