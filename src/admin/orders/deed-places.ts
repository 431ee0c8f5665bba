import { findDeskOrder } from '../../data/orders/desk-order.ts'
import type { DeskOrder } from '../../data/orders/desk-order.ts'
import type { Shop } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'

/** What all deeds share: where they are, where they lead, and what they look at when they fail. */
export const at = (deed: string) => paths.deskDeed(':code', deed)

export const done = (order: DeskOrder, word: string) =>
  `${paths.deskOrder(order.code)}?fait=${word}`

/** The order after a deed that did nothing: somebody may have moved it. */
export const asItIs = async (shop: Shop, order: DeskOrder) =>
  (await findDeskOrder(shop.sql, order.code)) ?? order
