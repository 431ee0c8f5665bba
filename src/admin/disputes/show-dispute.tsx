import { findDispute } from '../../data/orders/disputes.ts'
import type { Dispute } from '../../data/orders/disputes.ts'
import { findDeskOrder, listNoticesOf, listPaymentsOf } from '../../data/orders/desk-order.ts'
import type { DeskNotice, DeskPayment } from '../../data/orders/desk-order.ts'
import { listOrders } from '../../data/orders/desk-orders.ts'
import { orderKey } from '../../links/keys.ts'
import { absolute, paths } from '../../links/addresses.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { isAskable } from '../orders/possible.ts'
import { orderWords } from '../orders/words.ts'
import { copyScript } from '../scripts.ts'
import { DisputePage } from './page.tsx'
import { spellCode } from '../../lib/crockford.ts'
import { lookUp } from '../../lib/look-up.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { Language } from '../../words/words.ts'
import { letter } from './letter.ts'
import { disputeWords } from './words.ts'

export const siteIdOf = ({ config: { cinetpay } }: Shop) =>
  cinetpay?.generation === 'v2' ? cinetpay.siteId : undefined

type Known = { link: string; payments: DeskPayment[]; notices: DeskNotice[] }

/** What a dispute is shown with: the prepared texts for its buyer and for CinetPay. */
export function disputeProps(
  shop: Shop,
  dispute: Dispute,
  known: Known | undefined,
  language: Language,
) {
  const words = disputeWords(language)
  if (!known || !dispute.orderCode) return { dispute, answer: words.answerWithout, language }
  const { link, payments, notices } = known
  return {
    dispute,
    letter: letter({ dispute, payments, notices, siteId: siteIdOf(shop) }, language),
    answer: words.answer(spellCode(dispute.orderCode), link),
    canCheck: payments.some(isAskable),
    language,
  }
}

export async function disputeAt({ shop, place }: Visit): Promise<Dispute | undefined> {
  const id = /^[1-9]\d{0,14}$/.exec(place('id'))?.[0]
  return id === undefined ? undefined : findDispute(shop.sql, Number(id))
}

export async function showDispute(
  visit: Visit,
  dispute: Dispute,
  shown?: Shown<never>,
): Promise<Page> {
  const { shop, language } = visit
  const { sql, config } = shop
  const order = dispute.orderCode ? await findDeskOrder(sql, dispute.orderCode) : undefined
  const known = order && {
    link: absolute(config, paths.order(await orderKey(config.appSecret, order))),
    payments: await listPaymentsOf(sql, order.id),
    notices: await listNoticesOf(sql, order.id),
  }
  const phone = dispute.phoneE164.slice(1)
  const list =
    !order && phone
      ? await listOrders(sql, { search: { phoneEnds: [phone], references: [] } })
      : { orders: [] }
  const props = disputeProps(shop, dispute, known, language)
  return {
    title: disputeWords(language).title,
    scripts: [copyScript],
    body: (
      <DisputePage
        {...props}
        refused={shown}
        orders={list.orders}
        done={shown ? undefined : lookUp(orderWords(language).done, visit.query('fait') ?? '')}
      />
    ),
  }
}
