import type { Config } from '../../config/config.ts'
import type { Listed } from '../../data/books/storefront.ts'
import { absolute, inLanguage, pathsIn } from '../../links/addresses.ts'
import { LANGUAGES } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { plainText, shortened } from './summary.ts'

/** XML cannot hold control characters, so they are left out. */
const xml = (text: string) =>
  text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Every page in every language, each listing the others (sitemaps.org; Google's hreflang). */
export function sitemapText(config: Config, pages: string[]): string {
  const address = (path: string, language: Language) =>
    xml(absolute(config, inLanguage(path, language)))
  const urls = pages.flatMap((path) => {
    const others = LANGUAGES.map(
      (other) => `<xhtml:link rel="alternate" hreflang="${other}" href="${address(path, other)}"/>`,
    ).join('')
    return LANGUAGES.map((language) => `<url><loc>${address(path, language)}</loc>${others}</url>`)
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...urls,
    '</urlset>\n',
  ].join('\n')
}

type News = { title: string; books: Listed[]; language: Language }

/** The newest books (Atom, RFC 4287). */
export function feedText(config: Config, { title, books, language }: News): string {
  const paths = pathsIn(language)
  const at = (path: string) => xml(absolute(config, path))
  const updated = books[0]?.publishedAt ?? new Date(0)
  const entries = books.map(
    (book) => `<entry>
<id>${at(paths.book(book.slug))}</id>
<link href="${at(paths.book(book.slug))}"/>
<title>${xml(book.title)}</title>
<author><name>${xml(book.author)}</name></author>
<published>${book.publishedAt.toISOString()}</published>
<updated>${book.publishedAt.toISOString()}</updated>
<summary>${xml(shortened(plainText(book.description)))}</summary>
</entry>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<id>${at(paths.feed)}</id>`,
    `<title>${xml(title)}</title>`,
    `<link rel="self" href="${at(paths.feed)}"/>`,
    `<link href="${at(paths.catalog)}"/>`,
    `<updated>${updated.toISOString()}</updated>`,
    ...entries,
    '</feed>\n',
  ].join('\n')
}
