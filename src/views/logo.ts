import { fnv1a } from '../lib/fnv.ts'
import type { Logo } from '../config/settings.ts'
import { paths } from '../links/addresses.ts'

/** Keys of logos are never used twice: the address changes with the picture, which is kept for good. */
export const logoPath = ({ key }: Logo) => `${paths.logo}?v=${fnv1a(key)}`

/** As high as the header shows it, in px; its room is kept before it is there. */
const HEIGHT = 40
const MAX_WIDTH = 144

export function shownSize({ width, height }: Logo): { width: number; height: number } {
  const shown = Math.round((width * HEIGHT) / height)
  return { width: Math.min(shown, MAX_WIDTH), height: HEIGHT }
}
