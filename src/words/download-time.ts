import { wordsIn } from './words.ts'
import type { Language } from './words.ts'

/**
 * The line that times are given for: 400 kbit/s, the "Slow 3G" of WebPageTest and of Chrome's
 * DevTools, which is what a phone gets at the edge of a town. Shown as "about", never as a promise.
 */
const LINE_BITS_PER_S = 400_000

/**
 * About 20 s; about 1 min; about 2 h: rounded up, so that nobody waits much longer than we said.
 */
export function downloadTime(sizeBytes: number, language: Language): string {
  const seconds = (sizeBytes * 8) / LINE_BITS_PER_S
  return wordsIn(language).about3g(rounded(seconds))
}

function rounded(seconds: number): string {
  if (seconds <= 50) return `${Math.max(10, Math.ceil(seconds / 10) * 10)}\u00A0s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${Math.max(1, minutes)}\u00A0min`
  return `${Math.round(seconds / 3_600)}\u00A0h`
}
