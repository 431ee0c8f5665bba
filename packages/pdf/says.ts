import type { PdfDocument } from './document.ts'
import { entry, isString } from './objects.ts'
import type { PdfValue } from './objects.ts'
import { PdfFault } from './source.ts'

type Said = { title?: string; author?: string; language?: string }

/** What programs write where nobody gave a title. */
const NO_TITLE =
  /^(?:about:blank$|microsoft word - |untitled\b|sans titre\b|document\d*$)|\.(?:docx?|odt|indd|pages|pdf|rtf)$/i

/**
 * What a PDF says of itself: title and author (ISO 32000-2, 14.3.3), and its language (14.9.2). A locked
 * one keeps it to itself.
 */
export async function pdfSays(document: PdfDocument): Promise<Said> {
  if (document.encrypted) return {}
  try {
    const info = await document.resolve(entry(document.trailer, 'Info'))
    const root = await document.resolve(entry(document.trailer, 'Root'))
    const read = async (from: PdfValue, key: string) =>
      textOf(await document.resolve(entry(from, key)))
    const title = await read(info, 'Title')
    return {
      title: NO_TITLE.test(title.trim()) ? '' : title,
      author: await read(info, 'Author'),
      language: await read(root, 'Lang'),
    }
  } catch (error) {
    if (error instanceof PdfFault) return {}
    throw error
  }
}

/** PDFDocEncoding (annex D.2) is Latin-1 but for these, from 0x80 on. */
const OWN = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'

/** A text string: 7.9.2.2. */
function textOf(value: PdfValue): string {
  if (!isString(value)) return ''
  const { bytes } = value
  const [first, second, third] = bytes
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(bytes)
  return [...bytes]
    .map((byte) =>
      byte >= 0x80 && byte < 0x80 + OWN.length
        ? OWN[byte - 0x80]!
        : byte === 0xa0
          ? '€'
          : String.fromCharCode(byte),
    )
    .join('')
}
