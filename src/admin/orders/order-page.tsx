import { spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import type { Child } from 'hono/jsx'
import type { DeskOrder, DeskPayment } from '../../data/orders/desk-order.ts'
import { spellCode } from '../../lib/crockford.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { customerWords } from '../customers/words.ts'
import { DisputePart } from '../disputes/part.tsx'
import type { DisputePartProps } from '../disputes/part.tsx'
import { disputeWords } from '../disputes/words.ts'
import type { Shown } from '../deeds/deed.ts'
import { DrawnFields, Refused } from '../deeds/fields.tsx'
import { noteField } from './fields.tsx'
import type { Messages } from './messages.ts'
import { isDouble } from './possible.ts'
import type { PossibleDeeds } from './possible.ts'
import { StatusBadge } from './parts.tsx'
import type { TimelineDay } from './timeline.ts'
import { clock, moment } from '../../words/moments.ts'
import { ButtonLink } from '../../views/links.tsx'
import { BackLink, CopyField, Facts, Note, PostButton, Section } from '../parts.tsx'
import type { OrderDeed } from './subject.tsx'
import { orderWords } from './words.ts'

type OrderPageProps = {
  order: DeskOrder
  payments: DeskPayment[]
  days: TimelineDay[]
  possible: PossibleDeeds
  /** The absolute address of the buyer's page. */
  link: string
  /** The buyer asked for no reminders and no announcements. */
  isQuiet: boolean
  messages: Messages
  /** The buyer's disputes about debits, newest first. */
  disputes: DisputePartProps[]
  /** A sentence that confirms what was just done. */
  done?: string | undefined
  /** A note that was refused. */
  note?: Pick<Shown<never>, 'typed' | 'errors'> | undefined
  language: Language
  /** The downloads of its files. */
  downloads: Child
  /** The list of payments. */
  children: Child
}

export function OrderPage(props: OrderPageProps) {
  const { order, language } = props
  const words = orderWords(language)
  const isUnpaid = order.status === 'failed' || order.status === 'expired'
  const isClaimed =
    isUnpaid && props.disputes.some(({ dispute }) => dispute.proved && dispute.closedAt === null)
  return (
    <main id="contenu" data-state={order.status}>
      <BackLink to={paths.deskOrders} label={words.order.back} />
      <Note text={props.done} />
      <h1>
        {words.order.title('')}
        <span class="code">{spellCode(order.code)}</span>
      </h1>
      <p>
        <StatusBadge status={order.status} language={language} />{' '}
        {order.status === 'paid' && order.amount === 0
          ? words.givenFree
          : words.explained[order.status]}{' '}
        {isClaimed ? words.claimed : isUnpaid && words.canPay}
      </p>
      {order.simulated && <p class="soft">{words.order.trial}</p>}
      <DoubleNote {...props} />
      {props.disputes.map((dispute) => (
        <Section class="card case" title={disputeWords(language).part}>
          <DisputePart {...dispute} />
        </Section>
      ))}
      <div class="order-columns">
        <div>
          <section class="card">
            <OrderFacts {...props} />
          </section>
          <section class="card">{props.downloads}</section>
          {!order.isErased && props.possible.reach && (
            <section class="card">
              <Deliver {...props} />
            </section>
          )}
          <Section class="card" title={words.order.act}>
            <Deeds {...props} />
          </Section>
        </div>
        <div>
          <Section class="card" title={words.order.timeline}>
            <Timeline days={props.days} language={language} />
            <NoteForm {...props} />
          </Section>
          <Section class="card" title={words.order.payments}>
            {props.children}
          </Section>
        </div>
      </div>
    </main>
  )
}

function OrderFacts({ order, payments, language }: OrderPageProps) {
  const { order: words } = orderWords(language)
  const price = (amount: number) => money(amount, order.currency, language)
  const discount = order.listAmount - order.amount
  const code = order.promotionCode ? ` (${order.promotionCode})` : ''
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
      <Facts
        facts={[
          [words.listAmount, discount !== 0 && price(order.listAmount)],
          [words.discount, discount > 0 && `− ${price(discount)}${code}`],
          [words.asked, price(order.amount)],
          [
            words.paid,
            received.length > 0 ? price(sum) : <span class="soft">{words.notPaid}</span>,
          ],
          [words.refunded, refunded > 0 && price(refunded)],
          [words.made, moment(order.createdAt, language)],
        ]}
      />
    </>
  )
}

function BuyerFacts({ order, language }: { order: DeskOrder; language: Language }) {
  const { order: words } = orderWords(language)
  const phone = (
    <>
      <a class="target" href={`tel:${order.phoneE164}`}>
        {spellPhone(order.phoneE164)}
      </a>
      {order.phoneTyped !== order.phoneE164 && (
        <div class="soft small">{words.typed(order.phoneTyped)}</div>
      )}
    </>
  )
  return (
    <Facts
      facts={[
        [words.name, order.buyerName],
        [words.phone, phone],
        [words.email, order.email ?? <span class="soft">{words.noEmail}</span>],
        [
          '',
          <a class="target" href={paths.customer(order.code)}>
            {words.customer}
          </a>,
        ],
      ]}
    />
  )
}

/** What to do about an order that was paid twice. */
function DoubleNote({ order, payments, possible, language }: OrderPageProps) {
  const words = orderWords(language)
  const double = payments.find((payment) => isDouble(order, payment))
  if (!double) return null
  return (
    <div class="note warn">
      <p>{words.doubled(money(double.amount, double.currency, language))}</p>
      {possible.refund && (
        <ButtonLink
          small
          danger
          to={`${paths.deskDeed(order.code, 'rembourser')}?paiement=${double.attempt}`}
          label={words.payment.refund}
        />
      )}
    </div>
  )
}

function Deliver({ order, link, isQuiet, messages, possible, disputes, language }: OrderPageProps) {
  const { order: words } = orderWords(language)
  return (
    <>
      <h2>{words.reach}</h2>
      {isQuiet && <p class="note warn">{customerWords(language).quietText}</p>}
      <CopyField id="lien" label={words.link} hint={words.linkHint} value={link} words={words} />
      <div class="even">
        <ButtonLink
          small
          quiet={possible.recheck || isAsked(disputes)}
          to={messages.whatsapp}
          label={words.whatsapp}
          isOutside
        />
        {messages.mail && <ButtonLink quiet small to={messages.mail} label={words.mail} />}
      </div>
      {possible.resend && (
        <PostButton quiet small to={paths.deskDeed(order.code, 'renvoyer')} label={words.resend} />
      )}
      <form class="sent" method="post" action={paths.deskDeed(order.code, 'envoye')}>
        <span class="soft">{words.sent}</span>
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

/** What an open dispute asks for first stands in it, and once. */
const isAsked = (disputes: readonly DisputePartProps[]) =>
  disputes.some(({ dispute, canCheck }) => canCheck && dispute.closedAt === null)

function Deeds({ order, possible, disputes, language }: OrderPageProps) {
  const { deeds: words } = orderWords(language)
  const to = (deed: OrderDeed) => paths.deskDeed(order.code, deed)
  return (
    <div class="even">
      {possible.recheck && !isAsked(disputes) && (
        <PostButton small to={to('verifier')} label={words.recheck} />
      )}
      {possible.pay && <ButtonLink quiet small to={to('payee')} label={words.pay} />}
      {!order.isErased && <ButtonLink quiet small to={to('contact')} label={words.contact} />}
      <ButtonLink quiet small to={to('lien')} label={words.link} />
      {possible.restore && <ButtonLink quiet small to={to('rouvrir')} label={words.restore} />}
      {possible.revoke && <ButtonLink small danger to={to('fermer')} label={words.revoke} />}
      {possible.refund && <ButtonLink small danger to={to('rembourser')} label={words.refund} />}
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
      <Refused errors={shown.errors} language={language} />
      <DrawnFields fields={{ note: noteField(words) }} {...shown} />
      <button class="small-button quiet">{words.order.addNote}</button>
    </form>
  )
}
