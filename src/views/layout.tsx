import type { PropsWithChildren } from 'hono/jsx'
import { pathsIn } from '../urls.ts'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { stylesheetPath } from './assets.ts'
import { FoundTags } from './found.tsx'
import type { Found } from './found.tsx'
import { LanguageLinks } from './language-links.tsx'

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
  Frame & { language: Language; shopName: string; publicUrl: string; isDemonstration: boolean }
>

export function Layout({ children, language, isDemonstration, ...frame }: LayoutProps) {
  const words = wordsIn(language)
  const paths = pathsIn(language)
  const shopName = frame.shopName || words.shop
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
        {frame.path !== undefined && !frame.isPrivate && (
          <FoundTags {...frame} path={frame.path} language={language} shopName={shopName} />
        )}
        <link rel="stylesheet" href={stylesheetPath} />
        <link rel="icon" href="/favicon.ico" type="image/svg+xml" />
        {frame.scripts?.map((script) => (
          <script src={script} defer />
        ))}
      </head>
      <body>
        <a class="skip" href="#contenu">
          {words.skip}
        </a>
        {isDemonstration && (
          <p class="banner" role="note">
            {words.demonstration}
          </p>
        )}
        <header class="top">
          <div>
            <a class="name" href={paths.catalog}>
              {shopName}
            </a>
          </div>
        </header>
        {children}
        <footer class="bottom">
          <p>{words.footer}</p>
          <nav aria-label={words.legal.name}>
            <ul class="legal">
              <li>
                <a href={paths.help}>{words.help.title}</a>
              </li>
              <li>
                <a href={paths.find}>{words.find}</a>
              </li>
              {words.legal.links.map(([page, text]) => (
                <li>
                  <a href={paths[page]}>{text}</a>
                </li>
              ))}
            </ul>
          </nav>
          {frame.path !== undefined && <LanguageLinks path={frame.path} language={language} />}
        </footer>
      </body>
    </html>
  )
}
