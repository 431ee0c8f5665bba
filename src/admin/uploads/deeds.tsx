import { findShelf, findUpload } from '../../data/books/uploads.ts'
import { paths } from '../../links/addresses.ts'
import { defineDeed } from '../deeds/deed.ts'
import { sendingScript } from '../scripts.ts'
import { giveUp, sendWhole, startUpload } from '../../files/uploads/deeds.ts'
import { FORM_OVERHEAD_BYTES, MAX_SIMPLE_BYTES } from '../../files/uploads/limits.ts'
import { UploadFormPage } from './pages.tsx'
import { FAULT_FIELDS, readStamp, readWhat } from '../../files/uploads/what.ts'
import { uploadWords } from './words.ts'

/** A whole file in one request, for forms without a script. */
const sendAtOnce = defineDeed({
  path: paths.simpleUpload.pattern,
  pageAt: paths.startUpload.pattern,
  by: 'helper',
  maxBytes: MAX_SIMPLE_BYTES + FORM_OVERHEAD_BYTES,
  files: { tooLarge: ({ language }) => ({ form: uploadWords(language).tooLargeForSimple }) },
  on: ({ shop, place }) => findShelf(shop.sql, place('slug')),
  page: ({ language }, shelf, { sent, errors, clash }) => {
    const typed = sent && {
      slot: sent.get('slot') ?? 'livre',
      title: sent.get('title') ?? '',
      stamp: readStamp(sent.get('stamp')),
    }
    const props = { book: shelf, slots: shelf.slots, language, typed, errors }
    return {
      title: uploadWords(language).title,
      scripts: [sendingScript],
      body: <UploadFormPage {...props} fault={clash ?? errors['form']} />,
    }
  },
  act: async ({ shop, person, sent, files, language }, { slug: bookSlug, slots }) => {
    const words = uploadWords(language)
    const file = files.get('file')
    const announced = { name: file?.name ?? '', sizeBytes: file?.size ?? 0 }
    const reading = readWhat(sent, announced, slots)
    if (!reading.ok)
      return { errors: { [FAULT_FIELDS[reading.fault]]: words.refusals[reading.fault] } }
    const personId = person.id
    const upload = await startUpload(shop, { bookSlug, personId, what: reading.what })
    if (!upload) return { clash: words.tooMany }
    const outcome = await sendWhole(shop, upload, file!, personId)
    return outcome === 'full' ? { clash: words.full, status: 507 } : paths.upload(upload.id)
  },
})

const abandon = defineDeed({
  path: paths.giveUpUpload.pattern,
  by: 'helper',
  on: ({ shop, person, place }) => findUpload(shop.sql, { id: place('id'), personId: person.id }),
  act: async ({ shop }, upload) => {
    await giveUp(shop, upload)
    return paths.upload(upload.id)
  },
})

export const uploadDeeds = [sendAtOnce, abandon]
