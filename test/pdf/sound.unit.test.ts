import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  entryOf,
  flate,
  hollow,
  misled,
  node,
  page,
  pdfOf,
  stream,
  tableOf,
  twoPages,
  updated,
  withTableStream,
} from '../support/odd-pdfs.ts'
import type { Objects } from '../support/odd-pdfs.ts'
import { told } from '../support/told-pdf.ts'
import { bytesOf } from '../support/packings.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { inspectFile } from '../../src/storage/inspect-file.ts'

const PICTURE =
  '/Type /XObject /Subtype /Image /Width 60 /Height 50 /ColorSpace /DeviceGray /BitsPerComponent 8'
/** Noise, which does not fold. */
function noise(length: number): string {
  let state = 9
  const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 24
  return Array.from({ length }, () => String.fromCharCode(next())).join('')
}

/** Of each kind of thing that a page needs, one. */
const objects = twoPages({
  9: stream(noise(400), PICTURE),
  10: '[6 0 R 11 0 R]',
  11: stream('0.5 g'),
  12: stream('0 0 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
  13: '<</Type /ExtGState /ca 0.5>>',
  14: '400',
  7: page(2, '/Contents 10 0 R /XObject 9 0 R'),
  8: page(2, '/Contents [6 0 R 11 0 R]'),
})
const whole = pdfOf(objects)

describe('a copy is stamped only upon tables that lead to every object', () => {
  it('is stamped when they do', async () => {
    expect(await told(whole)).toBe('2 2')
  })

  const kinds: [string, number][] = [
    ['a catalog', 1],
    ['a page tree', 2],
    ['a font', 5],
    ['what all pages draw', 6],
    ['a page', 7],
    ['a picture', 9],
    ['a list of contents', 10],
    ['contents in a list', 11],
    ['a form', 12],
    ['a state', 13],
    ['what nothing refers to', 14],
  ]
  const ways: [string, (offset: number) => string][] = [
    ['a few bytes on', (offset) => entryOf(offset + 4)],
    ['on another object', (offset) => entryOf(offset === 9 ? 60 : 9)],
    ['inside of another number', (offset) => entryOf(offset).replace('00000 n', '00003 n')],
    ['behind the end', () => entryOf(9_999_999)],
  ]
  for (const [kind, number] of kinds)
    it.each(ways)(`not when the table has ${kind} %s`, async (_, to) => {
      expect(await told(misled(whole, number, to))).toBe('2 repaired')
    })

  it.each<[string, string]>([
    ['an object behind a line end', misled(whole, 9, (offset) => entryOf(offset - 1))],
    ['an object behind a comment of its writer', behindComment()],
    [
      'zeros in a text, which a signature fills up',
      pdfOf({ ...objects, 13: `<</X (${'\0'.repeat(5_000)})>>` }),
    ],
    ['a number that is free', misled(whole, 14, () => entryOf(undefined))],
    ['zeros behind the end', `${whole}${'\0'.repeat(900)}`],
    ['zeros between objects', hollowBetween()],
    [
      'an older word of an object, which is wrong',
      updated(
        misled(whole, 14, () => entryOf(3)),
        { 14: '401' },
      ),
    ],
  ])('%s is no harm', async (_, pdf) => {
    expect(await told(pdf)).toBe('2 2')
  })

  it.each<[string, string]>([
    [
      'the start of the table is a byte off',
      whole.replace(/startxref\n(\d+)/, (_, at) => `startxref\n${Number(at) - 1}`),
    ],
    ['what a page draws is there, and free', misled(whole, 6, () => entryOf(undefined))],
    ['a page is there, and free', misled(whole, 8, () => entryOf(undefined))],
    ['there is no end mark', whole.replace('%%EOF', '')],
    ['its end is far from the end of the file', `${whole}${'\0'.repeat(9_000)}`],
    [
      'the table before it is a byte off',
      updated(whole, { 14: '401' }, { previous: (start) => `/Prev ${Number(start) - 1}` }),
    ],
    [
      'an older table has an object elsewhere',
      updated(
        misled(whole, 13, () => entryOf(3)),
        { 14: '401' },
      ),
    ],
    [
      'an object stream does not hold what is said',
      withTableStream(undefined, { inside: [12, 10, 11, 13] }),
    ],
    ['an object stream is no such', withTableStream(undefined, { own: { 9: '(no stream)' } })],
    [
      'an object stream is damaged',
      withTableStream(undefined, {
        own: {
          9: stream(
            `x${deflateSync('10 0 (a)').toString('latin1')}`,
            '/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode',
          ),
        },
      }),
    ],
  ])('not when %s', async (_, pdf) => {
    expect(await told(pdf)).toBe('2 repaired')
  })

  it('whatever the length of the file, where one look ends and the next begins', async () => {
    // The chunks of the pass are of four MB: a page, a picture, a number on each side of the seam.
    for (const before of [-60, -12, -3, 0, 3]) {
      const fill = 4 * 1024 * 1024 - whole.indexOf('7 0 obj') + before
      const long = pdfOf({ ...objects, 4: stream('x'.repeat(fill - 46)) })
      expect(long.indexOf('7 0 obj')).toBeGreaterThan(4_000_000)
      expect(await told(long)).toBe('2 2')
      expect(await told(misled(long, 9, (offset) => entryOf(offset + 1)))).toBe('2 repaired')
    }
  })

  function behindComment() {
    const pdf = pdfOf({ ...objects, 13: `${objects[13]}\nendobj\n% what comes next` })
    const at = pdf.indexOf('% what comes next')
    // The comment takes the place of an end, which is said again behind it.
    return misled(pdf.replace('next\nendobj\n', 'next \n\n\n\n\n\n\n'), 14, () => entryOf(at))
  }

  function hollowBetween() {
    const own: Objects = {
      ...objects,
      13: `<</Type /ExtGState /ca 0.5>>\nendobj\n${'\0'.repeat(4_000)}\n15 0 obj\n1`,
    }
    return pdfOf(own)
  }
})

describe('a PDF that opens, and lacks something', () => {
  const lacking = (pages: string) => `taken, pdf-lacking ${pages}`
  const remark = async (pdf: string) => {
    const found = await inspectFile(bytesSource(bytesOf(pdf)), 'all')
    return found.ok ? `taken, ${found.remark} ${found.detail ?? ''}` : found.fault
  }
  const text = flate('BT /F1 14 Tf 30 100 Td (Page) Tj ET '.repeat(9))
  const content = deflateSync(Buffer.from('0.5 g 1 0 0 1 9 9 cm '.repeat(20))).toString('latin1')
  const spoilt = (own: string, entries = '/Filter /FlateDecode') =>
    pdfOf(twoPages({ 6: text, 8: page(2, '/Contents 9 0 R'), 9: stream(own, entries) }))

  it.each<[string, string, string]>([
    [
      'what all pages draw is nowhere',
      misled(whole, 6, () => entryOf(9_999_999)).replace('6 0 obj', '6 x obj'),
      '1-',
    ],
    [
      'the number of what one page draws is another',
      misled(whole, 11, () => entryOf(40)).replace('11 0 obj', '99 0 obj'),
      '1-',
    ],
    ['what a page draws is cut', spoilt(content.slice(0, 20)), '2'],
    [
      'what a page draws is spoilt',
      spoilt(`${content.slice(0, 12)}\xff\xff${content.slice(14)}`),
      '2',
    ],
    ['what a page draws is spoilt where it begins', spoilt(`\0\0\0\0${content.slice(4)}`), '2'],
    [
      'the eighth bit of all was lost on the way',
      spoilt(
        content.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(byte.charCodeAt(0) & 127)),
      ),
      '2',
    ],
    [
      'what a page draws is spoilt, and packed by LZW',
      spoilt('\x80\x0b\x60\x50\xff\xff\xff', '/Filter /LZWDecode'),
      '2',
    ],
  ])('is taken, and told: %s', async (_, pdf, pages) => {
    expect(await remark(pdf)).toBe(lacking(pages))
  })

  it('lacks nothing where the sum behind what is packed is wrong, or missing', async () => {
    for (const own of [content.slice(0, -4), `${content.slice(0, -4)}abcd`])
      expect(await remark(spoilt(own))).toBe('taken, null ')
  })

  it('is not said to be whole where it has more objects than are looked at', async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [20 + i, '1']))
    const pdf = pdfOf(twoPages(many), {
      end: (offsets, size, start) =>
        `${tableOf(offsets, size)}${entryOf(9).repeat(600_001)}`.replace(
          `0 ${size}`,
          `0 ${size + 600_001}`,
        ) + `trailer\n<</Root 1 0 R /Size ${size + 600_001}>>\nstartxref\n${start}\n%%EOF\n`,
    })
    expect(await remark(pdf)).toBe('taken, pdf-unverified ')
  })
})

describe('a PDF with holes', () => {
  const pages = Array.from({ length: 40 }, (_, i) => 20 + 2 * i)
  const book = pdfOf({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: node(40, pages),
    5: '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>',
    ...Object.fromEntries(
      pages.flatMap((number, i) => [
        [number, page(2, `/Contents ${number + 1} 0 R`)],
        [number + 1, stream(`BT /F1 14 Tf 30 100 Td (Page ${i + 1}) Tj ET % ${'x'.repeat(600)}`)],
      ]),
    ),
  })
  const at = (text: string) => book.indexOf(text)
  const pageAt = (page: number) => at(`\n${18 + 2 * page} 0 obj`) + 1

  it.each<[string, string, string]>([
    ['from a page on', hollow(book, pageAt(21), at('\nxref')), 'pdf-damaged 21-'],
    ['in the middle', hollow(book, pageAt(11), pageAt(35)), 'pdf-damaged 11-34'],
    ['from the first page on', hollow(book, pageAt(1), pageAt(3)), 'pdf-damaged 1-2'],
    ['in one page', hollow(book, pageAt(7), pageAt(8)), 'pdf-damaged 7'],
    [
      'in what a page draws',
      hollow(book, at('(Page 9)') - 60, at('(Page 9)') + 560),
      'pdf-damaged 9',
    ],
    [
      'twice',
      hollow(hollow(book, pageAt(7), pageAt(8)), pageAt(30), pageAt(33)),
      'pdf-damaged 7, 30-32',
    ],
  ])('%s is refused, and it is said where', async (_, pdf, wanted) => {
    expect(await told(pdf)).toBe(wanted)
  })

  it('in a picture is refused, when the picture is packed so that it tells', async () => {
    const drawn = { 6: flate(noise(30_000)) }
    const pictured = (packed: string) => pdfOf(twoPages({ 9: packed }))
    const folded = pictured(flate(noise(30_000), PICTURE))
    const inside = folded.indexOf('9 0 obj') + 9_000
    expect(await told(hollow(folded, inside, inside + 5_000))).toBe('pdf-damaged ')
    const black = pictured(stream('\0'.repeat(30_000), PICTURE))
    expect(await told(black)).toBe('2 2')
    const text = pdfOf(twoPages(drawn))
    const within = text.indexOf('6 0 obj') + 9_000
    expect(await told(hollow(text, within, within + 5_000))).toBe('pdf-damaged 1-')
  })

  it.each<[string, string, string]>([
    ['as it is', '', 'x'.repeat(2_000)],
    ['in hexadecimal', '/Filter /ASCIIHexDecode', '20'.repeat(1_000)],
    ['in ASCII85', '/Filter /A85', 'z'.repeat(2_000)],
  ])('in a text that is written %s is refused', async (_, filter, text) => {
    const pdf = pdfOf(twoPages({ 6: stream(text, filter), 8: page(2, '') }))
    const inside = pdf.indexOf('6 0 obj') + 300
    expect(await told(hollow(pdf, inside, inside + 600))).toBe('pdf-damaged 1')
  })

  it('from the dictionary of what a page draws on is refused', async () => {
    const from = book.indexOf('/Length', pageAt(5)) + 3
    expect(await told(hollow(book, from, pageAt(6) - 8))).toBe('pdf-damaged 5')
  })

  /** Tables of one code each, for what is "as before" (0) or "no more" (0), or something else. */
  const jpeg = (dc: number, ac: number, inside: string, { frame = 0xc0, begin = 0 } = {}) => {
    const codes = (kind: number, symbol: number) =>
      `${chars(kind, 1)}${'\0'.repeat(15)}${chars(symbol)}`
    const segment = (kind: number, body: string) =>
      `${chars(0xff, kind, 0, body.length + 2)}${body}`
    const tables = segment(0xc4, codes(0, dc) + codes(0x10, ac))
    const scan = segment(0xda, chars(1, 1, 0, begin, 63, 0))
    return `${chars(0xff, 0xd8)}${tables}${segment(frame, chars(8, 0, 9, 0, 9, 1, 1, 17, 0))}${scan}${inside}${chars(0xff, 0xd9)}`
  }
  const chars = (...codes: number[]) => String.fromCharCode(...codes)
  const zeros = 'xy' + '\0'.repeat(3_000) + 'z'
  const pictured = (filter: string, content: string) =>
    told(pdfOf(twoPages({ 9: stream(content, `${PICTURE} /Filter /${filter}`) })))

  it.each<[string, string, string]>([
    ['a JPEG that does not begin as one', 'DCTDecode', `\0\0${jpeg(0, 0, zeros).slice(2)}`],
    ['a JPEG in which zeros mean a pattern', 'DCTDecode', jpeg(0, 1, zeros)],
    ['a JPEG in which zeros mean a slope', 'DCT', jpeg(5, 0, zeros)],
    [
      'a JPEG in steps, of which one means a pattern',
      'DCTDecode',
      jpeg(0, 1, zeros, { frame: 0xc2, begin: 1 }),
    ],
    ['a JPEG that ends in them', 'DCTDecode', jpeg(0, 0, 'xy').slice(0, -2) + '\0'.repeat(900)],
    ['a fax', 'CCITTFaxDecode', zeros],
    ['a fax that ends in them', 'CCITTFaxDecode', `xy${'\0'.repeat(900)}`],
    ['LZW', 'LZWDecode', zeros],
    ['runs', 'RunLengthDecode', zeros],
    ['JBIG2', 'JBIG2Decode', zeros],
    ['JPEG 2000', 'JPXDecode', `xy${'\0'.repeat(9_000)}z`],
  ])('in a picture of %s is refused', async (_, filter, content) => {
    expect(await pictured(filter, content)).toBe('pdf-damaged ')
  })

  it.each<[string, string, string]>([
    ['a flat JPEG', 'DCTDecode', jpeg(0, 0, zeros)],
    ['a flat JPEG in steps', 'DCTDecode', jpeg(3, 0xe0, zeros, { frame: 0xc2, begin: 1 })],
    ['a JPEG that is filled up behind its end', 'DCTDecode', jpeg(0, 1, 'xy') + '\0'.repeat(900)],
    [
      'a JPEG with what its camera wrote',
      'DCTDecode',
      `${chars(0xff, 0xd8, 0xff, 0xe1, 8, 2)}${'\0'.repeat(2_048)}${jpeg(0, 1, 'xy').slice(2)}`,
    ],
    ['a fax that is filled up behind its end', 'CCITTFaxDecode', `xy\0\x10\x01${'\0'.repeat(900)}`],
    ['JPEG 2000 with parts that are empty', 'JPXDecode', `xy${'\0'.repeat(900)}z`],
  ])('in a picture is none where zeros may stand: %s', async (_, filter, content) => {
    expect(await pictured(filter, content)).toBe('2 2')
  })

  it.each<[string, Objects]>([
    ['a palette', { 9: stream('\0'.repeat(768)) }],
    ['a list of glyphs', { 9: stream(`ab${'\0'.repeat(9_000)}c`) }],
    [
      'a picture within a text',
      { 6: stream(`BI /W 90 /H 90 /BPC 8 /CS /G ID ${'\0'.repeat(8_100)} EI`) },
    ],
  ])('is none in %s, which has no packing', async (_, own) => {
    expect(await told(pdfOf(twoPages(own)))).toBe('2 2')
  })

  it('of other bytes than zeros is refused where a page is gone', async () => {
    const torn =
      book.slice(0, pageAt(11)) + 'x'.repeat(pageAt(13) - pageAt(11)) + book.slice(pageAt(13))
    expect(await told(torn)).toBe('pdf-damaged 11-12')
  })

  it('without tables is refused where a page is gone', async () => {
    const bare = hollow(book, pageAt(11), pageAt(13)).replace(/startxref\n\d+/, 'startxref\n7')
    expect(await told(bare)).toBe('pdf-damaged 11-12')
  })

  it('beside which the table is wrong, and the objects are there, is read as readers mend it', async () => {
    expect(await told(book.replace('%PDF-1.5\n', '%PDF-1.5\r\n'))).toBe('40 repaired')
    expect(tableOf(new Map(), 1)).toContain('65535 f')
  })
})
