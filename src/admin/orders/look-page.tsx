import type { Dispute } from '../../data/orders/disputes.ts'
import type { LookAtRow, OrderLookAtKind } from '../../data/orders/to-look-at.ts'
import type { LookAtCount } from '../../data/orders/to-look-at.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import type { DamagedFile } from '../../data/books/file-health.ts'
import { DisputeRow } from '../disputes/page.tsx'
import { disputeWords } from '../disputes/words.ts'
import { DamagedFiles } from './damaged-part.tsx'
import { OrderRow } from './list-page.tsx'
import { orderWords } from './words.ts'

const KINDS: OrderLookAtKind[] = ['reviews', 'doubles', 'givenBack', 'mails', 'waiting']

type LookPageProps = {
  counts: LookAtCount
  rows: Record<OrderLookAtKind, LookAtRow[]>
  /** The open ones. */
  disputes: Dispute[]
  damaged: DamagedFile[]
  language: Language
}

export function LookPage({ counts, rows, disputes, damaged, language }: LookPageProps) {
  const words = orderWords(language)
  const shown = KINDS.filter((kind) => counts[kind] > 0)
  return (
    <main id="contenu">
      <p>
        <a href={paths.deskOrders}>← {words.order.back}</a>
      </p>
      <h1>{words.look.title}</h1>
      <p class="lead">
        {shown.length + disputes.length + damaged.length > 0 ? words.look.lead : words.look.nothing}
      </p>
      {disputes.length > 0 && (
        <section class="look" id="cases">
          <h2>
            {disputeWords(language).list[0]} <span class="badge bad">{counts.cases}</span>
          </h2>
          <p class="soft">{disputeWords(language).list[1]}</p>
          <ul class="list orders">
            {disputes.map((dispute) => (
              <DisputeRow dispute={dispute} language={language} />
            ))}
          </ul>
        </section>
      )}
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
