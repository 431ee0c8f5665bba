import type { PropsWithChildren } from 'hono/jsx'
import type { Settings } from '../config/settings.ts'
import { pathsIn } from '../links/addresses.ts'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import type { Found } from './found.ts'
import { head } from './head.ts'
import { LanguageLinks } from './language-links.tsx'
import type { Query } from './language-links.tsx'
import { logoPath, shownSize } from './logo.ts'
import { TapLink } from './links.tsx'

/** What a page tells its frame: `c.render(page, frame)`. */
export type Frame = {
  title: string
  /** Search engines are asked to ignore it: by default, every page without a `path`. */
  isPrivate?: boolean
  /** The database may be down: the frame makes no query. */
  isOutage?: boolean
  /** Reload after this time, where scripts do not run. */
  refreshSeconds?: number
  /** What of its address' query the page was made of: its other language is made of the same. */
  query?: Query
  /** The addresses of scripts that add comfort. */
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
    /** The requested path. */
    here: string
    isDemonstration: boolean
  }
>

export function Layout(props: LayoutProps) {
  const { children, language, settings, isDemonstration, here, ...frame } = props
  const words = wordsIn(language)
  const shopName = settings.shop.name || words.shop
  return (
    <html lang={language}>
      {head({ ...frame, language, look: settings.look, shopName })}
      <body>
        <a class="skip" href="#contenu">
          {words.skip}
        </a>
        {isDemonstration && <aside class="banner">{words.demonstration}</aside>}
        <Top language={language} shopName={shopName} logo={settings.look.logo} />
        {children}
        <footer class="bottom">
          <p>{words.footer}</p>
          <FurtherLinks language={language} />
          <LanguageLinks path={frame.path ?? here} query={frame.query} language={language} />
        </footer>
      </body>
    </html>
  )
}

type TopProps = { language: Language; shopName: string; logo: Settings['look']['logo'] }

function Top({ language, shopName, logo }: TopProps) {
  const words = wordsIn(language)
  const paths = pathsIn(language)
  return (
    <header class="top">
      <div>
        <a class="name" href={paths.catalog}>
          {logo && <img class="logo" src={logoPath(logo)} alt="" {...shownSize(logo)} />}
          {shopName}
        </a>
        <nav aria-label={words.menu}>
          <TapLink to={paths.find} label={words.find} />
        </nav>
      </div>
    </header>
  )
}

function FurtherLinks({ language }: { language: Language }) {
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
}
