import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { qrCode } from '../../src/storefront/catalog/qr-code.ts'
import type { ShopEnv } from '../../src/contracts/shop.ts'
import { paths } from '../../src/links/addresses.ts'
import { assets } from '../../src/views/assets.ts'
import { Layout } from '../../src/views/layout.tsx'
import { stylesheet } from '../../src/views/style.ts'
import { stylesheet as simulatorStylesheet } from '../../packages/cinetpay-simulator/style.ts'
import type { Language } from '../../src/words/words.ts'
import { componentStates } from './components.tsx'
import { helpStates } from './help.tsx'
import { orderStates } from './order.tsx'
import { PUBLIC_URL, settings } from './samples.ts'
import { SIMULATOR, simulatorStates } from './simulator.tsx'
import { storefrontStates } from './storefront.tsx'

/**
 * Every state of every page, from the real page functions, without a shop behind them: for whoever
 * draws, and for the browser tests. A tool of a demonstration; no part of what is served.
 */
export const states = [
  ...componentStates,
  ...storefrontStates,
  ...orderStates,
  ...helpStates,
  ...simulatorStates,
]

export const gallery = new Hono<ShopEnv>()

/** The shop's own policy, but that the overview may frame its pages. */
const POLICY = `default-src 'none'; ${['style', 'img', 'connect', 'script', 'frame'].map((kind) => `${kind}-src 'self'`).join('; ')}; form-action 'self'; frame-ancestors 'self'`

gallery.use(async (c, next) => {
  await next()
  c.header('content-security-policy', POLICY)
})

gallery.get('/', (c) => c.html(<Overview language="fr" />))
gallery.get('/en', (c) => c.html(<Overview language="en" />))

/** `?jour` and `?nuit` hold the page to one scheme, whatever the browser prefers. */
gallery.get('/etat/:language{fr|en}/:name', async (c) => {
  const language = c.req.param('language') as Language
  const { name } = c.req.param()
  const state = states.find((one) => one.name === name)
  if (!state) return c.notFound()
  const isPrivate = orderStates.includes(state)
  const page = state.isWhole ? (
    state.page(language)
  ) : (
    <Layout
      title={state.name}
      language={language}
      settings={state.settings ?? settings}
      publicUrl={PUBLIC_URL}
      here={`/etat/${name}`}
      {...(isPrivate ? { isPrivate } : { path: `/etat/${name}`, description: name })}
      isDemonstration={state.isDemonstration ?? false}
      {...(state.scripts && { scripts: state.scripts })}
    >
      {state.page(language)}
    </Layout>
  )
  const scheme = ['jour', 'nuit'].find((one) => c.req.query(one) !== undefined)
  const html = String(await page)
  return c.html(`<!doctype html>${scheme ? html.replace('/assets/', `/${scheme}/assets/`) : html}`)
})

gallery.get('/:scheme{jour|nuit}/assets/:name', (c) => {
  const colour = /-([0-9a-f]{6})\.css$/.exec(c.req.param('name'))?.[1]
  if (!colour) return c.notFound()
  const holds = c.req.param('scheme') === 'nuit' ? 'all' : 'not all'
  const css = stylesheet(`#${colour}`).replace('(prefers-color-scheme:dark)', ` ${holds}`)
  return c.body(css, 200, { 'content-type': 'text/css; charset=utf-8' })
})

gallery.get('/livres/:slug/couverture', (c) => picture(c.req.param('slug')))
gallery.get('/livres/:slug/carte.svg', (c) =>
  c.body(qrCode(PUBLIC_URL + paths.book(c.req.param('slug'))), 200, {
    'content-type': 'image/svg+xml',
  }),
)
gallery.get(`${SIMULATOR}/style.css`, (c) =>
  c.body(simulatorStylesheet, 200, { 'content-type': 'text/css; charset=utf-8' }),
)
/** Here nobody is sent back. */
gallery.get(`${SIMULATOR}/return.js`, (c) =>
  c.body('', 200, { 'content-type': 'text/javascript; charset=utf-8' }),
)
gallery.get('/logo', () => picture('sept-pluies'))
gallery.get('/commande/:key/statut', (c) => c.json({ status: 'pending' }))
gallery.route('/', assets)

gallery.get('/bureau.css', (c) =>
  c.body(OVERVIEW, 200, { 'content-type': 'text/css; charset=utf-8' }),
)

/** The covers of the demonstration stand for those of the samples. */
function picture(slug: string): Response {
  if (!/^[a-z0-9-]+$/.test(slug)) return new Response('', { status: 404 })
  const file = new URL(`../../demonstration/books/${slug}/cover.svg`, import.meta.url)
  try {
    return new Response(readFileSync(file), { headers: { 'content-type': 'image/svg+xml' } })
  } catch {
    return new Response('', { status: 404 })
  }
}

function Overview({ language }: { language: Language }) {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <title>Kiosque · galerie</title>
        <meta name="viewport" content="width=device-width" />
        <link rel="stylesheet" href="/bureau.css" />
      </head>
      <body>
        <h1>Galerie</h1>
        <p>
          <a href="/">Français</a> <a href="/en">English</a>
        </p>
        {states.map(({ name }) => (
          <section>
            <h2>
              <a href={`/etat/${language}/${name}`}>{name}</a>
            </h2>
            {['jour', 'nuit'].map((scheme) => (
              <iframe
                title={`${name}, ${scheme}`}
                src={`/etat/${language}/${name}?${scheme}`}
                loading="lazy"
              />
            ))}
          </section>
        ))}
      </body>
    </html>
  )
}

const OVERVIEW =
  'body{font:1rem/1.5 sans-serif;margin:1rem;background:#8888}section{display:inline-block;margin:0 1rem 1rem 0}h2{font-size:1rem;margin:.5rem 0}iframe{width:360px;height:740px;border:0;margin-right:4px;background:#fff}'
