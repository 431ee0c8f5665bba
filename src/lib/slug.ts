/** Of one made from a title; a person may type a longer one. */
const MAX_MADE = 80
const MAX_TYPED = 100
const MAX_NUMBER = '-9999'.length

/** A slug made from a title: « L’œuvre du tailleur » becomes `l-oeuvre-du-tailleur`. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .replaceAll('ɛ', 'e')
    .replaceAll('ɔ', 'o')
    .replaceAll('ɲ', 'n')
    .replaceAll('ŋ', 'n')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_MADE)
    .replace(/^-+|-+$/g, '')
}

export const isSlug = (text: string) =>
  text.length <= MAX_TYPED && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

/** `le-livre-2`: for a name that is taken. */
export const numberedSlug = (slug: string, number: number) =>
  `${slug.slice(0, MAX_TYPED - MAX_NUMBER)}-${number}`
