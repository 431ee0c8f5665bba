/**
 * PDFs as the format allows them and few programs write them: what only a hand makes.
 * Each page says "Page" and draws a frame, so that a stamp out of place would be seen.
 */
type Objects = Record<number, string>

const stream = (content: string, entries = '') =>
  `<<${entries}/Length ${content.length}>>\nstream\n${content}\nendstream`

const drawing = (before = '') =>
  `${before} q 0.9 0.95 1 rg 20 60 150 100 re f Q BT /F1 14 Tf 30 100 Td (Page) Tj ET`

const FONT = '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>'

/** `between`: what follows each object. */
type FileOptions = { trailer?: string; head?: string; after?: string; between?: string }
type PagesOptions = FileOptions & { tree?: string; content?: string; more?: Objects }

function fileOf(
  objects: Objects,
  {
    trailer = '/Root 1 0 R',
    head = '%PDF-1.6\n%\xe2\xe3\xcf\xd3\n',
    after = '',
    between = '',
  }: FileOptions = {},
): string {
  let text = head
  const offsets = new Map<number, number>()
  for (const [number, object] of Object.entries(objects)) {
    offsets.set(Number(number), text.length)
    text += `${number} 0 obj\n${object}\nendobj\n${between}`
  }
  const size = Math.max(...offsets.keys()) + 1
  const lines = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number)
    return offset === undefined
      ? '0000000000 65535 f \n'
      : `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${size}\n${lines.join('')}trailer\n<<${trailer} /Size ${size}>>\n`
  return `${text}${table}startxref\n${text.length}\n%%EOF\n${after}`
}

/** A document of pages whose dictionaries are given; 5 is its font, 6 what they draw. */
export function pagesOf(
  pages: string[],
  { tree = '', content = drawing(), more = {}, ...rest }: PagesOptions = {},
): string {
  const first = 20
  const objects: Objects = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${first + i} 0 R`).join(' ')}] ${tree}>>`,
    5: FONT,
    6: stream(content),
    ...more,
  }
  pages.forEach((page, i) => (objects[first + i] = `<</Type /Page /Parent 2 0 R ${page}>>`))
  return fileOf(objects, rest)
}

const BOX = '/MediaBox [0 0 300 400]'
const FONTS = '/Resources <</Font <</F1 5 0 R>>>>'
const DRAWN = '/Contents 6 0 R'
const PLAIN = `${BOX} ${FONTS} ${DRAWN}`

/** The newest words stand in an update that somebody appended (7.5.6). */
function updated(): string {
  const original = pagesOf([PLAIN, PLAIN])
  const page = `21 0 obj\n<</Type /Page /Parent 2 0 R ${PLAIN} /Rotate 90>>\nendobj\n`
  const previous = /startxref\n(\d+)/.exec(original)![1]
  const at = String(original.length).padStart(10, '0')
  const table = `xref\n21 1\n${at} 00000 n \ntrailer\n<</Root 1 0 R /Size 22 /Prev ${previous}>>\n`
  return `${original}${page}${table}startxref\n${original.length + page.length}\n%%EOF\n`
}

/** 7.5.8.4: a table for old readers, with a stream beside it for what they shall not see. */
function hybrid(): string {
  const whole = pagesOf([PLAIN])
  const at = whole.indexOf('xref\n0')
  const extra = '30 0 obj\n(seen by new readers)\nendobj\n'
  const row = String.fromCharCode(1, (at >> 8) & 255, at & 255, 0)
  const entries = '/Type /XRef /W [1 2 1] /Index [30 1] /Size 32 '
  const hidden = `31 0 obj\n${stream(row, entries)}\nendobj\n`
  const place = at + extra.length
  const table = whole
    .slice(at)
    .replace('/Root', `/XRefStm ${place} /Root`)
    .replace(/startxref\n\d+/, `startxref\n${place + hidden.length}`)
  return whole.slice(0, at) + extra + hidden + table
}

/** A tree of nodes of nodes, of which some count one page and inherit from far above. */
function deepTree(): string {
  const node = (parent: number, count: number, ...kids: number[]) =>
    `<</Type /Pages /Parent ${parent} 0 R /Count ${count} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}]>>`
  const page = (parent: number) => `<</Type /Page /Parent ${parent} 0 R ${DRAWN}>>`
  return fileOf({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Count 4 /Kids [10 0 R 11 0 R] ${BOX} ${FONTS} /Rotate 180>>`,
    5: FONT,
    6: stream(drawing()),
    10: node(2, 1, 12),
    11: node(2, 3, 13, 23),
    12: node(10, 1, 20),
    13: node(11, 2, 21, 22),
    20: page(12),
    21: page(13),
    22: page(13),
    23: page(11),
  })
}

const rotated = [0, 90, 180, 270, -90, 450].map((turn) => `${PLAIN} /Rotate ${turn}`)

export const handMade: Record<string, string> = {
  'crop-inside': pagesOf([`${PLAIN} /CropBox [40 50 260 300]`]),
  'crop-rotated': pagesOf(rotated.map((page) => `${page} /CropBox [10 40 280 350]`)),
  'crop-beyond': pagesOf([`${PLAIN} /CropBox [-50 -50 900 900]`]),
  'origin-negative': pagesOf([`/MediaBox [-150 -200 150 200] ${FONTS} ${DRAWN}`]),
  'box-upside-down': pagesOf([`/MediaBox [300 400 0 0] ${FONTS} ${DRAWN}`]),
  'box-indirect': pagesOf([`/MediaBox 7 0 R ${FONTS} ${DRAWN}`], {
    more: { 7: '[0 0 8 0 R 400]', 8: '300' },
  }),
  'box-missing': pagesOf([`${FONTS} ${DRAWN}`]),
  'box-inherited': pagesOf([DRAWN, `${DRAWN} /CropBox [0 0 300 200]`], {
    tree: `${BOX} ${FONTS} /Rotate 270`,
  }),
  'box-tiny': pagesOf([`/MediaBox [0 0 60 40] ${FONTS} ${DRAWN}`]),
  rotated: pagesOf(rotated),
  'unit-of-two': pagesOf([
    `/MediaBox [0 0 300 400] /UserUnit 2 ${FONTS} ${DRAWN}`,
    `/MediaBox [0 0 300 400] /UserUnit 1.5 /Rotate 90 ${FONTS} ${DRAWN}`,
  ]),
  'contents-array': pagesOf([`${BOX} ${FONTS} /Contents [7 0 R 6 0 R]`], {
    more: { 7: stream('1 0 0 1 3 3 cm') },
  }),
  'contents-array-indirect': pagesOf([`${BOX} ${FONTS} /Contents 7 0 R`], {
    more: { 7: '[6 0 R 6 0 R]' },
  }),
  'contents-empty': pagesOf([`${BOX} ${FONTS} /Contents []`, `${BOX} ${FONTS}`]),
  'matrix-left-over': pagesOf([PLAIN], { content: drawing('0.5 0 0 0.5 90 90 cm 2 Tr 50 Tz') }),
  'resources-missing': pagesOf([`${BOX} /Contents 6 0 R`], { content: '0.8 g 20 60 99 99 re f' }),
  'resources-indirect': pagesOf(
    Array.from({ length: 12 }, () => `${BOX} /Resources 7 0 R ${DRAWN}`),
    { more: { 7: '<</Font 8 0 R /ProcSet [/PDF /Text]>>', 8: '<</F1 5 0 R>>' } },
  ),
  'pages-in-a-deep-tree': deepTree(),
  'pages-121': pagesOf(Array.from({ length: 121 }, () => PLAIN)),
  'info-and-no-id': pagesOf([PLAIN], {
    trailer: '/Root 1 0 R /Info 7 0 R',
    more: { 7: '<</Title (Un titre \\(gard\\351\\)) /Author <FEFF00C9> /Trapped /False>>' },
  }),
  'id-alone': pagesOf([PLAIN], { trailer: '/Root 1 0 R /ID [<00ff10> (\\000b)]' }),
  'names-with-odd-letters': pagesOf([
    `${PLAIN} /Odd#20name#2f (a) /PieceInfo <</A#23 [1.50 -.002 +3 4.]>>`,
  ]),
  'bytes-after-the-end': pagesOf([PLAIN], { after: '\0\0\0\0\0 no end of line' }),
  'carriage-returns': pagesOf([PLAIN], { head: '%PDF-1.4\r' }).replace(/%%EOF\n$/, '%%EOF'),
  'updated-once': updated(),
  hybrid: hybrid(),
}
