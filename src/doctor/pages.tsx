import type { PhoneWay } from '../data/signs-of-life.ts'
import type { Language } from '../words/words.ts'
import { doctorWords } from './words/words.ts'

/** What a phone that scanned the code shows; `way` is undefined when the code has expired. */
export function PhonePage({ way, language }: { way: PhoneWay | undefined; language: Language }) {
  const words = doctorWords(language).phone
  const says = way ? (way === 'other' ? words.arrived : words.arrivedSame) : words.over
  return (
    <main id="contenu">
      <h1>{words.title}</h1>
      <p class="lead">{says}</p>
    </main>
  )
}
