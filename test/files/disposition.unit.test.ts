import { ServerResponse, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { contentDisposition } from '../../src/files/disposition.ts'

/** The two names that a browser may read in the header. */
function namesIn(header: string): { ascii: string; utf8: string } {
  const match = /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]*)$/.exec(
    header,
  )
  if (!match) throw new Error(`not well formed: ${header}`)
  return { ascii: match[1] ?? '', utf8: decodeURIComponent(match[2] ?? '') }
}

it('says the name twice', () => {
  expect(contentDisposition('attachment', "L'été.pdf")).toBe(
    `attachment; filename="L'ete.pdf"; filename*=UTF-8''L%27%C3%A9t%C3%A9.pdf`,
  )
  expect(contentDisposition('inline', 'livre.pdf')).toBe(
    `inline; filename="livre.pdf"; filename*=UTF-8''livre.pdf`,
  )
})

describe('a name', () => {
  it.each([
    // What the seller wrote; the name in ASCII; the name in UTF-8 when it is not the same.
    ['livre.pdf', 'livre.pdf'],
    ["L'œuvre – 1 « été » 😀.pdf", "L'oeuvre - 1 ete _.pdf", "L'œuvre – 1 « été » 😀.pdf"],
    ['L’Œuvre… au noir.pdf', "L'OEuvre... au noir.pdf", 'L’Œuvre… au noir.pdf'],
    ['ÀÉÎÕÜÇÑ àéîõüçñ ŒÆ ß.pdf', 'AEIOUCN aeioucn OEAE ss.pdf', 'ÀÉÎÕÜÇÑ àéîõüçñ ŒÆ ß.pdf'],
    ['e\u0301te\u0301.pdf', 'ete.pdf', 'été.pdf'],
    [
      'Eʋegbe ƉƐŊƆ, Fulɓe, Bámanankan kɛ̀lɛ.epub',
      'Evegbe DENO, Fulbe, Bamanankan kele.epub',
      'Eʋegbe ƉƐŊƆ, Fulɓe, Bámanankan kɛ̀lɛ.epub',
    ],
    ['كتاب الحكمة.pdf', 'document.pdf', 'كتاب الحكمة.pdf'],
    ['書 2.pdf', '_ 2.pdf', '書 2.pdf'],
    ['Prix 100% net (2e éd.) *.pdf', 'Prix 100_ net (2e ed.).pdf', 'Prix 100% net (2e éd.).pdf'],
    ['x%41.pdf', 'x_41.pdf', 'x%41.pdf'],
    ['a/b\\c:d|e.pdf', 'a-b-c-d-e.pdf'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['Que "faire" <ici> ?.pdf', 'Que faire ici.pdf'],
    ['a\r\nSet-Cookie: x=1.pdf', 'a Set-Cookie- x=1.pdf'],
    ['a\0b\tc\u007fd\u0085e\u2028f.pdf', 'a b c d e f.pdf'],
    ['facture\u202Efdp.exe', 'facturefdp.exe'],
    ['\u200Eun\u2066 deux\u2069\u061C\uFEFF\u200B\u00AD.pdf', 'un deux.pdf'],
    ['deux\u00A0points\u202F: un.pdf', 'deux points - un.pdf'],
    ['plein／chasse＂.pdf', 'plein-chasse.pdf', 'plein／chasse＂.pdf'],
    ['seul \uD83D.pdf', 'seul _.pdf'],
    ['seul \uDE00\uD83D.pdf', 'seul _.pdf', 'seul __.pdf'],
    ['.htaccess', 'htaccess'],
    ['…caché.pdf', 'cache.pdf', '…caché.pdf'],
    ['point final. . ', 'point final'],
    ['', 'document'],
    ['..', 'document'],
    ['"', 'document'],
    ['👩‍👩‍👧.pdf', 'document.pdf', '👩‍👩‍👧.pdf'],
  ])('%j is offered as %j', (fileName, ascii, utf8 = ascii) => {
    expect(namesIn(contentDisposition('attachment', fileName))).toEqual({ ascii, utf8 })
  })

  it.each([
    ['a'.repeat(5000), 200, 200],
    ['é'.repeat(5000), 200, 200],
    ['😀'.repeat(5000), 200, 200],
    // A sign of three bytes that is six characters in ASCII.
    ['㎯'.repeat(5000), 200, 200],
    [' '.repeat(5000), 200, 200],
  ])(
    'is cut between two characters, and keeps its extension (%#)',
    (stem, asciiBytes, utf8Bytes) => {
      const { ascii, utf8 } = namesIn(contentDisposition('attachment', `x${stem}.pdf`))
      expect(ascii).toMatch(/^x.*\.pdf$/)
      expect(utf8).toMatch(/^x.*\.pdf$/)
      expect(ascii.length).toBeLessThanOrEqual(asciiBytes)
      expect(Buffer.byteLength(utf8)).toBeLessThanOrEqual(utf8Bytes)
    },
  )

  it('passes through a header of Node, whatever character it holds', () => {
    const response = new ServerResponse(new IncomingMessage(new Socket()))
    for (let code = 0; code < 0x1_1000; code += 64) {
      const characters = Array.from({ length: 64 }, (_, i) => String.fromCodePoint(code + i))
      const header = contentDisposition('attachment', `x${characters.join('')}.pdf`)
      expect(header).toMatch(/^[\x20-\x7e]*$/)
      namesIn(header)
      response.setHeader('content-disposition', header)
    }
  })
})
