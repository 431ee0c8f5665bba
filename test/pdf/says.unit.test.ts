import { expect, it } from 'vitest'
import { bytesSource } from '../../packages/pdf/source.ts'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import { aPdf } from '../support/uploads.ts'

async function saidBy(options: PDFKit.PDFDocumentOptions) {
  const found = await inspectFile(bytesSource(await aPdf(1, 0, options)), 'none')
  return found.ok ? found.about : found.fault
}

it('a PDF says its title, its author and its language', async () => {
  const info = { Title: 'L’œuvre du tailleur', Author: 'Mariam Karité' }
  expect(await saidBy({ info, lang: 'fr-ML' })).toEqual({
    title: 'L’œuvre du tailleur',
    author: 'Mariam Karité',
    language: 'fr',
  })
})

it('and nothing where its program wrote the title, or it is locked', async () => {
  for (const Title of ['Microsoft Word - roman v3.docx', 'Untitled', 'Document1', 'final.pdf'])
    expect(await saidBy({ info: { Title } })).toBeNull()
  expect(await saidBy({ info: { Title: 'Caché' }, ownerPassword: 'x' })).toBeNull()
})

it('in the old encoding, too', async () => {
  const text = new TextDecoder('latin1').decode(await aPdf(1, 0, { info: { Title: 'Ma valeur' } }))
  const old = Uint8Array.from(text.replace('Ma valeur', 'C\x9cur \xe9t\xe9'), (c) =>
    c.charCodeAt(0),
  )
  const found = await inspectFile(bytesSource(old), 'none')
  expect(found.ok && found.about).toEqual({ title: 'Cœur été' })
})
