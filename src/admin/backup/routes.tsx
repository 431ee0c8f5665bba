import { Hono } from 'hono'
import type { Context } from 'hono'
import { findSuitcase } from '../../data/archive/archives.ts'
import type { Made, Suitcase } from '../../data/archive/archives.ts'
import { readForm } from '../../lib/form.ts'
import { seal } from '../../lib/sealed.ts'
import { dropSuitcase } from '../../backup/backup.ts'
import { openSuitcase } from '../../backup/open.ts'
import { beginSuitcase } from '../../backup/pack.ts'
import { isUnderWay, workOnSuitcase } from '../../backup/work.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { hasJustEntered, ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { wantsJson } from '../uploads/answers.ts'
import { arrivals, showArrived } from './arrivals.tsx'
import { sendSuitcase } from './download.ts'
import { fileName, MadePage, MAX_PASSPHRASE, MIN_PASSPHRASE } from './pages.tsx'
import { newFileKey } from './file-key.ts'
import { suitcasePaths } from './paths.ts'
import { showRoom } from './show-room.tsx'
import { suitcaseWords } from './words.ts'

/** The shop in one file: nightly backups, and the move to another host. The owner's. */
export const suitcase = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 4 * 1024
const REFRESH_S = 3

suitcase.use(suitcasePaths.room, ownerOnly)
suitcase.use(`${suitcasePaths.room}/*`, ownerOnly)

suitcase.get(suitcasePaths.room, (c) => showRoom(c))

suitcase.post(suitcasePaths.make, async (c) => {
  const { config, log } = c.env
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind !== 'read') return renderFault(c, form.kind === 'too-large' ? 413 : 400)
  const passphrase = form.fields.get('passphrase') ?? ''
  const isFit = passphrase.length >= MIN_PASSPHRASE && passphrase.length <= MAX_PASSPHRASE
  if (passphrase !== '' && !isFit) {
    c.status(422)
    return showRoom(c, { passphrase: suitcaseWords(c.var.language).make.tooShort })
  }
  const sealed = passphrase === '' ? null : await seal(config.appSecret, passphrase)
  const id = await beginSuitcase(c.env, { kind: 'export', sealed })
  log('suitcase.begun', { suitcase: id, kind: 'export', personId: c.var.person.id })
  await workOnSuitcase(c.env, { only: id })
  return c.redirect(suitcasePaths.one(id), 303)
})

suitcase.route('/', arrivals)

suitcase.get('/admin/reglages/valise/:id', async (c) => {
  const found = await findSuitcase(c.env.sql, c.req.param('id'))
  // The script asks for one that it remembers, and that may be gone.
  if (!found) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  if (found.kind === 'import') return showArrived(c, found)
  const { language } = c.var
  const sizes = found.state === 'ready' ? await sizesOf(c, found as Made) : undefined
  const file = { suitcaseId: found.id, personId: c.var.person.id }
  const fileKey = sizes && hasJustEntered(c) ? await newFileKey(c.env, file) : undefined
  const props = { suitcase: found as Made, sizes, fileKey, language }
  return c.render(<MadePage {...props} />, {
    title: suitcaseWords(language).title,
    isPrivate: true,
    ...(isUnderWay(found) ? { refreshSeconds: REFRESH_S } : {}),
  })
})

suitcase.get('/admin/reglages/valise/:id/fichier/:name', async (c) => {
  const { id, name } = c.req.param()
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

suitcase.post('/admin/reglages/valise/:id/supprimer', async (c) => {
  const found = await findSuitcase(c.env.sql, c.req.param('id'))
  if (found) {
    await dropSuitcase(c.env, found)
    c.env.log('suitcase.removed', { suitcase: found.id, personId: c.var.person.id })
  }
  return c.redirect(suitcasePaths.room, 303)
})

const isReady = (found: Suitcase | undefined): found is Made =>
  found !== undefined && found.kind !== 'import' && found.state === 'ready'

async function sizesOf(c: Context<DeskEnv>, found: Made) {
  const [withFiles, withoutFiles] = await Promise.all([
    openSuitcase(c.env, found, true),
    openSuitcase(c.env, found, false),
  ])
  return { withFiles: withFiles.layout.sizeBytes, withoutFiles: withoutFiles.layout.sizeBytes }
}
