import type { PhoneWay } from '../data/signs-of-life.ts'
import type { Language } from '../words/words.ts'
import { doctorWords } from './words/words.ts'

/** What the phone shows that scanned the code; undefined: the code is over. */
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
