/** What a file says of itself; the seller decides. Texts are one line each. */
export type FileAbout = {
  title?: string
  author?: string
  /** As in `books.language`: two letters. */
  language?: string
  chapters?: string[]
  /** The name of the cover's picture in an EPUB. */
  cover?: string
}

/** As `books.title` and `books.author`. */
const MAX_LINE = 200
/** Together less than `books.contents` takes. */
const MAX_CHAPTERS = 300
const MAX_CHAPTERS_LETTERS = 9_000

type Said = { [Key in Exclude<keyof FileAbout, 'chapters'>]?: string | undefined } & {
  chapters?: readonly string[]
}

/** Cut to what a book takes; null when nothing is left. */
export function aboutOf({ title, author, language, cover, chapters }: Said): FileAbout | null {
  const lines = { title: line(title), author: line(author), cover: isPicture(cover) ? cover : '' }
  const code = /^[a-z]{2}(?![a-z])/i.exec(language ?? '')?.[0].toLowerCase()
  const about: FileAbout = Object.fromEntries(
    Object.entries({ ...lines, language: code }).filter(([, text]) => text),
  )
  const titles = someOf((chapters ?? []).map(line).filter(Boolean))
  if (titles.length > 0) about.chapters = titles
  return Object.keys(about).length > 0 ? about : null
}

/** As `imageSize` knows them; a drawing (SVG) is nobody's cover. */
const isPicture = (name = '') => /\.(?:jpe?g|png|webp)$/i.test(name)

function someOf(chapters: string[]): string[] {
  let letters = 0
  const isTaken = (chapter: string) => (letters += chapter.length + 1) <= MAX_CHAPTERS_LETTERS
  return chapters.slice(0, MAX_CHAPTERS).filter(isTaken)
}

/** Without what is not seen; NUL is in no text of PostgreSQL. */
const line = (text = '') =>
  [
    ...text
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, MAX_LINE)
    .join('')
