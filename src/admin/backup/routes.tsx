import { Hono } from 'hono'
import { findSuitcase } from '../../data/archive/archives.ts'
import type { Made, Suitcase } from '../../data/archive/archives.ts'
import type { Sent } from '../../backup/arrive.ts'
import { openSuitcase } from '../../backup/open.ts'
import { paths } from '../../links/addresses.ts'
import { showPage, visitOf } from '../deeds/frame.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { wantsJson } from '../uploads/answers.ts'
import { arrivals, told } from './arrivals.ts'
import { sendSuitcase } from './download.ts'
import { fileName } from './pages.tsx'
import { showArrived, showMade, showRoom } from './show.tsx'

/** The shop in one file: nightly backups, and the move to another host. The owner's. */
export const suitcase = new Hono<DeskEnv>()

suitcase.use(paths.suitcases, ownerOnly)
suitcase.use(`${paths.suitcases}/*`, ownerOnly)

suitcase.get(
  paths.suitcases,
  showPage(
    () => Promise.resolve(null),
    (visit) => showRoom(visit),
  ),
)

suitcase.route('/', arrivals)

suitcase.get(paths.suitcase.pattern, async (c) => {
  const found = await findSuitcase(c.env.sql, c.req.param('id')!)
  // The script asks for one that it remembers, and that may be gone.
  if (!found) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  if (found.kind === 'import' && wantsJson(c)) return c.json(told(found as Sent))
  const visit = visitOf(c)
  const { body, ...frame } = await (found.kind === 'import'
    ? showArrived(visit, found)
    : showMade(visit, found as Made))
  return c.render(body as string, frame)
})

suitcase.get(paths.suitcaseFile.pattern, async (c) => {
  const { id, name } = c.req.param() as { id: string; name: string }
  const found = await findSuitcase(c.env.sql, id)
  if (!isReady(found)) return c.notFound()
  const withFiles = [true, false].find((withFiles) => fileName(found, withFiles) === name)
  if (withFiles === undefined) return c.notFound()
  c.env.log('suitcase.sent', { suitcase: id, withFiles, personId: c.var.person.id })
  return sendSuitcase(c.req.raw, await openSuitcase(c.env, found, withFiles), {
    name,
    modifiedAt: found.createdAt,
  })
})

const isReady = (found: Suitcase | undefined): found is Made =>
  found !== undefined && found.kind !== 'import' && found.state === 'ready'
