import { Hono } from 'hono'
import { findBackup } from '../../data/archive/archives.ts'
import type { Made, Backup } from '../../data/archive/archives.ts'
import { isEmptyShop } from '../../data/archive/unpacking.ts'
import { readForm } from '../../forms/read.ts'
import { archivePieces, endArrival, MAX_ARCHIVE_BYTES, startArrival } from '../../backup/arrive.ts'
import type { Sent } from '../../backup/arrive.ts'
import { openBackup } from '../../backup/open.ts'
import { workOnBackup } from '../../backup/work.ts'
import { paths } from '../../links/addresses.ts'
import { showPage, visitOf } from '../deeds/frame.tsx'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { announcedSize, stateOf, takePiece, wantsJson } from '../uploads/answers.ts'
import { sendBackup } from './download.ts'
import { fileName } from './pages.tsx'
import { findArrived, showArrived, showMade, showRoom } from './show.tsx'
import { backupWords } from './words.ts'

/** The shop in one file: nightly backups, and moving to another host. For the owner only. */
export const backup = new Hono<DeskEnv>()

backup.use(paths.backups, ownerOnly)
backup.use(`${paths.backups}/*`, ownerOnly)

const noSubject = () => Promise.resolve(null)
backup.get(paths.backups, showPage(noSubject, showRoom))

// An uploaded archive: received in pieces, then unpacked step by step.

const MAX_FORM_BYTES = 4 * 1024

backup.post(paths.startArrival, async (c) => {
  const words = backupWords(c.var.language).arrive
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind !== 'read') return c.json({}, form.kind === 'too-large' ? 413 : 400)
  const sizeBytes = announcedSize(form.fields)
  if (sizeBytes === 0) return c.json({ sentence: words.noFile }, 422)
  if (sizeBytes > MAX_ARCHIVE_BYTES) return c.json({ sentence: words.tooLarge }, 422)
  if (!(await isEmptyShop(c.env.sql))) return c.json({ sentence: words.notEmpty }, 409)
  const withoutFiles = form.fields.has('withoutFiles')
  return c.json(told(await startArrival(c.env, { sizeBytes, withoutFiles })), 201)
})

backup.post(paths.arrivalPiece.pattern, async (c) => {
  const found = await findArrived(c.env, c.req.param('id')!)
  return takePiece(c, archivePieces, found, backupWords(c.var.language).arrive)
})

/** Asking again resumes it: nothing is done twice. */
backup.post(paths.finishArrival.pattern, async (c) => {
  const id = c.req.param('id')!
  const found = await findArrived(c.env, id)
  if (!found) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  const ended = await endArrival(c.env, found)
  if (ended !== 'begun' && wantsJson(c)) return c.json({ fault: ended }, 409)
  await workOnBackup(c.env, { only: id })
  return wantsJson(c) ? c.json({ page: paths.backup(id) }) : c.redirect(paths.backup(id), 303)
})

const told = (arriving: Sent) => ({
  ...stateOf(arriving),
  page: paths.backup(arriving.id),
  at: paths.arrival(arriving.id),
})

backup.get(paths.backup.pattern, async (c) => {
  const found = await findBackup(c.env.sql, c.req.param('id')!)
  // The script asks about an upload that it remembers, and that may be gone.
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
