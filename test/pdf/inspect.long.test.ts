import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { inspectPdf } from '../../packages/pdf/inspect.ts'
import { rc4 } from '../../packages/pdf/crypt.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { readRecipe } from '../../packages/pdf/stamp/read-recipe.ts'
import type { RangedSource } from '../../packages/pdf/source.ts'

const FIXTURES = 'test/fixtures/pdf'
const BOOKS = 'demonstration/books'
const DEMONSTRATION = [
  ['l-oeuvre-du-tailleur', 29],
  ['bogolan-vingt-quatre-motifs', 53],
  ['cahier-de-caisse-2027', 387],
] as const
const fixture = (name: string) => new Uint8Array(readFileSync(join(FIXTURES, name)))
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const textOf = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')
const inspect = (pdf: Uint8Array) => inspectPdf(bytesSource(pdf))
const open = (pages: number, encrypted = false) => ({
  ok: true,
  pages,
  encrypted,
  needsPassword: false,
})
const refused = (why: string) => ({ ok: false, why })

/** A source that counts what is asked of it. */
function counted(pdf: Uint8Array) {
  const asked = { reads: 0, bytes: 0 }
  const source: RangedSource = {
    sizeBytes: pdf.length,
    async read(offset, length) {
      expect(offset >= 0 && length > 0 && offset + length <= pdf.length).toBe(true)
      asked.reads++
      asked.bytes += length
      return pdf.subarray(offset, offset + length)
    },
  }
  return { source, asked }
}

/** A PDF made of its objects, with a table that is right. */
function pdfOf(objects: string[], trailer = '/Root 1 0 R', head = '%PDF-1.7\n') {
  let text = head
  const offsets = objects.map((object, i) => {
    const offset = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = text.length
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}`
  text += `trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return text
}
const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>'
const PAGE = '<< /Type /Page /Parent 2 0 R >>'
const treeOf = (count: number | string, ...kids: number[]) =>
  `<< /Type /Pages /Count ${count} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`

describe('a PDF of another program', () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.pdf'))

  it.each(names)('is read: %s', async (name) => {
    const isEncrypted = /^(owner|user)-/.test(name)
    expect(await inspect(fixture(name))).toEqual(
      name.startsWith('user-')
        ? { ok: true, pages: null, encrypted: true, needsPassword: true }
        : open(3, isEncrypted),
    )
  })

  // Readers open what is cut behind the last thing that its pages show: it is taken, and never stamped.
  it.each(names)('that is cut within what its pages show is never taken: %s', async (name) => {
    const pdf = fixture(name)
    const whole = await inspect(pdf)
    const ends = []
    for (let length = textOf(pdf).lastIndexOf('startxref'); length > 0; length -= 37) {
      const cut = pdf.subarray(0, length)
      const report = await inspect(cut)
      if (!report.ok) continue
      ends.push(length)
      expect(report, `cut after ${length} bytes`).toMatchObject({ pages: whole.ok && whole.pages })
      expect(await readRecipe(bytesSource(cut), 'all')).toMatchObject({ recipe: null })
    }
    expect(ends.every((length) => length > pdf.length / 2)).toBe(true)
  })

  it.each(names.filter((name) => !name.startsWith('user-')))(
    'is read without its tables: %s',
    async (name) => {
      const broken = bytes(textOf(fixture(name)).replaceAll('startxref', 'startxxxx'))
      expect(await inspect(broken)).toMatchObject({ ok: true, pages: 3 })
    },
  )

  it.each(names)('may have bytes before and after it: %s', async (name) => {
    const expected = await inspect(fixture(name))
    const padded = Buffer.concat([Buffer.from('From: a mail\r\n\r\n'), fixture(name)])
    expect(await inspect(new Uint8Array(padded))).toEqual(expected)
    const trailing = Buffer.concat([fixture(name), Buffer.alloc(9_000)])
    expect(await inspect(new Uint8Array(trailing))).toEqual(expected)
  })
})

describe('a PDF of ours', () => {
  it('is read: the demonstration’s books', async () => {
    for (const [slug, pages] of DEMONSTRATION) {
      const { source, asked } = counted(readFileSync(join(BOOKS, slug, 'book.pdf')))
      expect(await inspectPdf(source)).toEqual(open(pages))
      expect(asked.reads).toBeLessThan(8)
    }
  })

  it('is read: with a password of the owner’s, and with one of the reader’s', async () => {
    const make = async (options: PDFKit.PDFDocumentOptions) => {
      const document = new PDFDocument({ ...options, autoFirstPage: false })
      const pieces: Buffer[] = []
      document.on('data', (piece: Buffer) => pieces.push(piece))
      for (let i = 0; i < 5; i++) document.addPage().text(`Page ${i}`)
      document.end()
      await new Promise((done) => document.on('end', done))
      return new Uint8Array(Buffer.concat(pieces))
    }
    for (const pdfVersion of ['1.3', '1.4', '1.6', '1.7ext3'] as const) {
      const owner = await make({ pdfVersion, ownerPassword: 'patron' })
      expect(await inspect(owner)).toEqual(open(5, true))
      const user = await make({ pdfVersion, userPassword: 'secret', ownerPassword: 'patron' })
      expect(await inspect(user)).toMatchObject({ needsPassword: true, pages: null })
    }
  })

  it('takes few reads, however large it is', async () => {
    const images = `<< /Length 20000000 >>\nstream\n${'x'.repeat(20_000_000)}\nendstream`
    const pdf = bytes(pdfOf([CATALOG, treeOf(1, 3), PAGE, images]))
    const { source, asked } = counted(pdf)
    expect(await inspectPdf(source)).toEqual(open(1))
    expect(asked.reads).toBeLessThan(6)
    expect(asked.bytes).toBeLessThan(300_000)
  })
})

describe('the tables of a PDF', () => {
  const plain = pdfOf([CATALOG, treeOf(1, 3), PAGE])

  it('may be hybrid: what is free in the table stands in a stream', async () => {
    const objects = [CATALOG, treeOf(1, 3)]
    const whole = pdfOf(objects, '/Root 1 0 R /XRefStm PLACE')
    const page = whole.indexOf('xref\n0')
    const body = whole.slice(0, page) + `3 0 obj\n${PAGE}\nendobj\n`
    const row = Buffer.from([1, page >> 8, page & 255, 0]).toString('latin1')
    const stream = `<< /Type /XRef /W [1 2 1] /Index [3 1] /Size 4 /Length 4 >>\nstream\n${row}\nendstream`
    const hybrid = `${body}4 0 obj\n${stream}\nendobj\n`
    const table = whole.slice(page).replace('PLACE', String(body.length))
    const tail = table
      .replace('0 3\n', '0 4\n')
      .replace('trailer', '0000000000 00000 f \ntrailer')
      .replace(/startxref\n\d+/, `startxref\n${hybrid.length}`)
    expect(await inspect(bytes(hybrid + tail))).toEqual(open(1))
  })

  it('may be several: the newest has the first word', async () => {
    const start = plain.length
    const added = `2 0 obj\n${treeOf(2, 3, 4)}\nendobj\n4 0 obj\n${PAGE}\nendobj\n`
    const second = start + added.indexOf('4 0 obj')
    const offsets = [start, second].map((at) => String(at).padStart(10, '0'))
    const table = `xref\n2 1\n${offsets[0]} 00000 n \n4 1\n${offsets[1]} 00000 n \n`
    const before = /startxref\n(\d+)/.exec(plain)![1]
    const trailer = `trailer\n<< /Size 5 /Root 1 0 R /Prev ${before} >>\nstartxref\n`
    const updated = `${plain}${added}${table}${trailer}${start + added.length}\n%%EOF\n`
    expect(await inspect(bytes(updated))).toEqual(open(2))
    // Cut within what was added, the earlier revision is whole: readers show that, and so it is sold.
    expect(await inspect(bytes(updated.slice(0, start + 80)))).toMatchObject(open(1))
  })

  it.each([
    ['19 bytes a line', plain.replaceAll(' n \n', ' n\n').replace(' f \n', ' f\n')],
    ['numbers that begin at 1', plain.replace('xref\n0 4', 'xref\n1 4')],
    ['a place that is not theirs', plain.replace(/startxref\n\d+/, 'startxref\n12')],
    ['entries that point elsewhere', plain.replace(/00000000\d\d 00000 n/, '0000000002 00000 n')],
    ['carriage returns alone', plain.replaceAll('\n', '\r')],
    ['line ends that a mail program made longer', plain.replaceAll('\n', '\r\n')],
  ])('may be odd: %s', async (_, text) => {
    expect(await inspect(bytes(text))).toEqual(open(1))
  })

  it.each([
    [
      'a circle of /Prev',
      plain.replace('/Root 1 0 R', `/Root 1 0 R /Prev ${plain.indexOf('xref\n')}`),
    ],
    ['a number of pages that is not said', plain.replace('/Count 1', '/Count 0')],
  ])('do not mislead: %s', async (_, text) => {
    expect(await inspect(bytes(text))).toEqual(open(1))
  })
})

describe('refused', () => {
  it.each([
    ['nothing', '', 'not-pdf'],
    ['a picture', '\x89PNG\r\n\x1a\n', 'not-pdf'],
    ['a header alone', '%PDF-1.7\n', 'broken'],
    ['no page', pdfOf([CATALOG, treeOf(0)]), 'no-pages'],
    ['a page that is not there', pdfOf([CATALOG, treeOf(1, 9)]), 'broken'],
    [
      'no trailer',
      pdfOf([CATALOG, treeOf(1, 3), PAGE]).replace(/xref\n0[^]*%%EOF/, '%%EOF'),
      'broken',
    ],
    ['no catalog', pdfOf(['<< >>', treeOf(1, 3), PAGE], '/Root 8 0 R'), 'broken'],
    ['a tree that is a circle', pdfOf([CATALOG, treeOf(3, 2)]), 'no-pages'],
    ['a length in a circle', pdfOf(['4 0 R', '1 0 R', PAGE, '2 0 R']), 'broken'],
    ['endless nesting', pdfOf([`<< /Pages ${'['.repeat(5_000)} >>`]), 'broken'],
  ])('is %s', async (_, text, why) => {
    expect(await inspect(bytes(text))).toEqual(refused(why))
  })

  it('is a stream that would grow without end', async () => {
    const { deflateSync } = await import('node:zlib')
    const bomb = deflateSync(Buffer.alloc(200_000_000)).toString('latin1')
    const stream = `<< /Type /XRef /W [1 2 1] /Size 9 /Filter /FlateDecode /Root 1 0 R /Length ${bomb.length} >>`
    const text = `%PDF-1.7\n9 0 obj\n${stream}\nstream\n${bomb}\nendstream\nendobj\nstartxref\n9\n%%EOF`
    const before = process.memoryUsage().rss
    expect(await inspect(bytes(text))).toEqual(refused('too-much-work'))
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(150)
  })
})

it('lets a fault of the storage through', async () => {
  const source: RangedSource = {
    sizeBytes: 100,
    read: () => Promise.reject(new Error('R2 is ill')),
  }
  await expect(inspectPdf(source)).rejects.toThrow('R2 is ill')
})

it('has the stream cipher that old encryption asks for', () => {
  // RFC 6229, 40-bit key 0102030405, offset 0.
  const stream = rc4(Uint8Array.of(1, 2, 3, 4, 5), new Uint8Array(16))
  expect(Buffer.from(stream).toString('hex')).toBe('b2396305f03dc027ccc3524a0a1118a8')
})
