import { readForm } from '../../forms/read.ts'
import { Hono } from 'hono'
import { findShelf } from '../../data/books/uploads.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { sendWhole, startUpload } from '../../files/uploads/deeds.ts'
import { FORM_OVERHEAD_BYTES, MAX_SIMPLE_BYTES } from '../../files/uploads/limits.ts'
import { UploadFormPage } from './pages.tsx'
import { uploadPaths } from './paths.ts'
import { sendingScript } from '../scripts.ts'
import { readStamp, readWhat } from '../../files/uploads/what.ts'
import type { WhatFault } from '../../files/uploads/what.ts'
import { uploadWords } from './words.ts'

/** The same way in one request, for a form without script. */
export const simpleUploads = new Hono<DeskEnv>()

simpleUploads.post('/admin/livres/:slug/fichiers/simple', async (c) => {
  const { slug: bookSlug } = c.req.param()
  const { language } = c.var
  const words = uploadWords(language)
  const shelf = await findShelf(c.env.sql, bookSlug)
  if (!shelf) return c.notFound()

  const form = await readForm(c.req.raw, MAX_SIMPLE_BYTES + FORM_OVERHEAD_BYTES, { files: true })
  if (form.kind === 'malformed') return renderFault(c, 400)
  const fields = form.kind === 'read' ? form.fields : new Map<string, string>()
  const refuse = (status: 409 | 413 | 422 | 507, told: { fault?: string; errors?: object }) => {
    c.status(status)
    const typed = {
      slot: fields.get('slot') ?? 'livre',
      title: fields.get('title') ?? '',
      stamp: readStamp(fields.get('stamp')),
    }
    return c.render(
      <UploadFormPage
        book={shelf}
        slots={shelf.slots}
        language={language}
        typed={typed}
        {...told}
      />,
      { title: words.title, isPrivate: true, scripts: [sendingScript] },
    )
  }
  if (form.kind === 'too-large') return refuse(413, { fault: words.tooLargeForSimple })

  const file = form.files.get('file')
  const announced = { name: file?.name ?? '', sizeBytes: file?.size ?? 0 }
  const reading = readWhat(fields, announced, shelf.slots)
  if (!reading.ok) {
    return refuse(422, { errors: { [FIELDS[reading.fault]]: words.refusals[reading.fault] } })
  }
  const personId = c.var.person.id
  const upload = await startUpload(c.env, { bookSlug, personId, what: reading.what })
  if (!upload) return refuse(409, { fault: words.tooMany })
  const outcome = await sendWhole(c.env, upload, file!, personId)
  if (outcome === 'full') return refuse(507, { fault: words.full })
  return c.redirect(uploadPaths.upload(upload.id), 303)
})

const FIELDS: Record<WhatFault, 'file' | 'slot' | 'title'> = {
  'no-file': 'file',
  'too-large': 'file',
  slot: 'slot',
  title: 'title',
  'title-missing': 'title',
}
