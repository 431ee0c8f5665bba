import { findCase } from '../../data/orders/disputes.ts'
import type { Case } from '../../data/orders/disputes.ts'
import { findDeskOrder, listNoticesOf, listPaymentsOf } from '../../data/orders/desk-order.ts'
import type { DeskNotice, DeskPayment } from '../../data/orders/desk-order.ts'
import { listOrders } from '../../data/orders/desk-orders.ts'
import { orderKey } from '../../links/keys.ts'
import { absolute, paths } from '../../links/addresses.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { copyScript } from '../scripts.ts'
import { CasePage } from './page.tsx'
import { spellCode } from '../../lib/crockford.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { Language } from '../../words/words.ts'
import { letter } from './letter.ts'
import { caseWords } from './words.ts'

export const siteIdOf = ({ config: { cinetpay } }: Shop) =>
  cinetpay?.generation === 'v2' ? cinetpay.siteId : undefined

type Known = { link: string; payments: DeskPayment[]; notices: DeskNotice[] }

/** What a claim is shown with: the texts ready, for its buyer and for CinetPay. */
export function caseProps(shop: Shop, claim: Case, known: Known | undefined, language: Language) {
  const words = caseWords(language)
  if (!known || !claim.orderCode) return { claim, answer: words.answerWithout, language }
  const { link, payments, notices } = known
  return {
    claim,
    letter: letter({ claim, payments, notices, siteId: siteIdOf(shop) }, language),
    answer: words.answer(spellCode(claim.orderCode), link),
    language,
  }
}

export async function caseAt({ shop, place }: Visit): Promise<Case | undefined> {
  const id = /^[1-9]\d{0,14}$/.exec(place('id'))?.[0]
  return id === undefined ? undefined : findCase(shop.sql, Number(id))
}

export async function showCase(visit: Visit, claim: Case, shown?: Shown<never>): Promise<Page> {
  const { shop, language } = visit
  const { sql, config } = shop
  const order = claim.orderCode ? await findDeskOrder(sql, claim.orderCode) : undefined
  const known = order && {
    link: absolute(config, paths.order(await orderKey(config.appSecret, order))),
    payments: await listPaymentsOf(sql, order.id),
    notices: await listNoticesOf(sql, order.id),
  }
  const phone = claim.phoneE164.slice(1)
  const list =
    !order && phone
      ? await listOrders(sql, { search: { phoneEnds: [phone], references: [] } })
      : { orders: [] }
  const props = caseProps(shop, claim, known, language)
  return {
    title: caseWords(language).title,
    scripts: [copyScript],
    body: <CasePage {...props} refused={shown} orders={list.orders} />,
  }
}
