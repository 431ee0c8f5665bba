import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import MarkdownIt from 'markdown-it'
import { BOOKS, chaptersOf, readManuscript } from './manuscript.ts'
import type { About } from './typesetter/layout.ts'
import { typeset } from './typesetter/french.ts'

/** MS-DOS times know no zone, and the same build must make the same bytes. */
const PRINTED_AT = new Date(2026, 8, 1)
const markdown = new MarkdownIt({ xhtmlOut: true })

/** An EPUB 3.3 of the same manuscript as the PDF: a chapter a file, and the cover of the storefront. */
export function makeEpub(slug: string, { title, author, colours }: About): Uint8Array {
  const chapters = chaptersOf(readManuscript(slug)).map((chapter, index) => ({
    title: typeset(chapter.title),
    body: markdown.render(typesetLines(chapter.text)),
    file: `chapitre-${index + 1}.xhtml`,
  }))
  const spine = ['couverture.xhtml', ...chapters.map(({ file }) => file)]
  const css = `body{line-height:1.5}h1,h2{line-height:1.2;color:${colours.ground}}blockquote{border-left:.3em solid ${colours.accent};margin:1em 0;padding-left:1em}img{max-width:100%}`
  const cover = '<img src="couverture.svg" alt="" />'
  const index = chapters.map((one) => `<li><a href="${one.file}">${one.title}</a></li>`).join('')
  const nav = `<nav epub:type="toc"><h1>Sommaire</h1><ol>${index}</ol></nav>`
  const item = (id: string, file: string, type: string, more = '') =>
    `<item id="${id}" href="${file}" media-type="${type}"${more}/>`
  const manifest = [
    item('nav', 'sommaire.xhtml', XHTML, ' properties="nav"'),
    item('cover', 'couverture.svg', 'image/svg+xml', ' properties="cover-image"'),
    item('css', 'style.css', 'text/css'),
    ...spine.map((file, place) => item(`page-${place}`, file, XHTML)),
  ]
  const opf = `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="fr">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">kiosque:${slug}</dc:identifier><dc:title>${typeset(title)}</dc:title><dc:creator>${author}</dc:creator><dc:language>fr</dc:language><meta property="dcterms:modified">2026-09-01T00:00:00Z</meta></metadata>
<manifest>${manifest.join('')}</manifest>
<spine>${spine.map((_, place) => `<itemref idref="page-${place}"/>`).join('')}</spine></package>`
  const files: Record<string, string> = {
    'META-INF/container.xml': `${XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="livre.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
    'livre.opf': XML + opf,
    'sommaire.xhtml': page('Sommaire', nav),
    'couverture.xhtml': page(typeset(title), cover),
    'couverture.svg': readFileSync(join(BOOKS, slug, 'cover.svg'), 'utf8'),
    'style.css': css,
    ...Object.fromEntries(
      chapters.map((one) => [one.file, page(one.title, `<h1>${one.title}</h1>${one.body}`)]),
    ),
  }
  const entries: Zippable = {
    // First, and as it is: by this a reader knows an EPUB (OCF 4.3).
    mimetype: [strToU8('application/epub+zip'), { level: 0 }],
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  }
  return zipSync(entries, { mtime: PRINTED_AT, level: 9 })
}

const XML = '<?xml version="1.0" encoding="utf-8"?>\n'
const XHTML = 'application/xhtml+xml'

const page = (title: string, body: string) =>
  `${XML}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="fr"><head><title>${title}</title><link rel="stylesheet" href="style.css"/></head><body>${body}</body></html>`

/** A box to tick is no Markdown; each in a line of its own. */
const typesetLines = (text: string) => text.split('\n').map(typesetLine).join('\n')
const typesetLine = (line: string) => typeset(line.replace(/^\[\] /, '☐ '))
