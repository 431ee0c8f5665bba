import type { Child } from 'hono/jsx'
import type { Order } from '../../data/orders/orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import type { Settings } from '../../config/settings.ts'
import { paths, pathsIn, whatsappAddress } from '../../links/addresses.ts'
import { TapLine, TapLink } from '../../views/links.tsx'
import { money, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { ContactLink } from './contact-link.tsx'
import { shownAs } from './states.ts'
import type { OrderState } from './states.ts'

/** What the order page is given in every state. */
export type OrderPageProps = {
  order: Order
  state: OrderState
  orderKey: string
  language: Language
  settings: Pick<Settings, 'shop' | 'texts'>
  /** The buyer reported a debit, and nobody has closed the case yet. */
  hasCase: boolean
  /** Whether the money that is taken here is that of the order; in no doubt where it is not said. */
  isPayable?: boolean
  /** After how long the page looks again by itself; undefined where nothing is waited for. */
  lookInSeconds?: number | undefined
}

export function OrderFrame(props: OrderPageProps & { title: string; children: Child }) {
  const { order, state, settings, language, title, children } = props
  const words = wordsIn(language)
  const code = spellCode(order.code)
  return (
    <main id="contenu" data-status={order.status} {...looking(props)}>
      <div class="state">
        <h1>{title}</h1>
        {props.hasCase && <CaseNote {...props} />}
        {children}
        {props.lookInSeconds !== undefined && (
          <>
            <p id="suivi" role="status" />
            <p class="small soft" id="vu" />
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
      </div>
    </main>
  )
}

/** What `browser/waiting.ts` reads. */
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

/** What is waited for, as far as it says something: of an order that waits. */
export const waitingOf = ({ status, waiting }: Order) =>
  status === 'pending' ? (waiting ?? '') : ''

/** « J'ai été débité » was said: what happens now. */
function CaseNote({ order, settings, language }: OrderPageProps) {
  const words = wordsIn(language).order.case
  const code = spellCode(order.code)
  const { whatsapp } = settings.shop
  const isPaid = order.status === 'paid'
  return (
    <div class="note">
      <p>
        <strong>{words.title}</strong> {isPaid ? words.twice(code) : words.text(code)}
      </p>
      {whatsapp && (
        <TapLine
          to={whatsappAddress(whatsapp, isPaid ? words.messageTwice(code) : words.message(code))}
          label={words.whatsapp}
        />
      )}
    </div>
  )
}
