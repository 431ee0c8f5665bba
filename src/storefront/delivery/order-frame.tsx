import type { Child } from 'hono/jsx'
import type { Double } from '../../data/orders/doubles.ts'
import { wasPaid } from '../../data/orders/orders.ts'
import type { Order } from '../../data/orders/orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import type { Settings } from '../../config/settings.ts'
import { paths, pathsIn, whatsappAddress } from '../../links/addresses.ts'
import { TapLine, TapLink } from '../../views/links.tsx'
import { date } from '../../words/moments.ts'
import { money, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { ContactLink } from './contact-link.tsx'
import { QuietButton } from './quiet.tsx'
import { shownAs } from './states.ts'
import type { OrderState } from './states.ts'

/** What the order page needs in every state. */
export type OrderPageProps = {
  order: Order
  state: OrderState
  orderKey: string
  language: Language
  settings: Pick<Settings, 'shop' | 'texts'>
  /** The buyer reported a debit, and nobody has closed the case yet. */
  hasCase: boolean
  /** When a debit was reported that the seller has since dealt with. */
  toldAndClosed?: Date | undefined
  /** Whether the shop accepts the order's kind of money; yes by default. */
  isPayable?: boolean
  /** Payments received besides the order's own. */
  doubles?: readonly Double[]
  /** After how long the page checks again by itself; undefined when there is nothing to wait for. */
  lookInSeconds?: number | undefined
  /** When the provider answered, if it just did. */
  seenAt?: Date | undefined
}

export function OrderFrame(props: OrderPageProps & { title: string; children: Child }) {
  const { order, state, settings, language, title, children, seenAt } = props
  const words = wordsIn(language)
  const code = spellCode(order.code)
  return (
    <main id="contenu" data-status={order.status} {...looking(props)}>
      <div class="state">
        <h1>{title}</h1>
        {props.hasCase && <CaseNote {...props} />}
        {props.toldAndClosed && <ClosedCaseNote {...props} at={props.toldAndClosed} />}
        <DoubleNotes {...props} />
        {children}
        {props.lookInSeconds !== undefined && (
          <>
            <p id="suivi" role="status" />
            <p class="small soft" id="vu">
              {seenAt &&
                isWaitedFor(props) &&
                words.order.pending.seen.replace('{heure}', hour(seenAt))}
            </p>
          </>
        )}
        <div class="slip">
          <p>
            {words.order.title('')}
            <span class="code">{code}</span>
          </p>
          <p>
            {order.bookTitle} ·{' '}
            {order.amount === 0 ? words.book.free : money(order.amount, order.currency, language)}
          </p>
        </div>
        <p class="soft small">{words.order.support(code)}</p>
        {shownAs(state).primary !== 'write' && (
          <ContactLink code={order.code} shop={settings.shop} language={language} />
        )}
        <p class="links">
          <TapLink to={pathsIn(language).find} label={words.find} />
          <TapLink to={pathsIn(language).book(order.bookSlug)} label={words.order.back} />
        </p>
        <QuietButton orderKey={props.orderKey} language={language} />
      </div>
    </main>
  )
}

const isWaitedFor = ({ order, state }: OrderPageProps) =>
  order.status === 'pending' && shownAs(state).primary === 'look'

/** For pages without script; the script gives the phone's own time. */
const hour = (at: Date) => `${at.toISOString().slice(11, 16)} GMT`

/** Read by `browser/waiting.ts`. */
function looking({ order, orderKey, lookInSeconds, language }: OrderPageProps) {
  if (lookInSeconds === undefined) return {}
  const { changed, seen, unseen } = wordsIn(language).order.pending
  return {
    'data-look': paths.orderState(orderKey),
    'data-gap': String(lookInSeconds),
    'data-state': `${order.status} ${waitingOf(order)}`,
    'data-changed': changed,
    'data-seen': seen,
    'data-unseen': unseen,
  }
}

/** What an unpaid order is waiting for, if that is informative. */
export const waitingOf = ({ status, waiting }: Order) =>
  status === 'pending' ? (waiting ?? '') : ''

/** What the buyer is owed, in one sum, and what was given back. */
function DoubleNotes({ order, doubles = [], language }: OrderPageProps) {
  const words = wordsIn(language).order.double
  const owed = doubles.filter(({ refundedAt }) => refundedAt === null)
  const spelt = (amount: number) => money(amount, order.currency, language)
  const sum = spelt(owed.reduce((sum, { amount }) => sum + amount, 0))
  return (
    <>
      {owed.length > 0 && (
        <p class="note">
          {owed.some((one) => one.isPerhaps) ? words.perhaps(sum) : words.owed(sum)}
        </p>
      )}
      {doubles.map(
        ({ amount, refundedAt }) =>
          refundedAt && <p class="note">{words.back(spelt(amount), date(refundedAt, language))}</p>,
      )}
    </>
  )
}

/** « J'ai été débité » was reported: what happens now. */
function CaseNote({ order, settings, language }: OrderPageProps) {
  const words = wordsIn(language).order.case
  const code = spellCode(order.code)
  const { whatsapp } = settings.shop
  const isTwice = wasPaid(order)
  const text = isTwice ? words.twice : order.status === 'review' ? words.review : words.text
  return (
    <div class="note">
      <p>
        <strong>{words.title}</strong> {text(code)}
      </p>
      {whatsapp && (
        <TapLine
          to={whatsappAddress(whatsapp, isTwice ? words.messageTwice(code) : words.message(code))}
          label={words.whatsapp}
        />
      )}
    </div>
  )
}

/** A dispute was closed: the buyer must not find the page as if nothing had happened. */
function ClosedCaseNote({ order, language, at }: OrderPageProps & { at: Date }) {
  const words = wordsIn(language).order.case
  return <p class="note">{words.closed(date(at, language), spellCode(order.code))}</p>
}
