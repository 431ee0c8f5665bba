import type { Config } from '../config/config.ts'
import { fixedPart, route } from '../lib/route.ts'
import type { Route } from '../lib/route.ts'
import { TABLE } from './table.ts'
import type { About, Entry } from './table.ts'
import { LANGUAGES } from '../words/languages.ts'
import type { Language } from '../words/languages.ts'

type Table = typeof TABLE
type Name = keyof Table
type Built = { [N in Name]: Route<Table[N]['pattern']> }

const entries: readonly [string, Entry<string>][] = Object.entries(TABLE)
const every = entries.map(([, entry]) => entry)

const build = (of: readonly [string, Entry<string>][], prefix: string) =>
  Object.fromEntries(
    of.map(([name, { pattern }]) => [
      name,
      route(pattern === '/' ? prefix || '/' : prefix + pattern),
    ]),
  ) as unknown as Built

/** Addresses that also carry a query. */
const withQueries = (built: Built) => ({
  ...built,
  /** Tells a buyer how to open what was bought this many minutes ago. */
  findBought: (minutes: number) => `${built.find}?achat=${minutes}`,
  bookWithCode: (slug: string, code: string) =>
    `${built.book(slug)}?code=${encodeURIComponent(code)}#code`,
  /** A cover's address changes with its `version`, so that it is cached for good. */
  cover: (slug: string, of: CoverAddress) => built.coverFile(slug) + coverQuery(of),
  ownCover: (slug: string, of: CoverAddress) => built.deskCover(slug) + coverQuery(of),
  returned: (transactionId: string) =>
    `${built.back}/?transaction_id=${encodeURIComponent(transactionId)}`,
  figures: (days: number) => `${built.deskFigures}?jours=${days}`,
  exportFile: <F extends ExportFile>(file: F) => `${built.exports}/${file}.csv` as const,
  exportsOf: ({ du, au }: { du: string; au: string }, withContacts: boolean) =>
    `${built.exports}?du=${du}&au=${au}${withContacts ? '&coordonnees=on' : ''}`,
  deskOrdersOf: (bookId: number) => `${built.deskOrders}?livre=${bookId}`,
})

/** The router takes `paths.book.pattern`; a page links to `paths.book('kindi')`. */
export const paths = withQueries(build(entries, ''))
type Paths = typeof paths

const spoken = entries.filter(([, { isSpoken }]) => isSpoken)
const inLanguages = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    language === 'fr' ? paths : withQueries({ ...paths, ...build(spoken, `/${language}`) }),
  ]),
) as Record<Language, Paths>

/** The addresses for pages in this language: public pages keep the language. */
export const pathsIn = (language: Language): Paths => inLanguages[language]

/** Tests whether a path lies under some address of this kind, by its first segment. */
function among(has: (about: About) => unknown) {
  const heads = new Set(every.filter(has).map(({ pattern }) => pattern.split('/')[1]!))
  const under = new RegExp(`^/(${[...heads].join('|')})(/|$)`)
  return (path: string) => under.test(path)
}

/** Pages of one person: one address each, in the language of their order or of their reader. */
export const isPrivate = among((about) => about.isPrivate)
export const hasScripts = among((about) => about.hasScripts)

/** What robots are asked to avoid: each address with everything below it. */
export function closedToRobots(): string[] {
  const closed = every
    .filter((about) => about.isPrivate || about.isClosed)
    .flatMap(({ pattern, isSpoken }) =>
      (isSpoken ? LANGUAGES : (['fr'] as const)).map((language) =>
        inLanguage(fixedPart(pattern), language),
      ),
    )
  return [...new Set(closed)].filter(
    (path) => !closed.some((other) => other !== path && path.startsWith(other)),
  )
}

/** The language of a path, and the path without it: `/en/livres/x` is `/livres/x`. */
export function readLanguage(address: string): { language: Language; path: string } {
  const prefix = address.slice(1, 3)
  const path = address.slice(3) || '/'
  return isPrefix(prefix) && path.startsWith('/') && !isPrivate(path)
    ? { language: prefix, path }
    : { language: 'fr', path: address }
}

const isPrefix = (text: string): text is Language =>
  text !== 'fr' && LANGUAGES.some((language) => language === text)

/** The same page in another language; `path` has no prefix. */
export const inLanguage = (path: string, language: Language): string =>
  language === 'fr' ? path : path === '/' ? `/${language}` : `/${language}${path}`

export type ExportFile = 'commandes' | 'paiements' | 'livres' | 'clients'

type CoverAddress = { version: string; width?: number | CoverKind | undefined }

/** Besides the widths: one for browsers without WebP, and one for link previews. */
type CoverKind = 'jpeg' | 'partage'

const coverQuery = ({ version, width }: CoverAddress) =>
  `?v=${version}${width ? `&l=${width}` : ''}`

/** A printed address starts with PUBLIC_URL, never with what the request says of itself. */
export const absolute = (config: Pick<Config, 'publicUrl'>, path: string) => config.publicUrl + path

/** Opens WhatsApp on a conversation with this number, with the message prepared. */
export const whatsappAddress = (phoneE164: string, message: string) =>
  `https://wa.me/${phoneE164.slice(1)}?text=${encodeURIComponent(message)}`

/** The origins that a form leading to WhatsApp is redirected through. */
export const WHATSAPP_ORIGINS = ['https://wa.me', 'https://api.whatsapp.com'] as const

/** Opens WhatsApp with the message prepared, for a contact to be chosen. */
export const whatsappShare = (message: string) =>
  `https://wa.me/?text=${encodeURIComponent(message)}`

/** Opens Facebook's form for sharing the page; the text is the person's own. */
export const facebookShare = (address: string) =>
  `https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(address)}`

export type BookDeed = Parameters<typeof paths.bookDeed>[1]
