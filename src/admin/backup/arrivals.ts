import { Hono } from 'hono'
import type { Context } from 'hono'
import { isEmptyShop } from '../../data/archive/unpacking.ts'
import { readForm } from '../../forms/read.ts'
import { archivePieces, endArrival, MAX_ARCHIVE_BYTES, startArrival } from '../../backup/arrive.ts'
import type { Sent } from '../../backup/arrive.ts'
import { workOnSuitcase } from '../../backup/work.ts'
import { paths } from '../../links/addresses.ts'
import type { DeskEnv } from '../guard.ts'
import { announcedSize, stateOf, takePiece, wantsJson } from '../uploads/answers.ts'
import { findArrived } from './show.tsx'
import { suitcaseWords } from './words.ts'

/** A suitcase that arrives: sent in pieces; then unpacked, step by step. */
export const arrivals = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 4 * 1024

arrivals.post(paths.startArrival, async (c) => {
  const words = suitcaseWords(c.var.language).arrive
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
  const suitcase = await findArrived(c.env, c.req.param('id')!)
  return takePiece(c, archivePieces, suitcase, suitcaseWords(c.var.language).arrive)
})

arrivals.post(paths.finishArrival.pattern, (c) => finish(c, c.req.param('id')!))

/** Asked again, it goes on: nothing is done twice. */
async function finish(c: Context<DeskEnv>, id: string) {
  const suitcase = await findArrived(c.env, id)
  if (!suitcase) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  const ended = await endArrival(c.env, suitcase)
  if (ended !== 'begun' && wantsJson(c)) return c.json({ fault: ended }, 409)
  await workOnSuitcase(c.env, { only: id })
  return wantsJson(c) ? c.json({ page: paths.suitcase(id) }) : c.redirect(paths.suitcase(id), 303)
}

export const told = (suitcase: Sent) => ({
  ...stateOf(suitcase),
  page: paths.suitcase(suitcase.id),
  at: paths.arrival(suitcase.id),
})
