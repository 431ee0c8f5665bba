import { fileSize, wordsIn } from './words.ts'
import type { Language } from './words.ts'

/**
 * The line that times are given for: 400 kbit/s, the "Slow 3G" of WebPageTest and of Chrome's
 * DevTools, which is what a phone gets at the edge of a town. Shown as "about", never as a promise.
 */
const LINE_BITS_PER_S = 400_000

/** What takes no longer is no wait: nothing is said of it. */
const NO_WAIT_S = 10

/** About 20 s; about 1 min; about 2 h: rounded up, so that nobody waits much longer than announced. */
function downloadTime(sizeBytes: number, language: Language): string | undefined {
  const seconds = (sizeBytes * 8) / LINE_BITS_PER_S
  return seconds > NO_WAIT_S ? wordsIn(language).about3g(rounded(seconds)) : undefined
}

/** How much there is to download: « 2 Mo », and how long that takes where one waits for it. */
export const weightOf = (sizeBytes: number, language: Language): string[] =>
  [fileSize(sizeBytes, language), downloadTime(sizeBytes, language)].filter(
    (told) => told !== undefined,
  )

/** The duration of sound: « 3 h 05 min », « 12 min 30 s »; the same in both languages. */
export function playingTime(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  const two = (number: number) => String(number).padStart(2, '0')
  if (hours > 0) return `${hours}\u00A0h\u00A0${two(minutes)}\u00A0min`
  return minutes > 0 ? `${minutes}\u00A0min\u00A0${two(seconds % 60)}\u00A0s` : `${seconds}\u00A0s`
}

/** The length of a file, in pages or playing time, if it is known. */
export function extentOf(
  { pages, seconds }: { pages: number | null; seconds: number | null },
  language: Language,
): string[] {
  const told = [
    pages !== null && wordsIn(language).book.pages(pages),
    seconds !== null && playingTime(seconds),
  ]
  return told.filter((text) => text !== false)
}

function rounded(seconds: number): string {
  if (seconds <= 50) return `${Math.ceil(seconds / 10) * 10}\u00A0s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${Math.max(1, minutes)}\u00A0min`
  return `${Math.round(seconds / 3_600)}\u00A0h`
}
