import { findGrantedFile, findOrderByCode } from '../data/orders/orders.ts'
import type { GrantedFile, Order } from '../data/orders/orders.ts'
import { isTrialOver } from '../money/play-money.ts'
import type { Shop } from '../contracts/shop.ts'
import { fileKey, isSameKey, orderKey, readFileKey, readOrderKey } from './keys.ts'

/** The order that a key opens; undefined for a wrong, outdated or invented key. */
export async function findOrderByKey(shop: Shop, key: string): Promise<Order | undefined> {
  const read = readOrderKey(key)
  const order = read && (await findOrderByCode(shop.sql, read.code))
  if (!order) return undefined
  return isSameKey(key, await orderKey(shop.config.appSecret, order)) ? order : undefined
}

/**
 * The file that a key opens, looked up at each request: only for a paid order whose access was not
 * revoked. What was bought with play money is delivered only where play money is accepted.
 */
export async function findFileByKey(shop: Shop, key: string): Promise<GrantedFile | undefined> {
  const read = readFileKey(key)
  const file = read && (await findGrantedFile(shop.sql, read.code, read.fileId))
  if (!file) return undefined
  const lock = { code: read.code, linkVersion: file.linkVersion }
  if (!isSameKey(key, await fileKey(shop.config.appSecret, lock, read.fileId))) return undefined
  return isTrialOver(shop, file) ? undefined : file
}
