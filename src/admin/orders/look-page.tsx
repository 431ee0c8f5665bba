import type { Child } from 'hono/jsx'
import type { Dispute } from '../../data/orders/disputes.ts'
import type { LookAtRow, OrderLookAtKind } from '../../data/orders/to-look-at.ts'
import type { LookAtCount } from '../../data/orders/to-look-at.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import type { DamagedFile } from '../../data/books/file-health.ts'
import { moment } from '../../words/moments.ts'
import { DisputeRow } from '../disputes/page.tsx'
import { disputeWords } from '../disputes/words.ts'
import { DeskMain } from '../parts.tsx'
import { OrderRows } from './list-page.tsx'
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
  const { title, text } = words.damaged
  const [claimTitle, claimText] = disputeWords(language).list
  const shown = KINDS.filter((kind) => counts[kind] > 0)
  return (
    <DeskMain title={words.look.title} back={{ to: paths.deskOrders, label: words.order.back }}>
      <p class="lead">
        {shown.length + disputes.length + damaged.length > 0 ? words.look.lead : words.look.nothing}
      </p>
      {disputes.length > 0 && (
        <Kind id="cases" title={claimTitle} text={claimText} count={counts.cases} isUrgent>
          <ul class="list orders">
            {disputes.map((dispute) => (
              <DisputeRow dispute={dispute} language={language} />
            ))}
          </ul>
        </Kind>
      )}
      {damaged.length > 0 && (
        <Kind id="abimes" title={title} text={text} count={damaged.length} isUrgent>
          <DamagedFiles files={damaged} language={language} />
        </Kind>
      )}
      {shown.map((kind) => {
        const [kindTitle, kindText] = words.look.kinds[kind]
        const orders = rows[kind].map(({ at, ...row }) => ({ ...row, createdAt: at }))
        return (
          <Kind id={kind} title={kindTitle} text={kindText} count={counts[kind]}>
            <OrderRows orders={orders} language={language} />
          </Kind>
        )
      })}
    </DeskMain>
  )
}

type KindProps = {
  id: string
  title: string | undefined
  text: string | undefined
  count: number
  isUrgent?: boolean
  children: Child
}

/** One kind of thing that waits for a person: how many, and what to do. */
const Kind = ({ id, title, text, count, isUrgent, children }: KindProps) => (
  <section class="look" id={id}>
    <h2>
      {title} <span class={`badge ${isUrgent ? 'bad' : 'soft'}`}>{count}</span>
    </h2>
    <p class="soft">{text}</p>
    {children}
  </section>
)

/** Files that are not sent because they no longer match what was sold. */
function DamagedFiles({ files, language }: { files: DamagedFile[]; language: Language }) {
  const { damaged: words } = orderWords(language)
  return (
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
  )
}
