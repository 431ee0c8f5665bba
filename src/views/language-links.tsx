import { inLanguage } from '../links/addresses.ts'
import { LANGUAGES, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** The same page in the other languages, each in its own words. */
export function LanguageLinks({ path, language }: { path: string; language: Language }) {
  return (
    <ul class="languages">
      {LANGUAGES.filter((other) => other !== language).map((other) => (
        <li>
          <a href={inLanguage(path, other)} hreflang={other} lang={other}>
            {wordsIn(other).languageName}
          </a>
        </li>
      ))}
    </ul>
  )
}
