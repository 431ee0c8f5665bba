import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { stampOf } from '../../src/storefront/delivery/stamp-text.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { inWinAnsi } from '../../packages/pdf/stamp/letters.ts'
import { readRecipe } from '../../packages/pdf/stamp/read-recipe.ts'
import type { StampRecipe } from '../../packages/pdf/stamp/recipe.ts'
import { stampTail } from '../../packages/pdf/stamp/tail.ts'
import { handMade, pagesOf } from '../corpus/hand-made.ts'
import { aPdf } from '../support/uploads.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const text = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')
const read = (pdf: Uint8Array, choice: 'all' | 'tenth' = 'all') =>
  readRecipe(bytesSource(pdf), choice)

const awa = {
  code: '7K3M94FT',
  buyerName: 'Awa Traoré',
  phoneE164: '+2250700000089',
  language: 'fr',
  erasedAt: null,
} as const

describe('a stamp', () => {
  it('says whose copy it is, and no more of the number than its end', () => {
    expect(stampOf(awa)).toEqual({
      line: 'Exemplaire personnel : Awa Traoré · +225 ••••••89 · commande 7K3M-94FT',
      order: '7K3M94FT',
      buyer: 'Awa Traoré',
      phone: '+225 ••••••89',
    })
  })

  it('of a person who was erased is the order’s code alone', () => {
    const erased = { ...awa, buyerName: 'Effacé', phoneE164: '', erasedAt: new Date() }
    expect(stampOf(erased)).toEqual({
      line: 'Exemplaire personnel : commande 7K3M-94FT',
      order: '7K3M94FT',
      buyer: '',
      phone: '',
    })
  })

  it.each([
    ['Kéïta ’œuf’ – €', 'Kéïta \x92\x9cuf\x92 \x96 \x80'],
    ['Ɔbɛ Ŋɔma Ɓaaba ɗo Ƴero', 'Obe Noma Baaba do Yero'],
    ['Nguyễn Đặng', 'Nguyen Dang'],
    ['e\u0301te\u0301', 'été'],
    ['عمر', '???'],
    ['a😀b', 'a?b'],
  ])('draws %s as %s', (name, drawn) => {
    expect(Buffer.from(inWinAnsi(name)).toString('latin1')).toBe(drawn)
  })

  it('holds the name as it is written, unseen', async () => {
    const { recipe } = await read(await aPdf())
    const tail = text(stampTail(recipe!, stampOf({ ...awa, buyerName: 'Ŋɔma عمر 😀' })))
    const hex = Buffer.from('Ŋɔma عمر 😀', 'utf16le').swap16().toString('hex')
    expect(tail).toContain(`/KiosqueBuyer <feff${hex}>`)
  })
})

describe('the format of a recipe', () => {
  // What these give never changes: half of it may be on a phone already. A new stamp is a new format.
  const recipe: StampRecipe = {
    format: 1,
    sizeBytes: 123_456,
    xref: 'table',
    previous: 120_000,
    trailer: '/Root 1 0 R',
    id: '00ff',
    info: { number: 9, generation: 0, entries: '/Title <41>' },
    first: 10,
    size: 14,
    places: [
      { matrix: '1 0 0 1 0 0', width: 420, height: 595 },
      { matrix: '0 0.5 -0.5 0 12.5 0', width: 60, height: 20 },
    ],
    objects: [
      [3, 0, '<</Type /Page>>'],
      [4, 2, '<</Type /Page>>'],
    ],
    stamped: 2,
    pages: 2,
  }
  const hash = (of: StampRecipe, name = awa.buyerName as string) =>
    createHash('sha256')
      .update(stampTail(of, stampOf({ ...awa, buyerName: name })))
      .digest('hex')

  it('1 gives the same bytes for ever', () => {
    expect([
      hash(recipe),
      hash({ ...recipe, xref: 'stream', id: null }),
      hash(recipe, 'Ɔbɛ 😀 عمر ŊGÔ'),
    ]).toMatchInlineSnapshot(`
      [
        "c51be7ef1b5258b70758ff6728dcbbd83c949fe5e4db030d68da6ce8d1f0d4bc",
        "cdca589d3e4e813090206086e4280fe818592e59b30a06dae04c9277022af954",
        "98e969b4d685ec4d7fc5f6c084956f9a416d533731da33268f072b38683c63ce",
      ]
    `)
  })

  it('2 gives the same bytes for ever', () => {
    const second: StampRecipe = { ...recipe, format: 2, beside: [[1, 14]], size: 15 }
    expect([
      hash({ ...recipe, format: 2, beside: [] }),
      hash(second),
      hash({ ...second, xref: 'stream', id: null }, 'Ɔbɛ 😀 عمر ŊGÔ'),
    ]).toMatchInlineSnapshot(`
      [
        "0b28f8c111540144f8d44b47ba4559f7225520431aad5a5b5e3a0baa0df9b5e1",
        "6261efb257c449d807c3aa2e6942c74d395697def750bfdf9ca11180d9929a63",
        "1b4e27ebb1b5f72f67e3a0707e6fbe80088be51a6de544170f989c70de74e663",
      ]
    `)
  })

  it('3 gives the same bytes for ever', () => {
    const third: StampRecipe = { ...recipe, format: 3, beside: [[1, 14]], size: 15 }
    expect([
      hash({ ...recipe, format: 3, beside: [] }),
      hash(third),
      hash({ ...third, xref: 'stream', id: null }, 'Ɔbɛ 😀 عمر ŊGÔ'),
    ]).toMatchInlineSnapshot(`
      [
        "3b46b6998074175f51c56d9c7105d59272a72c767c8d93ebc5340424d974ebd0",
        "38e2d92b7f61d616df14e64e49f9030edc2248e90afa8b93635c6febe8642902",
        "91f9a4bffff04eefe416b9cb098e17e3caec2a8393ab5d76b125363239ad5156",
      ]
    `)
  })

  it('3 reads a PDF in the same way for ever, in a few hundred bytes a page', async () => {
    const { recipe } = await read(bytes(handMade['rotated']!))
    expect(recipe).toMatchInlineSnapshot(`
      {
        "beside": [],
        "first": 26,
        "format": 3,
        "id": null,
        "info": {
          "entries": "",
          "generation": 0,
          "number": 33,
        },
        "objects": [
          [
            32,
            0,
            "<< /Font <</F1 5 0 R /KiosqueF 26 0 R>>>>",
          ],
          [
            20,
            0,
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate 0 /Contents [27 0 R 6 0 R 28 0 R] /Resources 32 0 R>>",
          ],
          [
            21,
            0,
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate 90 /Contents [27 0 R 6 0 R 29 0 R] /Resources 32 0 R>>",
          ],
          [
            22,
            0,
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate 180 /Contents [27 0 R 6 0 R 30 0 R] /Resources 32 0 R>>",
          ],
          [
            23,
            0,
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate 270 /Contents [27 0 R 6 0 R 31 0 R] /Resources 32 0 R>>",
          ],
          [
            24,
            0,
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate -90 /Contents [27 0 R 6 0 R 31 0 R] /Resources 32 0 R>>",
          ],
          [
            25,
            0,
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate 450 /Contents [27 0 R 6 0 R 29 0 R] /Resources 32 0 R>>",
          ],
        ],
        "pages": 6,
        "places": [
          {
            "height": 400,
            "matrix": "1 0 0 1 0 0",
            "width": 300,
          },
          {
            "height": 300,
            "matrix": "0 1 -1 0 300 0",
            "width": 400,
          },
          {
            "height": 400,
            "matrix": "-1 0 0 -1 300 400",
            "width": 300,
          },
          {
            "height": 300,
            "matrix": "0 -1 1 0 0 400",
            "width": 400,
          },
        ],
        "previous": 1140,
        "size": 34,
        "sizeBytes": 1724,
        "stamped": 6,
        "trailer": "/Root 1 0 R",
        "xref": "table",
      }
    `)
  })
})

it('a page keeps its own words as they are written, whatever they are', async () => {
  const own = '/MediaBox [0 0.0 +300. 0400]/Odd#20name ( \\(a) /B <4 1>/C[ 1 2%3\n4]/D null'
  const { recipe } = await read(bytes(pagesOf([`${own} /E (\xe9\0)`])))
  const [, , text] = recipe!.objects.find(([number]) => number === 20)!
  for (const part of [
    '/MediaBox [0 0.0 +300. 0400]',
    '/Odd#20name ( \\(a)',
    '/B <4 1>',
    '/C[ 1 2%3\n4]',
    '/E <e900>',
  ])
    expect(text).toContain(part)
})

describe('what is said twice', () => {
  it('alike, a font or a page’s own words, is said once', async () => {
    const resources = '/Resources <</Font <</F1 5 0 R /F2 5 0 R /F1 5 0 R>>>> /Rotate 0 /Rotate 0'
    const { recipe, fault } = await read(bytes(pagesOf([`/MediaBox [0 0 300 400] ${resources}`])))
    expect(fault).toBeNull()
    const page = recipe!.objects.map(([, , text]) => text).join('\n')
    expect(page).toContain('/F1 5 0 R /F2 5 0 R /')
  })

  it('with two meanings, a font, is left as it is', async () => {
    const resources = '/Resources <</Font <</F1 5 0 R /F1 6 0 R>>>>'
    const { fault } = await read(bytes(pagesOf([`/MediaBox [0 0 300 400] ${resources}`])))
    expect(fault).toBe('odd')
  })

  // pdfTeX with hyperref, where the author named them with \pdfinfo.
  it('with two meanings, a title, is said twice in the copy', async () => {
    const info = { 7: '<</Title (Le Puits) /Author (Awa) /Author() /Title()>>' }
    const trailer = '/Root 1 0 R /Info 7 0 R'
    const page = '/MediaBox [0 0 300 400]'
    const { recipe } = await read(bytes(pagesOf([page], { trailer, more: info })))
    expect(recipe!.info).toMatchObject({
      number: 7,
      entries: '/Title <4c65205075697473> /Author <417761> /Author <> /Title <>',
    })
  })

  it('and what no reader can be sure of, is left as it is', async () => {
    const trailer = '/Root 1 0 R /Info 7 0 R'
    const page = '/MediaBox [0 0 300 400]'
    const loose = { 7: '<</Title (Le Puits) /Title ) /Author (Awa)>>' }
    expect((await read(bytes(pagesOf([page], { trailer, more: loose })))).fault).toBe('odd')
  })
})

describe('what is said of the buyer takes the place of nothing that a page shows', () => {
  const page = '/MediaBox [0 0 300 400] /Contents 6 0 R'
  it.each<[string, string]>([
    ['what a page draws', '6 0 R'],
    ['a page', '20 0 R'],
  ])('where /Info leads to %s', async (_, info) => {
    const pdf = pagesOf([page], { trailer: `/Root 1 0 R /Info ${info}` })
    const { recipe } = await read(bytes(pdf))
    const numbers = recipe!.objects.map(([number]) => number)
    expect(recipe!.info.number).toBeGreaterThanOrEqual(recipe!.first)
    expect(numbers).not.toContain(recipe!.info.number)
  })
})

describe('a PDF is not stamped', () => {
  it('when it is locked', async () => {
    const locked = await aPdf(2, 0, { ownerPassword: 'patron' })
    expect(await read(locked)).toEqual({ recipe: null, fault: 'encrypted' })
  })

  it.each([
    '/Perms<</DocMDP 5 0 R>>',
    '/AcroForm<</SigFlags 3/Fields[]>>',
    '/AcroForm<</Fields[<</FT/Sig/V<<>>>>]>>',
  ])('when it is signed: %s', async (entries) => {
    const more = { 1: `<</Type /Catalog /Pages 2 0 R ${entries}>>` }
    expect(await read(bytes(pagesOf([''], { more })))).toEqual({ recipe: null, fault: 'signed' })
  })

  it('when its tables are of no use, or count from elsewhere, or it does not open', async () => {
    const plain = pagesOf([''])
    const moved = plain.replace('/Type /Catalog', '/Longer true /Type /Catalog')
    const mailed = `From: a mail\n${plain}`
    expect(await read(bytes(moved))).toEqual({ recipe: null, fault: 'repaired' })
    for (const pdf of [mailed, plain.slice(0, 300), '%PDF-'])
      expect(await read(bytes(pdf))).toEqual({ recipe: null, fault: 'odd' })
  })

  type Odd = { page?: string; tree?: string; trailer?: string; more?: Record<number, string> }
  it.each<[string, Odd]>([
    ['a turn by part of a quarter', { page: '/Rotate 45' }],
    ['a turn in another kind of number', { page: '/Rotate 90.0' }],
    ['a key twice', { page: '/Rotate 0 /Rotate 90' }],
    ['a key without a value', { page: '/PieceInfo <</A>>' }],
    ['a key of no name', { page: '/PieceInfo <</ 1>>' }],
    [
      'null in the place of what a node above it says',
      { page: '/Rotate null', tree: '/Rotate 180' },
    ],
    [
      'contents by two references',
      { page: '/Contents 9 0 R', more: { 9: '10 0 R', 10: '[6 0 R]' } },
    ],
    ['an odd number in a node above it', { tree: '/CropBox [0 0 --300 400]' }],
    ['a box without brackets', { page: '/CropBox 0 0 300 400' }],
    [
      'odd resources',
      { page: '/Resources 9 0 R', more: { 9: '<</ExtGState <</A <</ca 1.0.0>>>>>>' } },
    ],
    ['odd fonts', { page: '/Resources <</Font 9 0 R>>', more: { 9: '<</F1 5 0 R /X --4>>' } }],
    ['an odd list of contents', { page: '/Contents 9 0 R', more: { 9: '[6 0 R --4]' } }],
    [
      'odd information',
      { trailer: '/Root 1 0 R /Info 9 0 R', more: { 9: '<</Title (a) /X --4>>' } },
    ],
  ])('that readers differ on: %s', async (_, { page = '', ...rest }) => {
    const pdf = pagesOf([`/MediaBox [0 0 300 400] ${page}`], rest)
    expect(await read(bytes(pdf))).toEqual({ recipe: null, fault: 'odd' })
  })

  it('when what some read as a page says that it is a node', async () => {
    const pdf = pagesOf(['/MediaBox [0 0 300 400] /Contents 6 0 R', '/MediaBox [0 0 300 400]'])
    const odd = pdf.replace('/Type /Page /', '/Type /Pages/')
    expect(await read(bytes(odd))).toEqual({ recipe: null, fault: 'odd' })
  })

  it('when its numbers go on where mupdf does not count', async () => {
    const pdf = pagesOf(['']).replace(/\/Size \d+/, '/Size 8388606')
    expect(await read(bytes(pdf))).toEqual({ recipe: null, fault: 'odd' })
  })

  it('on more pages than the recipe may hold; on one in ten, it is', async () => {
    const large = bytes(pagesOf(Array.from({ length: 20 }, () => `/Notes (${'x'.repeat(60_000)})`)))
    expect(await read(large, 'all')).toEqual({ recipe: null, fault: 'too-large' })
    expect(await read(large, 'tenth')).toMatchObject({ recipe: { stamped: 2, pages: 20 } })
  })
})

it('reads a long book of pictures once, whichever pages are wanted', async () => {
  // Each page lies far from the next, behind the picture that it shows.
  const pages = Array.from({ length: 700 }, () => '/MediaBox [0 0 420 595]')
  const pdf = bytes(pagesOf(pages, { between: ' '.repeat(70_000) }))
  let reads = 0
  const source = {
    sizeBytes: pdf.length,
    read: async (offset: number, length: number) => {
      reads++
      return pdf.subarray(offset, offset + length)
    },
  }
  for (const [choice, stamped] of [
    ['tenth', 70],
    ['all', 700],
  ] as const) {
    reads = 0
    expect((await readRecipe(source, choice)).recipe?.stamped).toBe(stamped)
    expect(reads).toBeLessThan(30)
  }
})
