import type { Dispute } from '../../data/orders/disputes.ts'
import type { ListedOrder } from '../../data/orders/desk-orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import { spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { OrderRows } from '../orders/list-page.tsx'
import { StatusBadge } from '../orders/parts.tsx'
import { moment } from '../../words/moments.ts'
import { DeskMain, Note, Section } from '../parts.tsx'
import { DisputePart } from './part.tsx'
import type { DisputePartProps } from './part.tsx'
import { disputeWords } from './words.ts'

type DisputePageProps = DisputePartProps & {
  orders: ListedOrder[]
  /** What was done just now, in a sentence. */
  done: string | undefined
}

/** A dispute on its own page; one without an order is shown with the orders of its phone. */
export function DisputePage({ orders, done, ...props }: DisputePageProps) {
  const { dispute, language } = props
  const words = disputeWords(language)
  return (
    <DeskMain title={words.title} back={{ to: paths.toLookAt, label: words.back }}>
      <Note text={done} />
      {dispute.orderCode && (
        <p>
          <a class="target" href={paths.deskOrder(dispute.orderCode)}>
            {words.order} <span class="code">{spellCode(dispute.orderCode)}</span>
          </a>{' '}
          <StatusBadge status={dispute.orderStatus!} language={language} />
        </p>
      )}
      <Section class="card" title={words.told}>
        <DisputePart {...props} isAlone />
      </Section>
      {!dispute.orderCode && (
        <Section title={words.orders}>
          <p class="soft">{orders.length > 0 ? words.ordersHint : words.noOrders}</p>
          <OrderRows orders={orders} language={language} />
        </Section>
      )}
    </DeskMain>
  )
}

/** One line of the list of disputes. */
export function DisputeRow({ dispute, language }: { dispute: Dispute; language: Language }) {
  const words = disputeWords(language)
  const { amount, currency } = dispute
  return (
    <li>
      <a href={paths.deskDispute(dispute.id)}>
        <span class="first">
          <strong>{spellPhone(dispute.phoneE164) || words.erased}</strong>
          <span>{currency ? money(amount, currency, language) : String(amount)}</span>
        </span>
        <span class="soft small">
          {dispute.orderCode ? spellCode(dispute.orderCode) : words.withoutOrder} ·{' '}
          {moment(dispute.openedAt, language)}
        </span>
      </a>
    </li>
  )
}
