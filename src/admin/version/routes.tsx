import { Hono } from 'hono'
import { examine } from '../../doctor/examine.ts'
import { paths } from '../../links/addresses.ts'
import { ownerOnly } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { timerOf } from './deeds.tsx'
import { InstalledPage } from './pages.tsx'
import { versionWords } from './words.ts'

/** Switching to another version (`deeds.tsx`), and the crontab line. */
export const version = new Hono<DeskEnv>()

version.use(paths.version, ownerOnly)

version.get(paths.installed, ownerOnly, async (c) => {
  const { language } = c.var
  const [findings, timer] = await Promise.all([examine(c.env, language), timerOf(c.env)])
  return c.render(<InstalledPage language={language} findings={findings} timer={timer} />, {
    title: versionWords(language).installed.title,
  })
})
