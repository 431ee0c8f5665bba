import type { Dispute } from '../../data/orders/disputes.ts'
import type { DeskNotice, DeskOrder, DeskPayment } from '../../data/orders/desk-order.ts'
import { claimWords } from '../../storefront/disputes/words.ts'
import { spellCode } from '../../lib/crockford.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { operatorOf, referenceOf, wentThroughProvider } from '../orders/operators.ts'
import { againText } from '../orders/timeline.ts'
import type { TimelineDay } from '../orders/timeline.ts'
import { clock, moment } from '../../words/moments.ts'
import { orderWords } from '../orders/words.ts'
import type { Fact } from '../parts.tsx'
import { disputeWords } from './words.ts'

type ProofProps = {
  shopName: string
  siteId: string | undefined
  order: DeskOrder
  disputes: Dispute[]
  payments: DeskPayment[]
  notices: DeskNotice[]
  days: TimelineDay[]
  now: Date
  language: Language
}

/** A page to keep, print or attach: it loads nothing. Times are UTC. */
const STYLE = `
body { font: 12pt/1.45 sans-serif; max-width: 44rem; margin: 1rem auto; padding: 0 1rem; color: #111 }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; border-bottom: 1px solid #999 }
table { border-collapse: collapse; width: 100%; margin-bottom: 1rem } tr { break-inside: avoid }
th, td { border: 1px solid #bbb; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { width: 38%; font-weight: 600 }
`

export function ProofFile(props: ProofProps) {
  const { order, disputes, payments, notices, days, language } = props
  const words = disputeWords(language)
  const { file } = words
  const all = orderWords(language)
  const code = spellCode(order.code)
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{file.title(code)}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>{file.title(code)}</h1>
        <p>{file.made(moment(props.now, language))}</p>
        <FactTable
          facts={[
            [file.shop, props.shopName],
            [words.letter.site, props.siteId],
            [file.book, order.bookTitle],
            [all.order.asked, money(order.amount, order.currency, language)],
            [file.ordered, moment(order.createdAt, language)],
            [file.state, all.statuses[order.status]],
            [file.buyer, order.buyerName],
            [file.buyerPhone, order.phoneE164],
          ]}
        />
        {disputes.map((dispute) => (
          <>
            <h2>{words.told}</h2>
            <FactTable
              facts={[
                [words.at, moment(dispute.openedAt, language)],
                [words.amount, `${dispute.amount} ${order.currency}`],
                [words.operator, claimWords(language).operators[dispute.operator]],
                [words.reference, dispute.reference],
                [words.phone, dispute.phoneE164],
                [words.message, dispute.message],
              ]}
            />
          </>
        ))}
        <h2>{file.payments}</h2>
        {payments.filter(wentThroughProvider).map((payment) => (
          <FactTable
            facts={[
              [words.letter.transaction, payment.transactionId],
              [file.providerId, payment.providerTransactionId],
              [words.letter.asked, money(payment.amount, payment.currency, language)],
              [words.letter.made, moment(payment.createdAt, language)],
              [file.state, all.payment.statuses[payment.status]],
              [words.operator, operatorOf(payment, order.saidMeans, all.payment.told)],
              [words.reference, referenceOf(payment, all.payment.told)],
              [all.payment.lastCheck, payment.lastCheckAt && moment(payment.lastCheckAt, language)],
            ]}
          />
        ))}
        <h2>{file.answers}</h2>
        {notices.map((notice) => (
          <FactTable facts={said(notice, language)} />
        ))}
        <h2>{file.timeline}</h2>
        {days.map(({ day, lines }) => (
          <>
            <h3>{day}</h3>
            <FactTable facts={lines.map(({ at, text }) => [clock(at, language), text])} />
          </>
        ))}
      </body>
    </html>
  )
}

/** The record as it was kept: personal data and keys were masked on arrival. */
function said(notice: DeskNotice, language: Language): Fact[] {
  const { payment: words } = orderWords(language)
  return [
    [words[notice.kind], moment(notice.firstAt, language) + againText(notice, language)],
    ...Object.entries(notice.record),
  ]
}

function FactTable({ facts }: { facts: Fact[] }) {
  return (
    <table>
      {facts.map(
        ([name, value]) =>
          value && (
            <tr>
              <th>{name}</th>
              <td>{value}</td>
            </tr>
          ),
      )}
    </table>
  )
}
