import { Hono } from 'hono'
import { findBackup } from '../../data/archive/archives.ts'
import type { Made, Backup } from '../../data/archive/archives.ts'
import type { Sent } from '../../backup/arrive.ts'
import { openBackup } from '../../backup/open.ts'
import { paths } from '../../links/addresses.ts'
import { showPage, visitOf } from '../deeds/frame.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { wantsJson } from '../uploads/answers.ts'
import { arrivals, told } from './arrivals.ts'
import { sendBackup } from './download.ts'
import { fileName } from './pages.tsx'
import { showArrived, showMade, showRoom } from './show.tsx'

/** The shop in one file: nightly backups, and the move to another host. The owner's. */
export const backup = new Hono<DeskEnv>()

backup.use(paths.backups, ownerOnly)
backup.use(`${paths.backups}/*`, ownerOnly)

backup.get(
  paths.backups,
  showPage(
    () => Promise.resolve(null),
    (visit) => showRoom(visit),
  ),
)

backup.route('/', arrivals)

backup.get(paths.backup.pattern, async (c) => {
  const found = await findBackup(c.env.sql, c.req.param('id')!)
  // The script asks for one that it remembers, and that may be gone.
  if (!found) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  if (found.kind === 'import' && wantsJson(c)) return c.json(told(found as Sent))
  const visit = visitOf(c)
  const { body, ...frame } = await (found.kind === 'import'
    ? showArrived(visit, found)
    : showMade(visit, found as Made))
  return c.render(body as string, frame)
})

backup.get(paths.backupFile.pattern, async (c) => {
  const { id, name } = c.req.param() as { id: string; name: string }
  const found = await findBackup(c.env.sql, id)
  if (!isReady(found)) return c.notFound()
  const withFiles = [true, false].find((withFiles) => fileName(found, withFiles) === name)
  if (withFiles === undefined) return c.notFound()
  c.env.log('backup.sent', { backup: id, withFiles, personId: c.var.person.id })
  return sendBackup(c.req.raw, await openBackup(c.env, found, withFiles), {
    name,
    modifiedAt: found.createdAt,
  })
})

const isReady = (found: Backup | undefined): found is Made =>
  found !== undefined && found.kind !== 'import' && found.state === 'ready'
