const NBSP = '\u00a0'

/** What a French compositor does by reflex: curled apostrophes, and spaces that never break a line. */
export function typeset(text: string): string {
  return text
    .replaceAll("'", '’')
    .replaceAll('« ', `«${NBSP}`)
    .replace(/ ([;:!?»%])/g, `${NBSP}$1`)
    .replace(
      /(\d) (?=\d{3}(?!\d)|F\b|FCFA\b|g\b|kg\b|cl\b|cm\b|minutes?\b|heures?\b)/g,
      `$1${NBSP}`,
    )
    .replace(/^([—–]) /, `$1${NBSP}`)
}

const VOWEL = /[aeiouyàâäéèêëîïôöùûüœæ]/i
const INSEPARABLE = /^(?:[bcdfgkptv][rl]|[cpt]h|gn|qu|gu)/i
const ENDS_SILENT = /^[^aeiouyàâäéèêëîïôöùûüœæ]*(?:gu|qu)?(?:e|es|ent)$/i

/** Each place where a French word may be cut, as the beginning (with its hyphen) and the rest. */
export function hyphenations(word: string): [string, string][] {
  const cuts: [string, string][] = []
  for (let at = 3; at <= word.length - 3; at++) {
    const head = word.slice(0, at)
    const tail = word.slice(at)
    if (word[at - 1] === '-') cuts.push([head, tail])
    else if (startsSyllable(word, at) && isCuttable(word)) cuts.push([`${head}-`, tail])
  }
  return cuts
}

/** Proper names, figures and words that have a hyphen or an apostrophe already stay whole. */
function isCuttable(word: string): boolean {
  return /^[«(]?[\p{Ll}]+[.,;:!?»)…\u00a0]*$/u.test(word)
}

function startsSyllable(word: string, at: number): boolean {
  const [before, first, second] = [word[at - 1] ?? '', word[at] ?? '', word[at + 1] ?? '']
  const rest = word.slice(at).replace(/[^\p{L}]+$/u, '')
  if (rest.length < 3 || ENDS_SILENT.test(rest) || !VOWEL.test(word.slice(0, at))) return false
  if (!/\p{L}/u.test(before) || VOWEL.test(first) || /[xy]/i.test(before + first)) return false
  const opens = VOWEL.test(second) || INSEPARABLE.test(word.slice(at))
  return opens && !INSEPARABLE.test(before + first)
}
