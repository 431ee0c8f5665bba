import type { Language } from '../../words/words.ts'
import { deliveryWordsIn } from './words.ts'

type BusyPageProps = { fileName: string; address: string; seconds: number; language: Language }

/** So many downloads are under way that one more would fill the host's disk. */
export function BusyPage({ fileName, address, seconds, language }: BusyPageProps) {
  const { busy } = deliveryWordsIn(language)
  return (
    <main id="contenu" data-status="pending">
      <div class="state">
        <h1>{busy.title}</h1>
        <p class="file-name">{fileName}</p>
        <p>{busy.text(seconds)}</p>
        <p>
          <a class="button" href={address}>
            {busy.go}
          </a>
        </p>
      </div>
    </main>
  )
}
