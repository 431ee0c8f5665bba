import type { Child } from 'hono/jsx'
import type { DeskOrder, DeskPayment } from '../../data/orders/desk-order.ts'
import { spellCode } from '../../lib/crockford.ts'
import { paths } from '../../links/addresses.ts'
import { tie } from '../../views/form.tsx'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { DisputePart } from '../disputes/part.tsx'
import type { DisputePartProps } from '../disputes/part.tsx'
import { disputeWords } from '../disputes/words.ts'
import type { Shown } from '../deeds/deed.ts'
import { DrawnFields } from '../deeds/fields.tsx'
import { noteField } from './fields.tsx'
import type { Messages } from './messages.ts'
import type { PossibleDeeds } from './possible.ts'
import { DoneNote, StatusBadge } from './parts.tsx'
import type { TimelineDay } from './timeline.ts'
import { clock, moment } from '../../words/moments.ts'
import type { OrderDeed } from './subject.tsx'
import { orderWords } from './words.ts'

type OrderPageProps = {
  order: DeskOrder
  payments: DeskPayment[]
  days: TimelineDay[]
  possible: PossibleDeeds
  /** The absolute address of the buyer's page. */
  link: string
  messages: Messages
  /** What its buyer said about a debit, newest first. */
  disputes: DisputePartProps[]
  done?: string | undefined
  /** A note that was not taken. */
  note?: Pick<Shown<never>, 'typed' | 'errors'> | undefined
  language: Language
  /** What was sent of its files. */
  downloads: Child
  /** The list of payments. */
  children: Child
}

export function OrderPage(props: OrderPageProps) {
  const { order, language } = props
  const words = orderWords(language)
  return (
    <main id="contenu" data-state={order.status}>
      <p>
        <a href={paths.deskOrders}>← {words.order.back}</a>
      </p>
      <DoneNote done={props.done} language={language} />
      <h1>
        {words.order.title('')}
        <span class="code">{spellCode(order.code)}</span>
      </h1>
      <p>
        <StatusBadge status={order.status} language={language} /> {words.explained[order.status]}
      </p>
      {order.simulated && <p class="soft">{words.order.trial}</p>}
      {props.disputes.map((dispute) => (
        <section class="card case">
          <h2>{disputeWords(language).part}</h2>
          <DisputePart {...dispute} />
        </section>
      ))}
      <div class="order-columns">
        <div>
          <section class="card">
            <Facts {...props} />
          </section>
          <section class="card">{props.downloads}</section>
          {!order.isErased && props.possible.reach && (
            <section class="card">
              <Deliver {...props} />
            </section>
          )}
          <section class="card">
            <h2>{words.order.act}</h2>
            <Deeds {...props} />
          </section>
        </div>
        <div>
          <section class="card">
            <h2>{words.order.timeline}</h2>
            <Timeline days={props.days} language={language} />
            <NoteForm {...props} />
          </section>
          <section class="card">
            <h2>{words.order.payments}</h2>
            {props.children}
          </section>
        </div>
      </div>
    </main>
  )
}

function Facts({ order, payments, language }: OrderPageProps) {
  const { order: words } = orderWords(language)
  const price = (amount: number) => money(amount, order.currency, language)
  const discount = order.listAmount - order.amount
  const received = payments.filter(({ status }) => status === 'accepted')
  const sum = received.reduce((sum, { amount }) => sum + amount, 0)
  const refunded = payments.reduce((sum, { refundAmount }) => sum + (refundAmount ?? 0), 0)
  return (
    <>
      <h2>{words.buyer}</h2>
      {order.isErased ? (
        <p class="soft">{words.erased}</p>
      ) : (
        <BuyerFacts order={order} language={language} />
      )}
      <h2>{words.book}</h2>
      <p>
        <strong>{order.bookTitle}</strong>
      </p>
      <dl>
        {discount !== 0 && (
          <>
            <dt>{words.listAmount}</dt>
            <dd>{price(order.listAmount)}</dd>
          </>
        )}
        {discount > 0 && (
          <>
            <dt>{words.discount}</dt>
            <dd>
              − {price(discount)}
              {order.promotionCode && ` (${order.promotionCode})`}
            </dd>
          </>
        )}
        <dt>{words.asked}</dt>
        <dd>{price(order.amount)}</dd>
        <dt>{words.paid}</dt>
        <dd>{received.length === 0 ? <span class="soft">{words.notPaid}</span> : price(sum)}</dd>
        {refunded > 0 && (
          <>
            <dt>{words.refunded}</dt>
            <dd>{price(refunded)}</dd>
          </>
        )}
        <dt>{words.made}</dt>
        <dd>{moment(order.createdAt, language)}</dd>
      </dl>
    </>
  )
}

function BuyerFacts({ order, language }: { order: DeskOrder; language: Language }) {
  const { order: words } = orderWords(language)
  return (
    <dl>
      <dt>{words.name}</dt>
      <dd>{order.buyerName}</dd>
      <dt>{words.phone}</dt>
      <dd>
        <a class="target" href={`tel:${order.phoneE164}`}>
          {order.phoneE164}
        </a>
        {order.phoneTyped !== order.phoneE164 && (
          <div class="soft small">{words.typed(order.phoneTyped)}</div>
        )}
      </dd>
      <dt>{words.email}</dt>
      <dd>{order.email ?? <span class="soft">{words.noEmail}</span>}</dd>
    </dl>
  )
}

function Deliver({ order, link, messages, possible, language }: OrderPageProps) {
  const { order: words } = orderWords(language)
  const field = { name: 'lien', hint: words.linkHint }
  return (
    <>
      <h2>{words.reach}</h2>
      <div class="field copy">
        <label for="lien">{words.link}</label>
        <p class="hint" id="lien-hint">
          {words.linkHint}
        </p>
        <input
          {...tie(field)}
          readonly
          value={link}
          data-copy={words.copy}
          data-copied={words.copied}
        />
      </div>
      <div class="even">
        <a class="button small-button" href={messages.whatsapp} target="_blank" rel="noopener">
          {words.whatsapp}
        </a>
        {messages.mail && (
          <a class="button quiet small-button" href={messages.mail}>
            {words.mail}
          </a>
        )}
      </div>
      {possible.resend && (
        <form method="post" action={paths.deskDeed(order.code, 'renvoyer')}>
          <button class="quiet small-button">{words.resend}</button>
        </form>
      )}
      <form class="sent" method="post" action={paths.deskDeed(order.code, 'envoye')}>
        <span class="soft">{words.sent} :</span>
        <button class="link" name="channel" value="whatsapp">
          WhatsApp
        </button>
        {messages.mail && (
          <button class="link" name="channel" value="email">
            {words.email}
          </button>
        )}
      </form>
    </>
  )
}

function Deeds({ order, possible, language }: OrderPageProps) {
  const { deeds: words } = orderWords(language)
  const to = (deed: OrderDeed) => paths.deskDeed(order.code, deed)
  return (
    <div class="even">
      {possible.recheck && (
        <form method="post" action={to('verifier')}>
          <button class="small-button">{words.recheck}</button>
        </form>
      )}
      {possible.pay && (
        <a class="button quiet small-button" href={to('payee')}>
          {words.pay}
        </a>
      )}
      {!order.isErased && (
        <a class="button quiet small-button" href={to('contact')}>
          {words.contact}
        </a>
      )}
      <a class="button quiet small-button" href={to('lien')}>
        {words.link}
      </a>
      {possible.restore && (
        <a class="button quiet small-button" href={to('rouvrir')}>
          {words.restore}
        </a>
      )}
      {possible.revoke && (
        <a class="button small-button danger" href={to('fermer')}>
          {words.revoke}
        </a>
      )}
      {possible.refund && (
        <a class="button small-button danger" href={to('rembourser')}>
          {words.refund}
        </a>
      )}
    </div>
  )
}

function Timeline({ days, language }: { days: TimelineDay[]; language: Language }) {
  const { timeline: words } = orderWords(language)
  return (
    <>
      {days.map(({ day, lines }) => (
        <section>
          <h3>{day}</h3>
          <ol class="timeline">
            {lines.map(({ at, text, who, said }) => (
              <li>
                <time datetime={at.toISOString()}>{clock(at, language)}</time>
                <div>
                  {text}
                  {who && <span class="soft"> · {words.by(who)}</span>}
                  {said && <blockquote>{said}</blockquote>}
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

function NoteForm({ order, note, language }: OrderPageProps) {
  const words = orderWords(language)
  const shown = note ?? { typed: {}, errors: {} }
  return (
    <form method="post" action={paths.deskDeed(order.code, 'note')} novalidate>
      <DrawnFields fields={{ note: noteField(words) }} {...shown} />
      <button class="small-button quiet">{words.order.addNote}</button>
    </form>
  )
}
