import { Hono } from 'hono'
import { readSettings } from '../../data/settings.ts'
import { paths } from '../../links/addresses.ts'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { SettingsPage } from './pages.tsx'
import { settingsWords } from './words.ts'

/** What the seller settles, section by section (`deeds.tsx`); the owner's. */
export const settings = new Hono<DeskEnv>()

settings.use(`${paths.settings}/*`, ownerOnly)

settings.get(paths.settings, async (c) => {
  const { language } = c.var
  const stored = await readSettings(c.env.sql)
  return c.render(<SettingsPage settings={stored} language={language} />, {
    title: settingsWords(language).title,
  })
})
