import { Hono } from 'hono'
import { currentSettings } from '../data/settings-cache.ts'
import type { ShopEnv } from '../contracts/shop.ts'
import { FOR_GOOD } from '../views/assets.ts'
import { logoPath } from '../views/logo.ts'
import { paths } from '../links/addresses.ts'

/** The seller's logo, which only a shop with settings has. */
export const logo = new Hono<ShopEnv>()

/** An address that carries the logo's current version is cached for good. */
logo.get(paths.logo, async (c) => {
  const picture = (await currentSettings(c.env)).look.logo
  const object = picture && (await c.env.files.read(picture.key))
  if (!picture || !object) return c.notFound()
  const isCurrent = logoPath(picture).endsWith(`?v=${c.req.query('v')}`)
  return c.body(object.body, 200, {
    'content-type': picture.type,
    'content-length': String(object.sizeBytes),
    'cache-control': isCurrent ? FOR_GOOD : 'no-cache',
  })
})
