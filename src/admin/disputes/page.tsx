import type { Case } from '../../data/orders/disputes.ts'
import type { ListedOrder } from '../../data/orders/desk-orders.ts'
import { spellCode } from '../../lib/crockford.ts'
import { spellPhone } from '../../lib/phone.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { OrderRow } from '../orders/list-page.tsx'
import { moment } from '../moments.ts'
import { CasePart } from './part.tsx'
import type { CasePartProps } from './part.tsx'
import { caseWords } from './words.ts'

/** A claim by itself; without an order, with those of its phone. */
export function CasePage({ orders, ...props }: CasePartProps & { orders: ListedOrder[] }) {
  const { claim, language } = props
  const words = caseWords(language)
  return (
    <main id="contenu">
      <p>
        <a href={paths.toLookAt}>← {words.back}</a>
      </p>
      <h1>{words.title}</h1>
      {claim.orderCode && (
        <p>
          <a class="target" href={paths.deskOrder(claim.orderCode)}>
            {words.order} <span class="code">{spellCode(claim.orderCode)}</span>
          </a>
        </p>
      )}
      <section class="card">
        <h2>{words.told}</h2>
        <CasePart {...props} />
      </section>
      {!claim.orderCode && (
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
export function CaseRow({ claim, language }: { claim: Case; language: Language }) {
  const words = caseWords(language)
  const { amount, currency } = claim
  return (
    <li>
      <a href={paths.deskCase(claim.id)}>
        <span class="first">
          <strong>{spellPhone(claim.phoneE164) || words.erased}</strong>
          <span>{currency ? money(amount, currency, language) : String(amount)}</span>
        </span>
        <span class="soft small">
          {claim.orderCode ? spellCode(claim.orderCode) : words.withoutOrder} ·{' '}
          {moment(claim.openedAt, language)}
        </span>
      </a>
    </li>
  )
}
