import { Hono } from 'hono'
import { currentSettings } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { LegalPage } from './pages.tsx'
import { legalTexts } from './words.ts'

/** What the law requires: who sells, on what terms, and what is kept about a buyer. */
export const legal = new Hono<ShopEnv>()

const pages = [
  { path: paths.legalNotice, kind: 'notice' },
  { path: paths.terms, kind: 'terms' },
  { path: paths.privacy, kind: 'privacy' },
] as const

for (const { path, kind } of pages) {
  legal.get(path, async (c) => {
    const settings = await currentSettings(c.env)
    const text = legalTexts(c.var.language)[kind]({
      ...settings.legal,
      shopName: settings.shop.name,
      email: settings.legal.email || settings.shop.email,
      country: settings.shop.country || c.env.config.country,
      unpaidDays: settings.retention.unpaidDays,
      site: c.env.config.publicUrl,
    })
    return c.render(<LegalPage text={text} ownWords={settings.legal[kind]} />, {
      title: text.title,
      path,
    })
  })
}
