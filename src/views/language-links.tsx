import { inLanguage, isPrivate } from '../links/addresses.ts'
import { LANGUAGES, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** The same page in the other languages, each in its own words; see `http/language.ts`. */
export function LanguageLinks({ path, language }: { path: string; language: Language }) {
  const address = (other: Language) =>
    isPrivate(path) ? `?langue=${other}` : inLanguage(path, other)
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
