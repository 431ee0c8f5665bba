import { describe, expect, it } from 'vitest'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import { bytesSource } from '../../packages/ranged/source.ts'
import type { RangedSource } from '../../packages/ranged/source.ts'
import { EPUB_FRAME } from '../support/uploads.ts'
import { packZip } from '../support/zip.ts'
import type { Packed } from '../support/zip.ts'

const look = (bytes: Uint8Array | RangedSource) =>
  inspectFile('read' in bytes ? (bytes as RangedSource) : bytesSource(bytes as Uint8Array), 'all')

const CHAPTER = `<html xmlns="http://www.w3.org/1999/xhtml"><body>${'<p>Il pleut.</p>'.repeat(40)}</body></html>`

const OPF = `<?xml version="1.0"?>
<!DOCTYPE package [ <!ENTITY big "x"> ]>
<p:package xmlns:p="http://www.idpf.org/2007/opf" xmlns:d="http://purl.org/dc/elements/1.1/">
<p:metadata xmlns:other="urn:other">
  <other:title>Pas celui-ci</other:title>
  <!-- <d:title>Ni celui-ci</d:title> -->
  <d:title><![CDATA[Sept pluies]]> &amp; un orage</d:title>
  <d:creator id="w">Nafi Tamarin</d:creator>
  <d:creator id="t">Une traductrice</d:creator>
  <p:meta refines="#t" property="role">trl</p:meta>
  <d:creator>Issa Fonio</d:creator>
  <d:language>fr-ML</d:language>
</p:metadata>
<p:manifest>
  <p:item id="nav" href="../text/nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
  <p:item id="cover" href="couv%20erture.jpg" properties="cover-image" media-type="image/jpeg"/>
  <p:item id="one" href="../text/un.xhtml" media-type="application/xhtml+xml"/>
  <p:item id="two" href="../text/deux.xhtml" media-type="application/xhtml+xml"/>
</p:manifest>
<p:spine><p:itemref idref="one"/><p:itemref idref="two"/><p:itemref idref="nav" linear="no"/></p:spine>
</p:package>`

const NAV = `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:e="http://www.idpf.org/2007/ops"><body>
<nav e:type="landmarks"><ol><li><a href="un.xhtml">Début</a></li></ol></nav>
<nav e:type="toc"><ol><li><a href="un.xhtml">La <b>première</b> pluie</a><ol><li><a href="un.xhtml#b">Une part</a></li></ol></li>
<li><a href="deux.xhtml#x">La seconde</a></li></ol></nav></body></html>`

const MIMETYPE: Packed = { name: 'mimetype', bytes: 'application/epub+zip', stored: true }
const CONTAINER: Packed = {
  name: 'META-INF/container.xml',
  bytes: EPUB_FRAME['META-INF/container.xml'].replace('book.opf', 'OEBPS/opf/livre.opf'),
}
const REST: Packed[] = [
  { name: 'OEBPS/opf/livre.opf', bytes: OPF },
  { name: 'OEBPS/opf/couv erture.jpg', bytes: 'a picture', stored: true },
  { name: 'OEBPS/text/nav.xhtml', bytes: NAV },
  { name: 'OEBPS/text/un.xhtml', bytes: CHAPTER },
  { name: 'OEBPS/text/deux.xhtml', bytes: CHAPTER },
]
const BOOK = [MIMETYPE, CONTAINER, ...REST]
const book = (change: (files: Packed[]) => Packed[] = (files) => files) =>
  packZip(change([...BOOK]))
/** The book with one file in another form. */
const withFile = (name: string, change: Partial<Packed>) =>
  book((files) => files.map((file) => (file.name === name ? { ...file, ...change } : file)))
const without = (name: string) => book((files) => files.filter((file) => file.name !== name))
const swapped = (name: string, from: string | RegExp, to: string) =>
  withFile(name, {
    bytes: String(BOOK.find((file) => file.name === name)!.bytes).replace(from, to),
  })

const taken = { ok: true, mediaType: 'application/epub+zip' }

describe('a sound EPUB', () => {
  it('is taken, and says what it is', async () => {
    expect(await look(book())).toEqual({
      ...taken,
      about: {
        title: 'Sept pluies & un orage',
        author: 'Nafi Tamarin, Issa Fonio',
        language: 'fr',
        cover: 'OEBPS/opf/couv erture.jpg',
        chapters: ['La première pluie', 'La seconde'],
      },
      pages: null,
      seconds: null,
      remark: null,
      stamp: null,
    })
  })

  it.each<[string, Uint8Array]>([
    ['in zip64', packZip(BOOK, { isLong: true })],
    ['in zip64 with a comment', packZip(BOOK, { isLong: true, comment: 'sept pluies' })],
    ['with sizes behind its files', packZip(BOOK.map((one) => ({ ...one, isStreamed: true })))],
    ['with a statement of rights', book((files) => [...files, { name: 'META-INF/rights.xml', bytes: '<rights/>' }])],
    ['with a comment that holds a mark', packZip(BOOK, { comment: `PK\x05\x06${'x'.repeat(40)}` })],
    ['with a comment', packZip(BOOK, { comment: 'PK'.repeat(900) })],
    ['with a PDF in it', book(([first, ...rest]) => [first!, { name: 'a.pdf', bytes: '%PDF-1.7', stored: true }, ...rest])],
    ['with fonts of which the order is changed', book((files) => [...files, encrypted(' http://www.idpf.org/2008/embedding ')])],
    ['whose files have other capitals', withFile('OEBPS/text/un.xhtml', { name: 'OEBPS/Text/UN.xhtml' })],
    ['whose accents stand apart', packZip([...BOOK.slice(0, 2), ...REST.map((file) => file.name.endsWith('.opf') ? { ...file, bytes: OPF.replace('deux.xhtml', 'été.xhtml') } : file.name.endsWith('deux.xhtml') ? { ...file, name: 'OEBPS/text/été.xhtml'.normalize('NFD') } : file)])],
    ['whose package has a mark of bytes', withFile('OEBPS/opf/livre.opf', { bytes: `\ufeff${OPF}` })],
    ['whose package is in UTF-16', withFile('OEBPS/opf/livre.opf', { bytes: Buffer.from(`\ufeff${OPF}`, 'utf16le') })],
  ])('is taken without a remark: %s', async (_, bytes) => {
    expect(await look(bytes)).toMatchObject({ ...taken, remark: null, about: { language: 'fr' } })
  }) // prettier-ignore

  it('of the second generation has its chapters from the NCX', async () => {
    const ncx =
      '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Un</text></navLabel><content src="../text/un.xhtml"/><navPoint><navLabel><text>Un, a</text></navLabel></navPoint></navPoint><navPoint><navLabel><text>Deux</text></navLabel></navPoint></navMap></ncx>'
    const opf = OPF.replace(
      'properties="nav" media-type="application/xhtml+xml"',
      'media-type="application/x-dtbncx+xml"',
    ) // prettier-ignore
      .replace('<p:item id="cover"', '<p:item id="c"')
      .replace('properties="cover-image"', '')
      .replace('</p:metadata>', '<p:meta name="cover" content="c"/></p:metadata>')
    const found = await look(
      book((files) =>
        files.map((file) =>
          file.name.endsWith('nav.xhtml')
            ? { ...file, bytes: ncx }
            : file.name.endsWith('.opf')
              ? { ...file, bytes: opf }
              : file,
        ),
      ),
    )
    expect(found).toMatchObject({
      ...taken,
      about: { chapters: ['Un', 'Deux'], cover: 'OEBPS/opf/couv erture.jpg' },
    })
  })
})

describe('an EPUB that is packed badly, and opens', () => {
  it.each<[string, Uint8Array]>([
    ['its mark is deflated', withFile('mimetype', { stored: false })],
    ['its mark is last', packZip([CONTAINER, ...REST, MIMETYPE])],
    ['its mark is missing', without('mimetype')],
    ['its mark ends in a line', withFile('mimetype', { bytes: 'application/epub+zip\r\n' })],
    ['its mark begins with another', withFile('mimetype', { bytes: '\ufeffapplication/epub+zip' })],
    ['a line stands in front', packZip(BOOK, { front: Buffer.from('HTTP/1.1 200 OK\r\n\r\n') })],
    ['bytes stand in front', packZip(BOOK, { front: Buffer.from('PK\x03\x04 HTTP/1.1 200 OK\r\n\r\n') })],
    ['two files have one name', book((files) => [...files, { name: 'OEBPS/text/un.xhtml', bytes: '<html>Un autre</html>' }])],
  ])('is taken, and told: %s', async (_, bytes) => {
    expect(await look(bytes)).toMatchObject({ ...taken, remark: 'epub-packing' })
  }) // prettier-ignore

  it('is taken without a remark where the same bytes have one name twice', async () => {
    const twice = book((files) => [...files, files.at(-1)!])
    expect(await look(twice)).toMatchObject({ ...taken, remark: null })
  })

  it.each([
    ['not there', without('OEBPS/text/deux.xhtml')],
    ['empty', withFile('OEBPS/text/deux.xhtml', { bytes: '' })],
  ])('is taken where a chapter is announced and %s, and the chapter is named', async (_, bytes) => {
    expect(await look(bytes)).toMatchObject({
      ...taken,
      remark: 'epub-missing',
      detail: '2/2, La seconde (OEBPS/text/deux.xhtml)',
    })
  })
})

it('a chapter that the list of files does not know is told, too', async () => {
  const dangling = swapped(
    'OEBPS/opf/livre.opf',
    '</p:spine>',
    '<p:itemref idref="trois"/></p:spine>',
  )
  expect(await look(dangling)).toMatchObject({ remark: 'epub-missing', detail: '3/3, trois' })
})

it('what stands first in the order of reading, and in no list, is stepped over and told', async () => {
  const first = swapped('OEBPS/opf/livre.opf', '<p:spine>', '<p:spine><p:itemref idref="zero"/>')
  expect(await look(first)).toMatchObject({ remark: 'epub-missing', detail: '1/3, zero' })
})

describe('an EPUB that is not by the book, and opens in readers', () => {
  const opf = 'OEBPS/opf/livre.opf'
  const chapter = 'OEBPS/text/un.xhtml'
  /** The first chapter by a name in bytes, and as the package calls it. */
  const called = (name: Uint8Array, href: string) =>
    packZip(
      [MIMETYPE, CONTAINER, ...REST].map((file) =>
        file.name === opf
          ? { ...file, bytes: OPF.replace('../text/un.xhtml', href) }
          : file.name === chapter
            ? { ...file, rawName: name }
            : file,
      ),
    )
  it.each<[string, Uint8Array]>([
    ['its package is of another space', swapped(opf, 'http://www.idpf.org/2007/opf', 'http://openebook.org/namespaces/oeb-package/1.0/')],
    ['its container is', swapped('META-INF/container.xml', /xmlns="[^"]*"/, 'xmlns="urn:other"')],
    ['all of its spine is on the way', swapped(opf, /<p:spine>.*<\/p:spine>/, '<p:spine><p:itemref idref="one" linear="no"/></p:spine>')],
    ['an attribute holds a bracket', swapped(opf, '<p:metadata', '<p:meta name="a" content="1 < 2"/><p:metadata')],
    ['its slashes are turned round', swapped(opf, '../text/un.xhtml', '..\\text\\un.xhtml')],
    ['a blank stands before a name', swapped(opf, '../text/un.xhtml', ' ../text/un.xhtml')],
    ['its names are in letters of MS-DOS', called(Buffer.from('OEBPS/text/\x82t\x82.xhtml', 'latin1'), '../text/été.xhtml')],
    ['its names are in Latin 1', called(Buffer.from('OEBPS/text/\xe9t\xe9.xhtml', 'latin1'), '../text/été.xhtml')],
  ])('%s', async (_, bytes) => {
    expect(await look(bytes)).toMatchObject({ ...taken, remark: null, about: { title: 'Sept pluies & un orage' } })
  }) // prettier-ignore
})

describe('an EPUB that is damaged is refused, with what was found', () => {
  const second = '2/2, La seconde (OEBPS/text/deux.xhtml)'
  it.each<[string, Uint8Array, string]>([
    ['the sum of a chapter is wrong', withFile('OEBPS/text/deux.xhtml', { said: { crc: 1 } }), second],
    ['a chapter is cut', withFile('OEBPS/text/deux.xhtml', { said: { packedBytes: 20 } }), second],
    ['a chapter is longer than it says', withFile('OEBPS/text/deux.xhtml', { said: { sizeBytes: 20 } }), second],
    ['a chapter is zeros as packed', withFile('OEBPS/text/deux.xhtml', { raw: new Uint8Array(90) }), second],
    ['a chapter was zeros when it was packed', withFile('OEBPS/text/deux.xhtml', { bytes: `<html>${'\0'.repeat(5_000)}` }), second],
    ['a picture is damaged', withFile('OEBPS/opf/couv erture.jpg', { said: { crc: 1 } }), 'OEBPS/opf/couv erture.jpg'],
    ['a chapter lies beyond the end', withFile('OEBPS/text/deux.xhtml', { said: { offset: 1e6 } }), second],
    ['a chapter is packed in another way', withFile('OEBPS/text/deux.xhtml', { said: { method: 14 } }), second],
    ['the container is damaged', withFile('META-INF/container.xml', { said: { crc: 1 } }), 'META-INF/container.xml'],
  ])('%s', async (_, bytes, detail) => {
    expect(await look(bytes)).toEqual({ ok: false, fault: 'epub-damaged', detail })
  }) // prettier-ignore

  it.each<[string, Uint8Array, string | undefined]>([
    ['it is packed with its folder', packZip(BOOK.map((file) => ({ ...file, name: `Livre/${file.name}` }))), undefined],
    ['there is no container', without('META-INF/container.xml'), undefined],
    ['the container names nothing', withFile('META-INF/container.xml', { bytes: '<container/>' }), undefined],
    ['there is no package', without('OEBPS/opf/livre.opf'), 'OEBPS/opf/livre.opf'],
    ['the package is no XML', withFile('OEBPS/opf/livre.opf', { bytes: 'Sept pluies' }), 'OEBPS/opf/livre.opf'],
    ['the spine is empty', swapped('OEBPS/opf/livre.opf', /<p:itemref.*\/>/, ''), undefined],
    ['the spine names no file', swapped('OEBPS/opf/livre.opf', /<p:itemref.*\/>/, '<p:itemref idref="x"/>'), undefined],
    ['the first chapter is empty', withFile('OEBPS/text/un.xhtml', { bytes: '' }), 'OEBPS/text/un.xhtml'],
    ['the first chapter is missing', without('OEBPS/text/un.xhtml'), 'OEBPS/text/un.xhtml'],
  ])('%s', async (_, bytes, detail) => {
    expect(await look(bytes)).toEqual({ ok: false, fault: 'epub-empty', ...(detail && { detail }) })
  }) // prettier-ignore

  it('wherever its end is cut off', async () => {
    const whole = book()
    for (let length = whole.length - 1; length > 100; length -= 61)
      expect(await look(whole.subarray(0, length))).toEqual({ ok: false, fault: 'epub-broken' })
  })
})

describe('an EPUB that only the shop that sold it opens is refused', () => {
  it.each<[string, Uint8Array]>([
    ['Adobe', book((files) => [...files, encrypted('http://www.w3.org/2001/04/xmlenc#aes128-cbc')])],
    ['LCP', book((files) => [...files, { name: 'META-INF/license.lcpl', bytes: '{}' }])],
    ['Apple', book((files) => [...files, { name: 'META-INF/sinf.xml', bytes: '<fairplay/>' }])],
    ['a password of the zip', book((files) => files.map((file) => ({ ...file, flags: 1 })))],
  ])('%s', async (_, bytes) => {
    expect(await look(bytes)).toMatchObject({ ok: false, fault: 'epub-locked' })
  }) // prettier-ignore
})

it('what is another zip is no EPUB', async () => {
  const other = packZip([
    { name: 'mimetype', bytes: 'application/vnd.oasis.opendocument.text', stored: true },
    { name: 'content.xml', bytes: '<x/>' },
  ])
  expect(await look(other)).toEqual({ ok: false, fault: 'other-type' })
})

it('each byte is asked for a few times at most, in large parts', async () => {
  const picture = { name: 'a.jpg', bytes: new Uint8Array(6_000_000).fill(7), stored: true }
  const bytes = book((files) => [...files, picture])
  let [reads, readBytes] = [0, 0]
  const found = await look({
    sizeBytes: bytes.length,
    read: async (offset, length) => {
      reads++
      readBytes += length
      return bytes.subarray(offset, offset + length)
    },
  })
  expect(found.ok).toBe(true)
  expect(reads).toBeLessThan(20)
  expect(readBytes).toBeLessThan(bytes.length + 6 * 1024 * 1024)
})

const encrypted = (algorithm: string): Packed => ({
  name: 'META-INF/encryption.xml',
  bytes: `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/></enc:EncryptedData></encryption>`,
})
