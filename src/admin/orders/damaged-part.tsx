import type { DamagedFile } from '../../data/books/file-health.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { moment } from '../../words/moments.ts'
import { orderWords } from './words.ts'

/** Files that are not sent because they are no longer what was sold, and what to do about it. */
export function DamagedFiles({ files, language }: { files: DamagedFile[]; language: Language }) {
  const { damaged: words } = orderWords(language)
  if (files.length === 0) return null
  return (
    <section class="look" id="abimes">
      <h2>
        {words.title} <span class="badge bad">{files.length}</span>
      </h2>
      <p class="soft">{words.text}</p>
      <ul class="list">
        {files.map((file) => (
          <li>
            <p>
              <a class="target" href={`${paths.deskBook(file.bookSlug)}#fichiers`}>
                {file.bookTitle}
              </a>
              <br />
              <span class="file-name">{file.name}</span>, {words.version(file.version)}
              <br />
              <span class="soft">
                {words.since(moment(file.damagedAt, language))}
                {file.awaitedBy > 0 && ` ${words.awaited(file.awaitedBy)}`}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
