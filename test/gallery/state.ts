import type { Child } from 'hono/jsx'
import type { Settings } from '../../src/config/settings.ts'
import type { Language } from '../../src/words/words.ts'

/** A page as somebody may find it: what the gallery shows and the browser tests look at. */
export type State = {
  name: string
  page: (language: Language) => Child
  settings?: Pick<Settings, 'shop' | 'look'>
  isDemonstration?: boolean
  scripts?: string[]
  /** It brings its own frame. */
  isWhole?: boolean
}
