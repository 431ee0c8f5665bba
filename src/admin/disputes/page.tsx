import type { Dispute } from '../../data/orders/disputes.ts'
import type { ListedOrder } from '../../data/orders/desk-orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import { spellPhone } from '../../../packages/phone-numbers/phone-numbers.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { OrderRows } from '../orders/list-page.tsx'
import { moment } from '../../words/moments.ts'
import { DeskMain, Section } from '../parts.tsx'
import { DisputePart } from './part.tsx'
import type { DisputePartProps } from './part.tsx'
import { disputeWords } from './words.ts'

/** A dispute by itself; without an order, with those of its phone. */
export function DisputePage({ orders, ...props }: DisputePartProps & { orders: ListedOrder[] }) {
  const { dispute, language } = props
  const words = disputeWords(language)
  return (
    <DeskMain title={words.title} back={{ to: paths.toLookAt, label: words.back }}>
      {dispute.orderCode && (
        <p>
          <a class="target" href={paths.deskOrder(dispute.orderCode)}>
            {words.order} <span class="code">{spellCode(dispute.orderCode)}</span>
          </a>
        </p>
      )}
      <Section class="card" title={words.told}>
        <DisputePart {...props} />
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

/** A line of the list to look at. */
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
