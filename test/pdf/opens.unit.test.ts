import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../packages/pdf/source.ts'
import { stampTail } from '../../packages/pdf/stamp/tail.ts'
import { isDict } from '../../packages/pdf/objects.ts'
import type { PdfValue } from '../../packages/pdf/objects.ts'
import { Parser } from '../../packages/pdf/parser.ts'
import { write } from '../../packages/pdf/stamp/write.ts'
import { aPdf } from '../support/uploads.ts'
import type { Objects } from '../support/odd-pdfs.ts'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import {
  entryOf,
  misled,
  node,
  page,
  pdfOf,
  tableOf,
  twoPages,
  updated,
  withTableStream,
} from '../support/odd-pdfs.ts'
import { told } from '../support/told-pdf.ts'
import { bytesOf, ascii85, lzw, runLength, subtracted } from '../support/packings.ts'

describe('a page tree with nodes that hold no page', () => {
  const empty = (count = 0) => node(count, [], '/Parent 2 0 R')
  it.each<[string, string, number]>([
    ['first', pdfOf(twoPages({ 2: node(2, [20, 7, 8]), 20: empty() })), 2],
    ['last', pdfOf(twoPages({ 2: node(2, [7, 8, 20]), 20: empty() })), 2],
    ['in the middle', pdfOf(twoPages({ 2: node(2, [7, 20, 8]), 20: empty() })), 2],
    [
      'everywhere',
      pdfOf(twoPages({ 2: node(2, [20, 7, 21, 8, 22]), 20: empty(), 21: empty(), 22: empty() })),
      2,
    ],
    [
      'in a node of their own',
      pdfOf(twoPages({ 2: node(2, [20, 7, 8]), 20: node(0, [21, 22]), 21: empty(), 22: empty() })),
      2,
    ],
    [
      'last, in a node with pages',
      pdfOf(twoPages({ 2: node(2, [20]), 20: node(2, [7, 8, 21]), 21: empty() })),
      2,
    ],
    ['which say that they hold some', pdfOf(twoPages({ 2: node(2, [7, 20, 8]), 20: empty(4) })), 2],
    ['which the root counts', pdfOf(twoPages({ 2: node(3, [7, 20, 8]), 20: empty() })), 2],
    [
      'beside one that makes the count right',
      pdfOf(twoPages({ 2: node(3, [7, 20, 21]), 20: empty(), 21: node(2, [8, 30]), 30: page(21) })),
      3,
    ],
    [
      'written into their parent',
      pdfOf(twoPages({ 2: node(2, ['<</Type /Pages /Count 0 /Kids []>>', 7, 8]) })),
      2,
    ],
    [
      'with kids that are a reference',
      pdfOf(
        twoPages({
          2: node(2, [20, 7, 8]),
          20: '<</Type /Pages /Count 0 /Kids 21 0 R>>',
          21: '[]',
        }),
      ),
      2,
    ],
    [
      'but for one that is the only one',
      pdfOf(twoPages({ 2: node(1, [20, 21]), 20: empty(), 21: node(1, [7]) })),
      1,
    ],
    ['and null, which the root counts', pdfOf(twoPages({ 2: node(4, ['null', 7, 'null', 8]) })), 2],
    [
      'and numbers of no page, which the root counts',
      pdfOf(twoPages({ 2: node(4, [7, 40, 8, 41]) })),
      2,
    ],
    ['named three times', pdfOf(twoPages({ 2: node(2, [20, 7, 20, 8, 20]), 20: empty() })), 2],
    [
      'without any kids',
      pdfOf(twoPages({ 2: node(2, [7, 20, 8]), 20: '<</Type /Pages /Count 0>>' })),
      2,
    ],
    [
      'and numbers of pages that were taken out',
      pdfOf(twoPages({ 2: node(2, [7, 40, 8, 41]) })),
      2,
    ],
  ])('%s', async (_, pdf, pages) => {
    expect(await told(pdf)).toBe(`${pages} ${pages}`)
  })

  it('is empty when all of them are', async () => {
    const pdf = pdfOf(
      twoPages({ 2: node(1, [20, 21]), 20: empty(1), 21: node(0, [22]), 22: empty() }),
    )
    expect(await told(pdf)).toBe('pdf-empty')
  })
})

describe('a linearised PDF', () => {
  const linear = (length: (whole: number) => number) => {
    const make = (said: string) => pdfOf({ 60: `<</Linearized 1 /L ${said} /N 2>>`, ...twoPages() })
    const whole = make('0000000').length
    return make(String(length(whole)).padStart(7, '0'))
  }
  it.each<[string, string]>([
    ['as long as it says', linear((whole) => whole)],
    ['longer: the line end behind it was lost', linear((whole) => whole + 1)],
    ['much longer: it was written anew, and the word kept', linear((whole) => whole * 9)],
    ['shorter', linear((whole) => whole - 100)],
    ['of no length', linear(() => 0)],
  ])('may be %s', async (_, pdf) => {
    expect(await told(pdf)).toBe('2 2')
  })

  it('is cut when its end is missing', async () => {
    const pdf = linear((whole) => whole)
    for (const end of [pdf.indexOf('\nxref'), pdf.indexOf('7 0 obj') + 30])
      expect(await told(pdf.slice(0, end))).toBe('pdf-cut')
  })

  it('is cut, and not broken, behind the end of its first page', async () => {
    const first =
      '7 0 obj\n<</Type /Page /Parent 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n'
    for (const more of ['', '2 0 obj\n<</Type /Pages /Kids [7 0', '9 0 obj\n1\nendobj\n2 0 ob'])
      expect(
        await told(
          `%PDF-1.5\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n${first}5 0 obj\n2\nendobj\n${more}`,
        ),
      ).toBe('pdf-cut')
  })
})

describe('a PDF of which readers find all pages, whatever its end says', () => {
  const plain = pdfOf(twoPages())
  const at = (text: string) => plain.indexOf(text)
  const added = '8 0 obj\n<</Type /Page /Parent 2 0 R>>\nendobj\n'
  const withId = pdfOf(twoPages(), { trailer: '/Root 1 0 R /ID [<00112233> <00112233>]' })

  it.each<[string, string]>([
    ['without a header', plain.slice('%PDF-1.5\n'.length)],
    ['of which the header is another word', plain.replace('%PDF-', '%PLB-')],
    ['with its header far behind its start', `${'x'.repeat(6_000)}\n${plain}`],
    ['cut behind its trailer', plain.slice(0, at('startxref'))],
    ['cut within its trailer', withId.slice(0, withId.indexOf('<0011') + 6)],
    ['cut within the number behind it', plain.slice(0, at('startxref') + 11)],
    [
      'whose trailer is spoilt before its root',
      plain
        .replace('trailer\n<<', `trailer\n<</X ${'['.repeat(90)}`)
        .replace(/startxref\n\d+/, 'startxref\n7'),
    ],
    ['with an update that has no end', plain + added],
    ['with an update that is cut', plain + added.slice(0, 30)],
    ['with a text behind it that speaks of objects', `${plain}<html>12 0 obj, and more</html>`],
    [
      'with a list of kids without brackets',
      pdfOf(twoPages({ 2: node(2, []).replace('[]', '7 0 R') })),
    ],
  ])('%s', async (_, pdf) => {
    expect(await told(pdf)).toMatch(/^[12] (?:repaired|odd|1)$/)
  })

  it('but not where a page, or a part of one, is behind the cut', async () => {
    const early = plain.replace('%PDF-1.5\n', '%PDF-1.5\ntrailer\n<</Root 1 0 R>>\n')
    for (const more of [0, 40])
      expect(await told(early.slice(0, early.indexOf('8 0 obj') + more))).toBe('pdf-cut')
  })

  it('nor where it is locked, and the trailer cut before it says so', async () => {
    const locked = Buffer.from(await aPdf(2, 0, { userPassword: 'clef' })).toString('latin1')
    expect(await told(locked)).toBe('pdf-password')
    const trailer = locked.lastIndexOf('trailer')
    expect(await told(locked.slice(0, locked.indexOf(' R', trailer) + 3))).toBe('pdf-cut')
  })

  it('is no PDF when nothing in it is an object, or its end', async () => {
    expect(await told('%%EOF is what a PDF ends with')).toBe('other-type')
    expect(await told('1 0 obj')).toBe('other-type')
  })
})

describe('a table', () => {
  const plain = pdfOf(twoPages())
  const written = (
    end: (offsets: ReadonlyMap<number, number>, size: number) => string,
    tail = '%%EOF\n',
  ) =>
    pdfOf(twoPages(), {
      end: (offsets, size, start) =>
        `${end(offsets, size)}trailer\n<</Root 1 0 R /Size ${size}>>\nstartxref\n${start}\n${tail}`,
    })
  const entries = (offsets: ReadonlyMap<number, number>, size: number, end?: string) =>
    Array.from({ length: size }, (_, n) => entryOf(offsets.get(n), end)).join('')

  it.each<[string, string]>([
    ['with /Prev 0', pdfOf(twoPages(), { trailer: '/Root 1 0 R /Prev 0' })],
    [
      'with a /Prev that is a reference',
      updated(
        plain,
        { 50: '(new)', 51: /startxref\n(\d+)/.exec(plain)![1]! },
        { previous: () => '/Prev 51 0 R' },
      ),
    ],
    ['of lines that end in CR LF', written((offsets, size) => tableOf(offsets, size, '\r\n'))],
    [
      'of lines that end in a blank and CR',
      written((offsets, size) => tableOf(offsets, size, ' \r')),
    ],
    ['of lines that end in CR alone', plain.replaceAll('\n', '\r')],
    [
      'with entries that say 0 of what was never there',
      misled(
        misled(plain, 3, () => '0000000000 00000 n \n'),
        4,
        () => '0000000000 00000 n \n',
      ),
    ],
    [
      'in several parts',
      written(
        (offsets) =>
          `xref\n0 1\n${entryOf(undefined)}1 2\n${entryOf(offsets.get(1))}${entryOf(offsets.get(2))}5 4\n${[5, 6, 7, 8].map((n) => entryOf(offsets.get(n))).join('')}`,
      ),
    ],
  ])('%s, is stamped upon', async (_, pdf) => {
    expect(await told(pdf)).toBe('2 2')
  })

  // Readers make different things of these, until something that is right follows.
  it.each<[string, string]>([
    ['of 19 bytes a line', written((offsets, size) => tableOf(offsets, size, '\n'))],
    ['of 21 bytes a line', written((offsets, size) => tableOf(offsets, size, ' \r\n'))],
    [
      'of lines that differ',
      written((offsets, size) => tableOf(offsets, size).replaceAll('2 00000 n \n', '2 00000 n\n')),
    ],
    [
      'that begins at 1',
      written((offsets, size) => tableOf(offsets, size).replace('xref\n0', 'xref\n1')),
    ],
    [
      'glued to its first number',
      written((offsets, size) => tableOf(offsets, size).replace('xref\n0', 'xref0')),
    ],
    [
      'all in one line',
      written(
        (offsets, size) => `xref 0 ${size} ${entries(offsets, size).replaceAll(' \n', '  ')}`,
      ),
    ],
    [
      'with blanks before its entries',
      written(
        (offsets, size) => `xref\n0 ${size}\n${entries(offsets, size).replaceAll('\n', '\n  ')}`,
      ),
    ],
    [
      'with comments',
      written((offsets, size) => tableOf(offsets, size).replace('xref\n', 'xref\n% a comment\n')),
    ],
    [
      'with a number of entries that is too large',
      written((offsets, size) => tableOf(offsets, size).replace(`0 ${size}`, `0 ${size + 5}`)),
    ],
    ['behind a blank', written((offsets, size) => ` ${tableOf(offsets, size)}`)],
    ['without an end mark', written(tableOf, '')],
    ['of another file', plain.replace(/startxref\n\d+/, 'startxref\n12')],
    ['with a /Prev that leads nowhere', pdfOf(twoPages(), { trailer: '/Root 1 0 R /Prev 77' })],
    ['that a program for text has moved', plain.replace('%PDF-1.5\n', '%PDF-1.5\r\n')],
  ])('%s, is read, and not stamped upon', async (_, pdf) => {
    expect(await told(pdf)).toBe('2 repaired')
  })

  it('is wanted, or at least a trailer: without one no reader opens the file', async () => {
    const bare = plain.replace(/xref\n0[^]*%%EOF/, '%%EOF')
    expect(await told(bare)).toBe('pdf-broken')
    expect(await told(plain.replace(/xref\n0[^]*%%EOF/, ''))).toBe('pdf-cut')
  })
})

describe('what stands where nothing of its kind may', () => {
  it.each(['{', ')', ']', '> >', '> /X', '[>', 'Array1 2 0 R', 'x /X', '[0 <</A 1>> /X [1'])(
    'stops nobody in a page, which is not written anew: %s',
    async (junk) => {
      const odd = `<</Type /Page /Y ${junk} /Parent 2 0 R /MediaBox [0 0 300 400]>>`
      expect(await told(pdfOf(twoPages({ 7: odd })))).toBe('2 odd')
    },
  )

  it.each(['1e5', '1.5E-3', '.', '-', '12abc', '[0,0,3]', '300.0.0', '--4'])(
    'is a number that some writers write, in a page: %s',
    async (number) => {
      const odd = `<</Type /Page /Y ${number} /Parent 2 0 R /MediaBox [0 0 300 400]>>`
      expect(await told(pdfOf(twoPages({ 7: odd })))).toBe('2 odd')
    },
  )

  it.each(['{', ')', ']', '(a) x /X', 'true Array1 2 0 R'])(
    'is read past in a trailer, upon which nothing is stamped: %s',
    async (junk) => {
      expect(await told(pdfOf(twoPages(), { trailer: `/Root 1 0 R /X ${junk}` }))).toBe(
        '2 repaired',
      )
    },
  )
})

it('goes round a circle in the page tree once', async () => {
  const pdf = pdfOf(twoPages({ 2: node(3, [7, 20, 8]), 20: node(1, [21]), 21: node(1, [20]) }))
  expect(await told(pdf)).toBe('2 2')
})

describe('bytes before the header', () => {
  it.each<[string, string]>([
    [
      'of a mail, from which offsets do not count',
      pdfOf(twoPages(), { prefix: 'From: a mail\r\n\r\n' }),
    ],
    ['from which offsets count', pdfOf(twoPages(), { prefix: '\0\0\r\n', countedFrom: 'file' })],
    ['a thousand', pdfOf(twoPages(), { prefix: 'x'.repeat(1_000), countedFrom: 'file' })],
    ['two thousand', pdfOf(twoPages(), { prefix: 'x'.repeat(2_000) })],
  ])('%s', async (_, pdf) => {
    expect(await told(pdf)).toBe('2 odd')
  })
})

describe('a table in a stream may be packed', () => {
  const text = (value: string) => Buffer.from(value, 'latin1')
  const png = (rows: Buffer, kind: number) => {
    const out: Buffer[] = []
    for (let at = 0; at < rows.length; at += 7) {
      const [row, up] = [
        rows.subarray(at, at + 7),
        at ? rows.subarray(at - 7, at) : Buffer.alloc(7),
      ]
      const guess = (i: number) => {
        const [left, over, corner] = [i ? row[i - 1]! : 0, up[i]!, i ? up[i - 1]! : 0]
        const [a, b, c] = [over - corner, left - corner, left + over - 2 * corner].map(Math.abs)
        const paeth = a! <= b! && a! <= c! ? left : b! <= c! ? over : corner
        return [0, left, over, (left + over) >> 1, paeth][kind]!
      }
      out.push(Buffer.from([kind, ...Array.from(row, (byte, i) => (byte - guess(i)) & 255)]))
    }
    return Buffer.concat(out)
  }
  const columns = '/Columns 7'
  it.each<[string, string, (rows: Buffer) => Buffer]>([
    ['not at all', '', (rows) => rows],
    ['FlateDecode', '/Filter /FlateDecode', (rows) => deflateSync(rows)],
    ['Fl, in a list', '/Filter [/Fl] /DecodeParms [null]', (rows) => deflateSync(rows)],
    ['ASCIIHexDecode', '/Filter /ASCIIHexDecode', (rows) => text(`${rows.toString('hex')}>`)],
    [
      'AHx, in lines',
      '/Filter /AHx',
      (rows) => text(rows.toString('hex').toUpperCase().replace(/.{64}/g, '$&\r\n')),
    ],
    ['ASCII85Decode', '/Filter /ASCII85Decode', ascii85],
    [
      'A85, without its end',
      '/Filter /A85',
      (rows) => text(`${ascii85(rows).toString('latin1')}\n`),
    ],
    ['RunLengthDecode', '/Filter /RunLengthDecode', runLength],
    ['RL', '/Filter /RL', runLength],
    ['LZWDecode', '/Filter /LZWDecode', (rows) => lzw(rows)],
    [
      'LZW, with late codes',
      '/Filter /LZW /DecodeParms <</EarlyChange 0>>',
      (rows) => lzw(rows, 0),
    ],
    [
      'ASCII85 of Flate',
      '/Filter [/ASCII85Decode /FlateDecode]',
      (rows) => ascii85(deflateSync(rows)),
    ],
    [
      'hexadecimal of LZW of Flate',
      '/Filter [/AHx /LZW /Fl]',
      (rows) => text(lzw(deflateSync(rows)).toString('hex')),
    ],
    [
      'TIFF’s predictor',
      `/Filter /FlateDecode /DecodeParms <</Predictor 2 ${columns}>>`,
      (rows) => deflateSync(subtracted(rows, 7, 1, 1)),
    ],
    [
      'TIFF’s predictor over LZW, of seven colours',
      '/Filter /LZW /DecodeParms [<</Predictor 2 /Colors 7 /Columns 1>>]',
      (rows) => lzw(subtracted(rows, 1, 7, 1)),
    ],
    [
      'TIFF’s predictor of two bytes',
      '/Filter /Fl /DecodeParms <</Predictor 2 /BitsPerComponent 16 /Columns 49>>',
      (rows) => deflateSync(subtracted(rows, 49, 1, 2)),
    ],
    ...[0, 1, 2, 3, 4].map((kind): [string, string, (rows: Buffer) => Buffer] => [
      `PNG’s guess ${kind}`,
      `/Filter /FlateDecode /DecodeParms <</Predictor ${10 + kind} ${columns}>>`,
      (rows) => deflateSync(png(rows, kind)),
    ]),
  ])('%s', async (_, entries, pack) => {
    expect(await told(withTableStream((rows) => ({ bytes: pack(rows), entries })))).toBe('2 2')
  })

  // mupdf and pdf.js go by a search there, and would find no stamp.
  it.each<[string, string, (rows: Buffer) => Buffer]>([
    [
      'begun as in PostScript',
      '/Filter /A85',
      (rows) => text(`<~${ascii85(rows).toString('latin1')}\n`),
    ],
    ['that ends too early', '/Filter /FlateDecode', (rows) => deflateSync(rows).subarray(0, -9)],
    ['of which a row is missing', '', (rows) => rows.subarray(0, -7)],
  ])('is sold as it is, %s', async (_, entries, pack) => {
    expect(await told(withTableStream((rows) => ({ bytes: pack(rows), entries })))).toMatch(
      /^2 (?:repaired|odd)$/,
    )
  })

  it('is sold as it is where it does not say what it is', async () => {
    const pdf = withTableStream((rows) => ({ bytes: rows, entries: '' }))
    expect(await told(pdf.replace('/Type /XRef', '/Typo /XRef'))).toBe('2 repaired')
  })
})

it('unpacks a long text by LZW as it was packed', async () => {
  const { lzw: unpack } = await import('../../packages/pdf/decoders.ts')
  const long = Buffer.from(
    Array.from({ length: 60_000 }, (_, i) => (i * i) >> 5).map((n) => n & 255),
  )
  for (const early of [0, 1])
    expect(Buffer.from(unpack(lzw(long, early), 1e6, early).bytes).equals(long)).toBe(true)
})

describe('a lock that opens without a password', () => {
  /** Each entry of /Encrypt, and of its filters, in an object of its own. */
  async function apart(pdfVersion: '1.3' | '1.4' | '1.6' | '1.7ext3', only?: string) {
    const bytes = await aPdf(2, 0, { ownerPassword: 'patron', pdfVersion })
    const pdf = Buffer.from(bytes).toString('latin1')
    const [, number] = /\/Encrypt (\d+) 0 R/.exec(pdf)!
    const at = pdf.indexOf(`\n${number} 0 obj`) + 1
    const { value } = new Parser(bytes, true, at).indirect()
    const own: Objects = {}
    let next = 1_000
    const place = (text: string) => {
      own[++next] = text
      return `${next} 0 R`
    }
    const split = (of: PdfValue): string =>
      isDict(of)
        ? `<<${[...of.entries].map(([key, item]) => `/${key} ${only && key !== only ? write(item) : place(split(item))}`).join(' ')}>>`
        : write(of)
    const [, trailer] = /trailer\s*<<([^]*?)>>\s*startxref/.exec(pdf)!
    own[Number(number)] = split(value)
    return updated(pdf, own, { trailer: trailer!.replace(/\/Size \d+/, '') })
  }

  it.each(['1.3', '1.4', '1.6', '1.7ext3'] as const)(
    'may have each of its words in another place: PDF %s',
    async (version) => {
      expect(await told(await apart(version))).toBe('2 encrypted')
    },
  )

  it.each(['CF', 'R', 'O', 'U', 'P', 'V', 'Length', 'Filter', 'StmF'])(
    'such as /%s',
    async (key) => {
      expect(await told(await apart('1.6', key))).toBe('2 encrypted')
    },
  )
})

describe('/Info', () => {
  it('written into the trailer keeps title and author in the copy', async () => {
    const info = '/Info <</Title (Un titre \\(gard\\351\\)) /Author 20 0 R /Kids [1 0 R]>>'
    const pdf = pdfOf(twoPages({ 20: '(Une main)' }), { trailer: `/Root 1 0 R ${info}` })
    const found = await inspectFile(bytesSource(bytesOf(pdf)), 'all')
    const tail = Buffer.from(
      stampTail(found.ok ? found.stamp!.recipe! : (undefined as never), {
        line: 'a',
        order: 'b',
        buyer: 'c',
        phone: '',
      }),
    ).toString('latin1')
    const [, number] = /\/Info (\d+) 0 R/.exec(tail)!
    const hex = Buffer.from('Un titre (gard\xe9)', 'latin1').toString('hex')
    expect(tail).toContain(`${number} 0 obj\n<</Title <${hex}> /Author 20 0 R /Kids [1 0 R]`)
  })
})
