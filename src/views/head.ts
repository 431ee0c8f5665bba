import { html } from 'hono/html'
import type { Settings } from '../config/settings.ts'
import type { Language } from '../words/words.ts'
import { iconPath, stylesheetPath } from './assets.ts'
import { foundTags, named } from './found.ts'
import type { Frame } from './layout.tsx'
import { logoPath } from './logo.ts'

type Head = Frame & {
  language: Language
  look: Settings['look']
  shopName: string
  publicUrl: string
}

/**
 * The head of a page. As elements its tags took 77 µs of a book's page in place of 18: for each `link`, hono/jsx
 * looks through the whole page for its head.
 */
export function head({ look: { colour, logo }, ...frame }: Head) {
  const { path, isPrivate = path === undefined, refreshSeconds, scripts = [] } = frame
  return html`<head>${[
    html`<meta charset="utf-8"/><title>${frame.title} · ${frame.shopName}</title>`,
    named('viewport', 'width=device-width, initial-scale=1'),
    isPrivate && named('robots', 'noindex'),
    refreshSeconds &&
      html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"/></noscript>`,
    path !== undefined && !isPrivate && foundTags({ ...frame, path }),
    named('theme-color', colour),
    html`<link rel="stylesheet" href="${stylesheetPath(colour)}"/>`,
    html`<link rel="icon" href="${logo ? logoPath(logo) : iconPath(colour)}"/>`,
    scripts.map((script) => html`<script src="${script}" defer=""></script>`),
  ]}</head>`
}
