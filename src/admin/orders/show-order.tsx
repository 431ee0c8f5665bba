import { listDisputesOf } from '../../data/orders/disputes.ts'
import { listEventsOf, listNoticesOf, listPaymentsOf } from '../../data/orders/desk-order.ts'
import type { DeskOrder } from '../../data/orders/desk-order.ts'
import { listDownloadsOf } from '../../data/books/downloads.ts'
import { readSettings } from '../../data/settings.ts'
import { isOrderQuiet } from '../../data/people/quiet.ts'
import { orderKey } from '../../links/keys.ts'
import { quietKey } from '../../links/quiet.ts'
import { spellCode } from '../../lib/crockford.ts'
import { lookUp } from '../../lib/look-up.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { disputeProps } from '../disputes/show-dispute.tsx'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { copyScript } from '../scripts.ts'
import { Downloads } from './downloads-part.tsx'
import { messagesFor } from './messages.ts'
import { OrderPage } from './order-page.tsx'
import { Payments } from './payments-part.tsx'
import { possibleDeeds } from './possible.ts'
import { timeline } from './timeline.ts'
import { orderWords } from './words.ts'

/** The page of one order, from its rows. `shown` holds a note that was refused. */
export async function showOrder(
  visit: Visit,
  order: DeskOrder,
  shown?: Shown<never>,
): Promise<Page> {
  const { shop, person, language } = visit
  const { sql, config } = shop
  const [payments, events, notices, downloads, settings, key, disputes, isQuiet] =
    await Promise.all([
      listPaymentsOf(sql, order.id),
      listEventsOf(sql, order.id),
      listNoticesOf(sql, order.id),
      listDownloadsOf(sql, order.id),
      readSettings(sql),
      orderKey(config.appSecret, order),
      listDisputesOf(sql, order.id),
      isOrderQuiet(sql, await quietKey(config.appSecret), order.code),
    ])
  const link = absolute(config, paths.order(key))
  const words = orderWords(language)
  const isOwner = person.role === 'owner'
  const who = {
    isOwner,
    isDemonstration: shop.provider.isPlayMoney,
    hasMail: shop.mail !== undefined,
  }
  const body = (
    <OrderPage
      order={order}
      payments={payments}
      days={timeline({ events, notices, currency: order.currency }, language)}
      possible={possibleDeeds(order, payments, who)}
      link={link}
      isQuiet={isQuiet}
      messages={messagesFor(order, link, settings.texts)}
      disputes={disputes.map((dispute) =>
        disputeProps(shop, dispute, { link, payments, notices }, language),
      )}
      done={shown ? undefined : lookUp(words.done, visit.query('fait') ?? '')}
      note={shown}
      language={language}
      downloads={<Downloads downloads={downloads} now={visit.now} language={language} />}
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
  return {
    title: words.order.title(spellCode(order.code)),
    scripts: [copyScript],
    body,
  }
}
