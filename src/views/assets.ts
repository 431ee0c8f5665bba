import { Hono } from 'hono'
import type { Colour } from '../lib/colour.ts'
import { waiting } from './browser/built.ts'
import { fnv1a } from '../lib/fnv.ts'
import { OWN_COLOUR } from '../config/settings.ts'
import { stylesheet } from './style.ts'
import { paths } from '../links/addresses.ts'

export const FOR_GOOD = 'public, max-age=31536000, immutable'

const styleVersion = fnv1a(stylesheet(OWN_COLOUR))

/**
 * Its address changes with its content and holds the shop's colour, so that it is fetched once and
 * kept for good, and is the same from every process whatever that one knows of the settings.
 */
export const stylesheetPath = (colour: Colour) =>
  `${paths.assets}/kiosque-${styleVersion}-${colour.slice(1)}.css`

export const iconPath = (colour: Colour) => `${paths.assets}/icone-${colour.slice(1)}.svg`

/** The shop's only script, for the page of an unpaid order. */
export const waitingScriptPath = `${paths.assets}/attente-${fnv1a(waiting)}.js`

/** Static files need no shop: the installer serves them before there is one. */
export type NoShop = { Bindings: object }
export const assets = new Hono<NoShop>()

const icon = (colour: Colour) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="${colour}"/><path d="M7 8h7a3 3 0 0 1 2 1 3 3 0 0 1 2-1h7v15h-7a3 3 0 0 0-2 1 3 3 0 0 0-2-1H7z" fill="#fffdf8"/><path d="M16 9v15" stroke="${colour}" stroke-width="1.5"/></svg>`

/** A page kept from before an update asks for the version of then: it gets today's, and keeps none. */
assets.get(`${paths.assets}/:name{kiosque-[0-9a-f]{8}-[0-9a-f]{6}\\.css}`, (c) => {
  const [, version, colour] = c.req.param('name').split(/[-.]/)
  return c.body(stylesheet(`#${colour}`), 200, {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': version === styleVersion ? FOR_GOOD : 'no-cache',
  })
})
assets.get(waitingScriptPath, (c) =>
  c.body(waiting, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': FOR_GOOD,
  }),
)
assets.get(`${paths.assets}/:name{icone-[0-9a-f]{6}\\.svg}`, (c) =>
  c.body(icon(`#${c.req.param('name').slice(6, 12)}`), 200, {
    'content-type': 'image/svg+xml',
    'cache-control': FOR_GOOD,
  }),
)
/** For browsers that ignore the page's own link. */
assets.get(paths.favicon, (c) =>
  c.body(icon(OWN_COLOUR), 200, {
    'content-type': 'image/svg+xml',
    'cache-control': 'public, max-age=86400',
  }),
)
