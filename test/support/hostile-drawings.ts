import { CATALOG, MB, pdfWriter, treeOf } from './pdf-writer.ts'
import type { Told } from './pdf-writer.ts'

/** What pages draw, and with what, made to be much: contents are read where a stamp goes behind them. */

type Drawn = { pages: number; contents: string; resources?: string; stream?: Uint8Array }

const CONTENTS = 6
const RESOURCES = 7

function drawn({ pages, contents, resources = '<<>>', stream }: Drawn): Uint8Array {
  const pdf = pdfWriter()
  const numbers = Array.from({ length: pages }, (_, i) => 100 + i)
  pdf.object(1, CATALOG)
  pdf.object(2, treeOf(`[${numbers.map((number) => `${number} 0 R`).join(' ')}]`, pages))
  pdf.stream(CONTENTS, stream ?? Buffer.from('q Q'))
  pdf.object(RESOURCES, resources)
  const page = `/Resources ${RESOURCES} 0 R /Contents ${contents}`
  for (const number of numbers) pdf.object(number, `<</Type /Page /Parent 2 0 R ${page}>>`)
  return pdf.end()
}

const ONE = `${CONTENTS} 0 R`
const again = (sizeBytes: number, text: string) => Buffer.alloc(sizeBytes, text)

export const hostileDrawings: Record<string, [Told, () => Uint8Array]> = {
  'contents of one page that come to 60 MB': [
    'stamped',
    () => drawn({ pages: 1, contents: ONE, stream: again(60 * MB, '\n') }),
  ],
  'contents of a megabyte that 2 000 pages share': [
    'stamped',
    () => drawn({ pages: 2_000, contents: ONE, stream: again(MB, 'q Q ') }),
  ],
  'contents that name a megabyte 2 000 times, on 50 pages': [
    'unstamped',
    () => drawn({ pages: 50, contents: `[${`${ONE} `.repeat(2_000)}]`, stream: again(MB, '(a)') }),
  ],
  'contents of brackets that nothing closes': [
    'stamped',
    () => drawn({ pages: 1, contents: ONE, stream: again(7 * MB, '(') }),
  ],
  'contents of pictures that nothing ends': [
    'stamped',
    () => drawn({ pages: 1, contents: ONE, stream: again(7 * MB, 'BI ID \x01 ') }),
  ],
  'contents of layers in layers': [
    'stamped',
    () => drawn({ pages: 1, contents: ONE, stream: again(7 * MB, '/OC /x BDC ') }),
  ],
  'contents of parts in parts, on two pages': [
    'stamped',
    () => {
      const pdf = pdfWriter()
      pdf.object(1, CATALOG)
      pdf.object(2, treeOf('[100 0 R 101 0 R]', 2))
      for (const i of [0, 1]) {
        pdf.stream(CONTENTS + i, again(7 * MB, '/a BMC '))
        pdf.object(100 + i, `<</Type /Page /Parent 2 0 R /Contents ${CONTENTS + i} 0 R>>`)
      }
      return pdf.end()
    },
  ],
  'resources of 50 000 names for 500 pages': [
    'stamped',
    () => {
      const names = Array.from({ length: 50_000 }, (_, i) => `/N${i} [1 2 3]`)
      return drawn({ pages: 500, contents: ONE, resources: `<<${names.join(' ')}>>` })
    },
  ],
  'resources of megabytes in a stream of objects': [
    'work',
    () => {
      const pdf = pdfWriter()
      const page = `<</Type /Page /Parent 2 0 R /Resources ${RESOURCES} 0 R>>`
      pdf.object(1, CATALOG)
      pdf.object(2, treeOf('[4 0 R 5 0 R]', 2))
      const names = again(5 * MB, '/N [1 2 3] ').toString('latin1')
      pdf.pack(3, [
        [4, page],
        [5, page],
        [RESOURCES, `<<${names.slice(0, names.lastIndexOf('/'))}>>`],
      ])
      return pdf.end()
    },
  ],
}
