import { hasOwner } from '../../data/people/people.ts'
import type { Shop } from '../../contracts/shop.ts'
import { absolute, paths } from '../../links/addresses.ts'
import { setupKey } from './keys.ts'

/**
 * The address where the owner is created, while there is none. For the console of the person who
 * installs the shop: never for the log, which others read.
 */
export async function setupAddress(
  shop: Pick<Shop, 'sql' | 'config'>,
): Promise<string | undefined> {
  if (await hasOwner(shop.sql)) return undefined
  return absolute(shop.config, paths.setup(await setupKey(shop.config.appSecret)))
}
