import { html, raw } from 'hono/html'
import { inLanguage, pathsIn } from '../links/addresses.ts'
import { LANGUAGES } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** What a public page tells search engines, and WhatsApp when its link is shared. */
export type Found = {
  /** Its path without a language: it exists in each. */
  path: string
  description: string
  image: { path: string; type: string; width: number; height: number }
  /** In schema.org's terms. */
  data: object
  /** Reachable by links but kept out of indexes: many pages have the same content. */
  isUnlisted: boolean
}

type FoundBy = Partial<Found> & {
  path: string
  title: string
  publicUrl: string
  shopName: string
  language: Language
}

/** Its tags in the head of a page. */
export function foundTags({ path, title, publicUrl, shopName, language, ...page }: FoundBy) {
  const { description, image, data } = page
  const address = (spoken: Language) => publicUrl + inLanguage(path, spoken)
  return [
    page.isUnlisted && named('robots', 'noindex, follow'),
    description && named('description', description),
    html`<link rel="canonical" href="${address(language)}"/>`,
    LANGUAGES.map((spoken) => alternate(spoken, address(spoken))),
    alternate('x-default', address('fr')),
    html`<link rel="alternate" type="application/atom+xml" title="${shopName}" href="${pathsIn(language).feed}"/>`,
    property('type', 'website'),
    property('site_name', shopName),
    property('locale', language),
    property('url', address(language)),
    property('title', title),
    description && property('description', description),
    image && [
      property('image', publicUrl + image.path),
      property('image:type', image.type),
      property('image:width', image.width),
      property('image:height', image.height),
      named('twitter:card', 'summary_large_image'),
    ],
    data && html`<script type="application/ld+json">${raw(asText(data))}</script>`,
  ]
}

export const named = (name: string, content: string) =>
  html`<meta name="${name}" content="${content}"/>`

/** For the Open Graph protocol (ogp.me). */
const property = (name: string, content: string | number) =>
  html`<meta property="og:${name}" content="${content}"/>`

const alternate = (spoken: string, address: string) =>
  html`<link rel="alternate" hreflang="${spoken}" href="${address}"/>`

/** Cannot close the script element: every `<` is escaped. */
const asText = (data: object) => JSON.stringify(data).replaceAll('<', '\\u003c')
