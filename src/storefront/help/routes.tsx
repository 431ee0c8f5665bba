import { Hono } from 'hono'
import { currentSettings } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { operatorHelp } from '../../words/messages.ts'
import { wordsIn } from '../../words/words.ts'
import { HelpPage } from './pages.tsx'

/** What a buyer may ask, before and after. */
export const help = new Hono<ShopEnv>()

help.get(paths.help, async (c) => {
  const { language } = c.var
  const { shop, texts } = await currentSettings(c.env)
  const operators = operatorHelp(texts, language)
  const { title, description } = wordsIn(language).help
  return c.render(<HelpPage operators={operators} contact={shop} language={language} />, {
    title,
    description,
    path: paths.help,
  })
})
