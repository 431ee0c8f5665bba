import type { Language } from '../../words/words.ts'
import { deliveryWordsIn } from './words.ts'
import { StatePage } from '../../views/state-page.tsx'
import { ButtonLink } from '../../views/links.tsx'

type BusyPageProps = { fileName: string; address: string; seconds: number; language: Language }

/** So many downloads are under way that another would fill the host's disk. */
export function BusyPage({ fileName, address, seconds, language }: BusyPageProps) {
  const { busy } = deliveryWordsIn(language)
  return (
    <StatePage title={busy.title} status="pending">
      <p class="file-name">{fileName}</p>
      <p>{busy.text(seconds)}</p>
      <p>
        <ButtonLink to={address} label={busy.go} />
      </p>
    </StatePage>
  )
}
