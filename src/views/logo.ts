import { fnv1a } from '../lib/fnv.ts'
import type { Logo } from '../config/settings.ts'
import { paths } from '../links/addresses.ts'

/** Logo keys are never reused: the address changes with the picture, which is cached for good. */
export const logoPath = ({ key }: Logo) => `${paths.logo}?v=${fnv1a(key)}`

/** Its height in the header, in px; the space is reserved before it loads. */
const HEIGHT = 40
const MAX_WIDTH = 144

export function shownSize({ width, height }: Logo): { width: number; height: number } {
  const shown = Math.round((width * HEIGHT) / height)
  return { width: Math.min(shown, MAX_WIDTH), height: HEIGHT }
}
