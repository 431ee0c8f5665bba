import type { Shop } from '../../contracts/shop.ts'

/** The shop as public pages read it: from the replica, if there is one that answers. */
export function asRead(shop: Shop): Shop {
  const view = shop.replica?.view()
  return view ? { ...shop, sql: view.sql, config: view.config, primary: shop } : shop
}
