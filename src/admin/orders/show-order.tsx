import { listCasesOf } from '../../data/orders/disputes.ts'
import { listEventsOf, listNoticesOf, listPaymentsOf } from '../../data/orders/desk-order.ts'
import type { DeskOrder } from '../../data/orders/desk-order.ts'
import { listDownloadsOf } from '../../data/books/downloads.ts'
import type { Person } from '../../data/people/sessions.ts'
import { readSettings } from '../../data/settings.ts'
import { orderKey } from '../../links/keys.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { caseProps } from '../disputes/show-dispute.ts'
import { Downloads } from './downloads-part.tsx'
import { messagesFor } from './messages.ts'
import { OrderPage } from './order-page.tsx'
import { Payments } from './payments-part.tsx'
import { possibleDeeds } from './possible.ts'
import { timeline } from './timeline.ts'

type Shown = {
  order: DeskOrder
  person: Person
  language: Language
  done?: string | undefined
  /** A note that was not taken. */
  note?: { typed: string; error: string | undefined }
}

/** The whole page of one order, from its rows. */
export async function showOrder(shop: Shop, { order, person, language, ...props }: Shown) {
  const { sql, config } = shop
  const [payments, events, notices, downloads, settings, key, cases] = await Promise.all([
    listPaymentsOf(sql, order.id),
    listEventsOf(sql, order.id),
    listNoticesOf(sql, order.id),
    listDownloadsOf(sql, order.id),
    readSettings(sql),
    orderKey(config.appSecret, order),
    listCasesOf(sql, order.id),
  ])
  const link = absolute(config, paths.order(key))
  const isOwner = person.role === 'owner'
  const who = {
    isOwner,
    isDemonstration: shop.provider.isPlayMoney,
    hasMail: shop.mail !== undefined,
  }
  return (
    <OrderPage
      {...props}
      order={order}
      payments={payments}
      days={timeline({ events, notices, currency: order.currency }, language)}
      possible={possibleDeeds(order, payments, who)}
      link={link}
      messages={messagesFor(order, link, settings.texts)}
      cases={cases.map((claim) => caseProps(shop, claim, { link, payments, notices }, language))}
      language={language}
      downloads={<Downloads downloads={downloads} now={shop.now()} language={language} />}
    >
      <Payments
        order={order}
        payments={payments}
        notices={notices}
        isOwner={isOwner}
        language={language}
      />
    </OrderPage>
  )
}
