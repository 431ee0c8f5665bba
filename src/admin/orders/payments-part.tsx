import type { DeskNotice, DeskOrder, DeskPayment } from '../../data/orders/desk-order.ts'
import { lookUp } from '../../lib/look-up.ts'
import { paths } from '../../links/addresses.ts'
import { money, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { operatorOf, referenceOf } from './operators.ts'
import { isClosable, isDouble, isRefundable } from './possible.ts'
import { moment } from '../../words/moments.ts'
import { ButtonLink } from '../../views/links.tsx'
import { Facts } from '../parts.tsx'
import type { Fact } from '../parts.tsx'
import type { OrderDeed } from './subject.tsx'
import { againText } from './timeline.ts'
import { orderWords } from './words.ts'

type PaymentsProps = {
  order: DeskOrder
  payments: DeskPayment[]
  notices: DeskNotice[]
  isOwner: boolean
  language: Language
}

/** Each payment of an order, newest first, with the provider's messages about it. */
export function Payments({ payments, notices, ...props }: PaymentsProps) {
  return (
    <>
      {payments.map((payment) => (
        <PaymentPart
          {...props}
          payment={payment}
          notices={notices.filter(({ paymentId }) => paymentId === payment.id)}
        />
      ))}
    </>
  )
}

type PaymentPartProps = Omit<PaymentsProps, 'payments'> & { payment: DeskPayment }

function PaymentPart({ order, payment, notices, isOwner, language }: PaymentPartProps) {
  const all = orderWords(language)
  const words = all.payment
  const at = (deed: OrderDeed) => `${paths.deskDeed(order.code, deed)}?paiement=${payment.attempt}`
  const facts: Fact[] = [
    [words.by, lookUp(words.providers, payment.provider) ?? payment.provider],
    [
      words.operator,
      payment.provider === 'hand'
        ? payment.operator && howOf(payment.operator, all.hows)
        : operatorOf(payment, order.saidMeans, words.told),
    ],
    [words.reference, referenceOf(payment, words.told)],
    [words.transaction, payment.transactionId],
    [
      words.refusal,
      payment.status === 'refused'
        ? `${wordsIn(language).order.failed.why[payment.refusal ?? 'other']} ${payment.providerCode ? `(${payment.providerCode})` : ''}`
        : null,
    ],
    [words.lastCheck, payment.lastCheckAt && moment(payment.lastCheckAt, language)],
    [words.nextCheck, payment.nextCheckAt && moment(payment.nextCheckAt, language)],
  ]
  return (
    <section class="payment">
      <h3>
        {words.title(payment.attempt)} · {money(payment.amount, payment.currency, language)}
      </h3>
      <p>
        <PaymentBadges order={order} payment={payment} language={language} />
      </p>
      <Facts facts={facts} />
      <div class="even">
        {isOwner && isRefundable(payment) && (
          <ButtonLink small danger to={at('rembourser')} label={words.refund} />
        )}
        {isClosable(payment) && <ButtonLink quiet small to={at('classer')} label={words.close} />}
      </div>
      {notices.length > 0 && (
        <details>
          <summary>{words.raw(notices.length)}</summary>
          {notices.map((notice) => (
            <Raw notice={notice} language={language} />
          ))}
        </details>
      )}
    </section>
  )
}

function PaymentBadges(props: Pick<PaymentPartProps, 'order' | 'payment' | 'language'>) {
  const { order, payment, language } = props
  const words = orderWords(language).payment
  const mood = lookUp({ accepted: 'good', review: 'bad' }, payment.status) ?? 'soft'
  return (
    <>
      <span class={`badge ${mood}`}>{words.statuses[payment.status]}</span>{' '}
      {isDouble(order, payment) && <span class="badge bad">{words.double}</span>}{' '}
      {payment.refundAmount !== null ? (
        <>
          <span class="badge soft">
            {words.refunded(money(payment.refundAmount, payment.currency, language))}
          </span>{' '}
          {payment.refundReference && <span class="soft small">{payment.refundReference}</span>}
        </>
      ) : (
        payment.closedAt && <span class="badge soft">{words.closed}</span>
      )}
    </>
  )
}

function Raw({ notice, language }: { notice: DeskNotice; language: Language }) {
  const { payment: words } = orderWords(language)
  return (
    <>
      <p class="small">
        <strong>{words[notice.kind]}</strong> · {moment(notice.firstAt, language)}
        {againText(notice, language)}
      </p>
      <Facts class="raw small" facts={Object.entries(notice.record)} />
    </>
  )
}

const howOf = (how: string, hows: Record<string, string>) => lookUp(hows, how) ?? how
