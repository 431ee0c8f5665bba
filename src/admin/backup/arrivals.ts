import { Hono } from 'hono'
import type { Context } from 'hono'
import { isEmptyShop } from '../../data/archive/unpacking.ts'
import { readForm } from '../../forms/read.ts'
import { archivePieces, endArrival, MAX_ARCHIVE_BYTES, startArrival } from '../../backup/arrive.ts'
import type { Sent } from '../../backup/arrive.ts'
import { workOnBackup } from '../../backup/work.ts'
import { paths } from '../../links/addresses.ts'
import type { DeskEnv } from '../guard.ts'
import { announcedSize, stateOf, takePiece, wantsJson } from '../uploads/answers.ts'
import { findArrived } from './show.tsx'
import { backupWords } from './words.ts'

/** A backup archive that arrives: sent in pieces; then unpacked, step by step. */
export const arrivals = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 4 * 1024

arrivals.post(paths.startArrival, async (c) => {
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

arrivals.post(paths.arrivalPiece.pattern, async (c) => {
  const backup = await findArrived(c.env, c.req.param('id')!)
  return takePiece(c, archivePieces, backup, backupWords(c.var.language).arrive)
})

arrivals.post(paths.finishArrival.pattern, (c) => finish(c, c.req.param('id')!))

/** Asked again, it goes on: nothing is done twice. */
async function finish(c: Context<DeskEnv>, id: string) {
  const backup = await findArrived(c.env, id)
  if (!backup) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  const ended = await endArrival(c.env, backup)
  if (ended !== 'begun' && wantsJson(c)) return c.json({ fault: ended }, 409)
  await workOnBackup(c.env, { only: id })
  return wantsJson(c) ? c.json({ page: paths.backup(id) }) : c.redirect(paths.backup(id), 303)
}

export const told = (backup: Sent) => ({
  ...stateOf(backup),
  page: paths.backup(backup.id),
  at: paths.arrival(backup.id),
})
