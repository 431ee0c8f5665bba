/** What a file says about itself; the seller decides. Texts are one line each. */
export type FileAbout = {
  title?: string
  author?: string
  /** Two letters, as in `books.language`. */
  language?: string
  chapters?: string[]
  /** The name of the cover picture inside an EPUB. */
  cover?: string
}

/** The same as `books.title` and `books.author`. */
const MAX_LINE = 200
/** Together they fit into `books.contents`. */
const MAX_CHAPTERS = 300
const MAX_CHAPTERS_LETTERS = 9_000

type Said = { [Key in Exclude<keyof FileAbout, 'chapters'>]?: string | undefined } & {
  chapters?: readonly string[]
}

/** Shortened to what a book can hold; null when nothing is left. */
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

/** The formats that `imageSize` knows; an SVG cannot be a cover. */
const isPicture = (name = '') => /\.(?:jpe?g|png|webp)$/i.test(name)

function someOf(chapters: string[]): string[] {
  let letters = 0
  const isTaken = (chapter: string) => (letters += chapter.length + 1) <= MAX_CHAPTERS_LETTERS
  return chapters.slice(0, MAX_CHAPTERS).filter(isTaken)
}

/** Without invisible characters; PostgreSQL text cannot hold NUL. */
const line = (text = '') =>
  [
    ...text
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, MAX_LINE)
    .join('')
