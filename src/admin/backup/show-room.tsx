import type { Context } from 'hono'
import { isEmptyShop } from '../../data/archive/unpacking.ts'
import { listSuitcases } from '../../data/archive/archives.ts'
import type { DeskEnv } from '../guard.ts'
import { sendingScript } from '../scripts.ts'
import { RoomPage } from './pages.tsx'
import { suitcaseWords } from './words.ts'

const LISTED = 30

export async function showRoom(
  c: Context<DeskEnv>,
  errors: { passphrase?: string; file?: string } = {},
) {
  const { sql, simulator } = c.env
  const { language } = c.var
  const [suitcases, canArrive] = await Promise.all([listSuitcases(sql, LISTED), isEmptyShop(sql)])
  const props = { suitcases, canArrive, errors, language, isDemonstration: Boolean(simulator) }
  return c.render(<RoomPage {...props} />, {
    title: suitcaseWords(language).title,
    isPrivate: true,
    ...(canArrive ? { scripts: [sendingScript] } : {}),
  })
}
