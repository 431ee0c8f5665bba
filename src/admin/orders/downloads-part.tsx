import type { Download } from '../../data/books/downloads.ts'
import { countedCopies, percentOf } from '../../files/coverage.ts'
import type { Language } from '../../words/words.ts'
import { moment } from '../../words/moments.ts'
import { orderWords } from './words.ts'

type DownloadsProps = { downloads: Download[]; now: Date; language: Language }

/** What was sent of each file, in one line: enough to answer "I paid and got nothing". */
export function Downloads({ downloads, now, language }: DownloadsProps) {
  const { downloads: words } = orderWords(language)
  return (
    <>
      <h2>{words.title}</h2>
      {downloads.length === 0 && <p class="soft">{words.none}</p>}
      {downloads.map((download) => (
        <p>
          <span class="file-name">{download.name}</span>
          <br />
          {lineOf(download, now, language)}
        </p>
      ))}
    </>
  )
}

function lineOf(download: Download, now: Date, language: Language): string {
  const { downloads: words } = orderWords(language)
  const { completedAt, resumes } = download
  const copies = countedCopies(download, download.sizeBytes, now)
  return [
    words.sent(percentOf(download.blocks)),
    resumes > 0 && words.resumed(resumes),
    completedAt
      ? words.completed(moment(completedAt, language))
      : words.last(moment(download.lastAt, language)),
    copies > 1 && words.copies(copies),
  ]
    .filter(Boolean)
    .join(', ')
}
