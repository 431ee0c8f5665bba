import { html } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import type { Settings } from '../settings.ts'
import { pathsIn } from '../urls.ts'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { iconPath, stylesheetPath } from './assets.ts'
import { drawnOnce } from './drawn-once.ts'
import { foundTags } from './found.ts'
import type { Found } from './found.ts'
import { LanguageLinks } from './language-links.tsx'
import { logoPath, shownSize } from './logo.ts'

/** What a page tells its frame; `c.render(page, frame)`. */
export type Frame = {
  title: string
  /** Private pages stay out of caches and search engines. */
  isPrivate?: boolean
  /** The database may be away: the frame asks it nothing. */
  isOutage?: boolean
  /** The page looks again by itself after this time, where scripts do not run. */
  refreshSeconds?: number
  /** Addresses of scripts that add comfort. */
  scripts?: string[]
} & Partial<Found>

declare module 'hono' {
  interface ContextRenderer {
    (content: string | Promise<string>, frame: Frame): Response | Promise<Response>
  }
}

type LayoutProps = PropsWithChildren<
  Frame & {
    language: Language
    settings: Pick<Settings, 'shop' | 'look'>
    publicUrl: string
    isDemonstration: boolean
  }
>

export function Layout({ children, language, settings, isDemonstration, ...frame }: LayoutProps) {
  const words = wordsIn(language)
  const paths = pathsIn(language)
  const shopName = settings.shop.name || words.shop
  const { colour, logo } = settings.look
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${frame.title} · ${shopName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {frame.isPrivate && <meta name="robots" content="noindex" />}
        {frame.refreshSeconds && (
          <noscript>
            <meta http-equiv="refresh" content={String(frame.refreshSeconds)} />
          </noscript>
        )}
        {frame.path !== undefined &&
          !frame.isPrivate &&
          foundTags({ ...frame, path: frame.path, language, shopName })}
        <meta name="theme-color" content={colour} />
        <link rel="stylesheet" href={stylesheetPath(colour)} />
        {html`<link rel="icon" href="${logo ? logoPath(logo) : iconPath(colour)}"/>`}
        {frame.scripts?.map((script) => (
          <script src={script} defer />
        ))}
      </head>
      <body>
        <a class="skip" href="#contenu">
          {words.skip}
        </a>
        {isDemonstration && <aside class="banner">{words.demonstration}</aside>}
        <header class="top">
          <div>
            <a class="name" href={paths.catalog}>
              {logo && <img class="logo" src={logoPath(logo)} alt="" {...shownSize(logo)} />}
              {shopName}
            </a>
            <nav aria-label={words.menu}>
              <a class="tap" href={paths.find}>
                {words.find}
              </a>
            </nav>
          </div>
        </header>
        {children}
        <footer class="bottom">
          <p>{words.footer}</p>
          <FurtherLinks language={language} />
          {frame.path !== undefined && <LanguageLinks path={frame.path} language={language} />}
        </footer>
      </body>
    </html>
  )
}

const FurtherLinks = drawnOnce(({ language }: { language: Language }) => {
  const words = wordsIn(language)
  const paths = pathsIn(language)
  return (
    <nav aria-label={words.legal.name}>
      <ul class="legal">
        <li>
          <a href={paths.help}>{words.help.title}</a>
        </li>
        {words.legal.links.map(([page, text]) => (
          <li>
            <a href={paths[page]}>{text}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
})
