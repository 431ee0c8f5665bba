import { inLanguage, isPrivate } from '../links/addresses.ts'
import { LANGUAGES, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

type LanguageLinksProps = { path: string; query?: Query | undefined; language: Language }
/** What an address says behind its question mark; where there is no value, nothing. */
export type Query = Readonly<Record<string, string | undefined>>

/** The same page in the other languages, each in its own words; see `http/language.ts`. */
export function LanguageLinks({ path, query = {}, language }: LanguageLinksProps) {
  const address = (other: Language) =>
    isPrivate(path)
      ? withQuery('', { ...query, langue: other })
      : withQuery(inLanguage(path, other), query)
  return (
    <ul class="languages">
      {LANGUAGES.filter((other) => other !== language).map((other) => (
        <li>
          <a href={address(other)} hreflang={other} lang={other}>
            {wordsIn(other).languageName}
          </a>
        </li>
      ))}
    </ul>
  )
}

function withQuery(path: string, query: Query): string {
  const said = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) said.set(name, value)
  return said.size > 0 ? `${path}?${said}` : path
}
