import type { Dispute } from '../../data/orders/disputes.ts'
import type { ListedOrder } from '../../data/orders/desk-orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import { spellPhone } from '../../lib/phone.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { OrderRow } from '../orders/list-page.tsx'
import { moment } from '../../words/moments.ts'
import { DisputePart } from './part.tsx'
import type { DisputePartProps } from './part.tsx'
import { disputeWords } from './words.ts'

/** A dispute by itself; without an order, with those of its phone. */
export function DisputePage({ orders, ...props }: DisputePartProps & { orders: ListedOrder[] }) {
  const { dispute, language } = props
  const words = disputeWords(language)
  return (
    <main id="contenu">
      <p>
        <a href={paths.toLookAt}>← {words.back}</a>
      </p>
      <h1>{words.title}</h1>
      {dispute.orderCode && (
        <p>
          <a class="target" href={paths.deskOrder(dispute.orderCode)}>
            {words.order} <span class="code">{spellCode(dispute.orderCode)}</span>
          </a>
        </p>
      )}
      <section class="card">
        <h2>{words.told}</h2>
        <DisputePart {...props} />
      </section>
      {!dispute.orderCode && (
        <section>
          <h2>{words.orders}</h2>
          <p class="soft">{orders.length > 0 ? words.ordersHint : words.noOrders}</p>
          <ul class="list orders">
            {orders.map((order) => (
              <OrderRow order={order} language={language} />
            ))}
          </ul>
        </section>
      )}
    </main>
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
