import { Hono } from 'hono'
import type { Context } from 'hono'
import { readForm } from '../../forms/read.ts'
import { findSuitcase } from '../../data/archive/archives.ts'
import type { Arrived } from '../../data/archive/archives.ts'
import { isEmptyShop } from '../../data/archive/unpacking.ts'
import { receiveWhole } from '../../files/uploads/pieces.ts'
import { unseal } from '../../lib/sealed.ts'
import { readManifest, storedArchive } from '../../backup/archive.ts'
import { archivePieces, endArrival, MAX_ARCHIVE_BYTES, startArrival } from '../../backup/arrive.ts'
import type { Sent } from '../../backup/arrive.ts'
import { isUnderWay, workOnSuitcase } from '../../backup/work.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { announcedSize, stateOf, takePiece, wantsJson } from '../uploads/answers.ts'
import { ArrivedPage } from './pages.tsx'
import { suitcasePaths } from './paths.ts'
import { showRoom } from './show-room.tsx'
import { suitcaseWords } from './words.ts'

/** A suitcase that arrives: sent in pieces, or by a plain form; then unpacked, step by step. */
export const arrivals = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 4 * 1024
/** Held in memory, in pieces of which a Worker with 128 MB has room for some. */
const MAX_SIMPLE_BYTES = 32 * 1024 * 1024
const REFRESH_S = 3

arrivals.post(suitcasePaths.start, async (c) => {
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

arrivals.post(suitcasePaths.simple, async (c) => {
  const words = suitcaseWords(c.var.language).arrive
  const form = await readForm(c.req.raw, MAX_SIMPLE_BYTES, { files: true })
  const file = form.kind === 'read' ? form.files.get('file') : undefined
  const refuse = (status: 409 | 413 | 422 | 507, sentence: string) => {
    c.status(status)
    return showRoom(c, { file: sentence })
  }
  if (form.kind === 'too-large') return refuse(413, words.tooLarge)
  if (form.kind !== 'read' || !file) return refuse(422, words.noFile)
  if (!(await isEmptyShop(c.env.sql))) return refuse(409, words.notEmpty)
  const withoutFiles = form.fields.has('withoutFiles')
  const suitcase = await startArrival(c.env, { sizeBytes: file.size, withoutFiles })
  if (!(await receiveWhole(c.env, archivePieces, suitcase, file))) return refuse(507, words.full)
  return finish(c, suitcase.id)
})

arrivals.post('/admin/reglages/valise/arrivees/:id/:number{[0-9]{1,4}}', async (c) => {
  const suitcase = await arrivedOf(c, c.req.param('id'))
  return takePiece(c, archivePieces, suitcase, suitcaseWords(c.var.language).arrive)
})

arrivals.post('/admin/reglages/valise/arrivees/:id/finir', (c) => finish(c, c.req.param('id')))

arrivals.post('/admin/reglages/valise/arrivees/:id/secret', async (c) => {
  const suitcase = await arrivedOf(c, c.req.param('id'))
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (!suitcase) return c.notFound()
  if (form.kind !== 'read') return renderFault(c, form.kind === 'too-large' ? 413 : 400)
  const sealed = await sealedOf(c, suitcase)
  const secret = sealed && (await unseal(sealed, form.fields.get('passphrase') ?? ''))
  if (secret !== undefined)
    c.env.log('suitcase.unsealed', { suitcase: suitcase.id, personId: c.var.person.id })
  else c.status(422)
  const error = secret === undefined ? suitcaseWords(c.var.language).arrive.wrong : undefined
  return showArrived(c, suitcase, { secret, error })
})

const arrivedOf = async (c: Context<DeskEnv>, id: string): Promise<Sent | undefined> => {
  const found = await findSuitcase(c.env.sql, id)
  return found?.kind === 'import' ? (found as Sent) : undefined
}

/** Asked again, it goes on: nothing is done twice. */
async function finish(c: Context<DeskEnv>, id: string) {
  const suitcase = await arrivedOf(c, id)
  if (!suitcase) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  const ended = await endArrival(c.env, suitcase)
  if (ended !== 'begun' && wantsJson(c)) return c.json({ fault: ended }, 409)
  await workOnSuitcase(c.env, { only: id })
  return wantsJson(c)
    ? c.json({ page: suitcasePaths.one(id) })
    : c.redirect(suitcasePaths.one(id), 303)
}

async function sealedOf(c: Context<DeskEnv>, { storageKey, sizeBytes }: Arrived) {
  const manifest = await readManifest(storedArchive(c.env.files, storageKey, sizeBytes!))
  return manifest?.sealed ?? undefined
}

export async function showArrived(
  c: Context<DeskEnv>,
  found: Arrived,
  said: { secret?: string | undefined; error?: string | undefined } = {},
) {
  if (wantsJson(c)) return c.json(told(found as Sent))
  const { language } = c.var
  const hasSecret =
    found.fault === 'other-secret' &&
    found.state === 'arriving' &&
    (await sealedOf(c, found)) !== undefined
  return c.render(
    <ArrivedPage suitcase={found} hasSecret={hasSecret} language={language} {...said} />,
    {
      title: suitcaseWords(language).title,
      isPrivate: true,
      ...(isUnderWay(found) ? { refreshSeconds: REFRESH_S } : {}),
    },
  )
}

const told = (suitcase: Sent) => ({
  ...stateOf(suitcase),
  page: suitcasePaths.one(suitcase.id),
  at: suitcasePaths.arrival(suitcase.id),
})
