import { Hono } from 'hono'
import type { Context } from 'hono'
import { findShelf, findUpload } from '../../data/books/uploads.ts'
import type { Upload } from '../../data/books/uploads.ts'
import { readForm } from '../../forms/read.ts'
import { paths } from '../../links/addresses.ts'
import type { DeskEnv } from '../guard.ts'
import { announcedSize, stateOf, takePiece, wantsJson } from './answers.ts'
import { finishUpload, startUpload, uploadPieces } from '../../files/uploads/deeds.ts'
import { FORM_OVERHEAD_BYTES } from '../../files/uploads/limits.ts'
import { UploadPage } from './pages.tsx'
import { FAULT_FIELDS, readWhat } from '../../files/uploads/what.ts'
import { uploadWords } from './words.ts'

/** A file's way into the shop: begun, sent in pieces, checked, published. */
export const uploads = new Hono<DeskEnv>()

uploads.post(paths.startUpload.pattern, async (c) => {
  const bookSlug = c.req.param('slug')!
  const words = uploadWords(c.var.language)
  const form = await readForm(c.req.raw, FORM_OVERHEAD_BYTES)
  if (form.kind !== 'read') return c.json({}, form.kind === 'too-large' ? 413 : 400)
  const shelf = await findShelf(c.env.sql, bookSlug)
  if (!shelf) return c.json({}, 404)

  const sizeBytes = announcedSize(form.fields)
  const file = { name: form.fields.get('name') ?? '', sizeBytes }
  const reading = readWhat(form.fields, file, shelf.slots)
  if (!reading.ok) {
    const { fault } = reading
    return c.json({ fault, field: FAULT_FIELDS[fault], sentence: words.refusals[fault] }, 422)
  }
  const personId = c.var.person.id
  const upload = await startUpload(c.env, { bookSlug, personId, what: reading.what })
  if (!upload) return c.json({ fault: 'too-many', sentence: words.tooMany }, 409)
  c.env.log('upload.started', { upload: upload.id, sizeBytes })
  return c.json(told(upload), 201)
})

uploads.get(paths.upload.pattern, async (c) => {
  const upload = await uploadOf(c)
  if (!upload) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  c.header('vary', 'accept', { append: true })
  if (wantsJson(c)) return c.json(told(upload))
  const { language } = c.var
  return c.render(<UploadPage upload={upload} language={language} />, {
    title: upload.name,
    ...(upload.state === 'checking' ? { refreshSeconds: 3 } : {}),
  })
})

// POST as well: firewalls of shared hosts refuse PUT by default, so the script does not use it.
uploads.on(['PUT', 'POST'], paths.uploadPiece.pattern, async (c) =>
  takePiece(c, uploadPieces, await uploadOf(c), uploadWords(c.var.language)),
)

uploads.post(paths.finishUpload.pattern, async (c) => {
  const upload = await uploadOf(c)
  if (!upload) return wantsJson(c) ? c.json({}, 404) : c.notFound()
  const finish = await finishUpload(c.env, upload, c.var.person.id)
  if (!wantsJson(c)) return c.redirect(paths.upload(upload.id), 303)
  switch (finish.kind) {
    case 'done':
      return c.json(told(finish.upload))
    case 'checking':
      return c.json({ state: 'checking' }, 202)
    case 'missing':
    case 'restarted':
      return c.json({ fault: finish.kind }, 409)
  }
})

/** The upload at this address, if this person began it. */
const uploadOf = (c: Context<DeskEnv>) =>
  findUpload(c.env.sql, { id: c.req.param('id')!, personId: c.var.person.id })

/** What the script needs to resume. */
const told = (upload: Upload) => ({
  ...stateOf(upload),
  page: paths.upload(upload.id),
  fault: upload.fault,
})
