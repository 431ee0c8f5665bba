import type { DamagedFile } from '../../data/file-health.ts'
import type { LookAtKind, LookAtRow } from '../../data/to-look-at.ts'
import type { LookAtCount } from '../../data/to-look-at.ts'
import { paths } from '../../urls.ts'
import type { Language } from '../../words/words.ts'
import { DamagedFiles } from './damaged-part.tsx'
import { OrderRow } from './list-page.tsx'
import { orderWords } from './words.ts'

const KINDS: LookAtKind[] = ['reviews', 'doubles', 'givenBack', 'waiting']

type LookPageProps = {
  counts: LookAtCount
  rows: Record<LookAtKind, LookAtRow[]>
  damaged: DamagedFile[]
  language: Language
}

export function LookPage({ counts, rows, damaged, language }: LookPageProps) {
  const words = orderWords(language)
  const shown = KINDS.filter((kind) => counts[kind] > 0)
  return (
    <main id="contenu">
      <p>
        <a href={paths.deskOrders}>← {words.order.back}</a>
      </p>
      <h1>{words.look.title}</h1>
      {shown.length > 0 && <p class="lead">{words.look.lead}</p>}
      {shown.length === 0 && damaged.length === 0 && <p class="lead">{words.look.nothing}</p>}
      <DamagedFiles files={damaged} language={language} />
      {shown.map((kind) => (
        <section class="look" id={kind}>
          <h2>
            {words.look.kinds[kind][0]} <span class="badge soft">{counts[kind]}</span>
          </h2>
          <p class="soft">{words.look.kinds[kind][1]}</p>
          <ul class="list orders">
            {rows[kind].map(({ at, ...row }) => (
              <OrderRow order={{ ...row, createdAt: at }} language={language} />
            ))}
          </ul>
        </section>
      ))}
    </main>
  )
}
