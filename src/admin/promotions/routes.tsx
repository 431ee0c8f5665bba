import { Hono } from 'hono'
import { listPromotions } from '../../data/orders/promotions.ts'
import type { DeskEnv } from '../guard.ts'
import { counted } from './deeds.tsx'
import { PromotionsPage } from './pages.tsx'
import { paths } from '../../links/addresses.ts'
import { promotionWords } from './words.ts'

/** Promotion codes: what they are, what they brought in, what they gave away. */
export const promotions = new Hono<DeskEnv>()

promotions.get(paths.promotions, async (c) => {
  const { language } = c.var
  return c.render(
    <PromotionsPage
      promotions={await listPromotions(c.env.sql, counted(c.env))}
      currency={c.env.config.currency}
      language={language}
      now={c.env.now()}
    />,
    { title: promotionWords(language).title },
  )
})
