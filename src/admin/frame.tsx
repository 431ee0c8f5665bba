import type { PropsWithChildren } from 'hono/jsx'
import type { Person } from '../data/people/sessions.ts'
import { paths } from '../links/addresses.ts'
import { OWN_COLOUR } from '../config/settings.ts'
import { iconPath, stylesheetPath } from '../views/assets.ts'
import { LanguageLinks } from '../views/language-links.tsx'
import type { Frame } from '../views/layout.tsx'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { PostButton } from './parts.tsx'
import { deskStylesheetPath } from './assets.ts'
import { deskWords } from './words.ts'

type DeskFrameProps = PropsWithChildren<
  Frame & {
    language: Language
    isDemonstration: boolean
    /** Undefined at the door. */
    person?: Person | undefined
    path: string
  }
>

/** The desk's frame: every page of it, signed in or at the door. `scripts` only add comfort. */
export function DeskFrame({ children, language, person, path, ...frame }: DeskFrameProps) {
  const words = deskWords(language)
  const rooms = [
    { name: words.nav.home, path: paths.desk },
    { name: words.nav.orders, path: paths.deskOrders },
    { name: words.nav.books, path: paths.deskBooks },
    { name: words.nav.promotions, path: paths.promotions },
    { name: words.nav.figures, path: paths.deskFigures },
    ...(person?.role === 'owner' ? [{ name: words.nav.settings, path: paths.settings }] : []),
  ]
  const isIn = (room: string) => path === room || path.startsWith(`${room}/`)
  const isHere = (room: string) => {
    if (room === paths.desk) return path === room
    return isIn(room) || (room === paths.settings && isIn(paths.team))
  }
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${frame.title} · ${words.desk}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {frame.refreshSeconds !== undefined && (
          <meta http-equiv="refresh" content={String(frame.refreshSeconds)} />
        )}
        <link rel="stylesheet" href={stylesheetPath(OWN_COLOUR)} />
        <link rel="stylesheet" href={deskStylesheetPath} />
        <link rel="icon" href={iconPath(OWN_COLOUR)} />
        {frame.scripts?.map((script) => (
          <script src={script} type="module" />
        ))}
      </head>
      <body class="desk">
        <a class="skip" href="#contenu">
          {words.skip}
        </a>
        {frame.isDemonstration && <aside class="banner">{wordsIn(language).demonstration}</aside>}
        <header class="top">
          <div>
            {!person && (
              <a class="name" href={paths.desk}>
                {words.desk}
              </a>
            )}
            {person && (
              <nav aria-label={words.desk}>
                <ul class="rooms">
                  {rooms.map((room) => (
                    <li>
                      <a href={room.path} aria-current={isHere(room.path) ? 'page' : undefined}>
                        {room.name}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
            <a class="to-shop" href={paths.catalog}>
              {words.shop}
            </a>
          </div>
        </header>
        {children}
        <footer class="bottom">
          <div class="who">
            {person && (
              <>
                <span>{person.name}</span>
                <a href={paths.access}>{words.account}</a>
                <PostButton link to={paths.signOut} label={words.signOut} />
              </>
            )}
            <LanguageLinks path={path} query={frame.query} language={language} />
          </div>
        </footer>
      </body>
    </html>
  )
}
