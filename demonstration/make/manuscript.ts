import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const BOOKS = join(import.meta.dirname, '..', 'books')

/** The text of a book, in Markdown: each `# ` begins a chapter. */
export const readManuscript = (slug: string, name = 'book.md') =>
  readFileSync(join(BOOKS, slug, name), 'utf8')

export type Chapter = { title: string; text: string }

export const chaptersOf = (manuscript: string): Chapter[] =>
  manuscript
    .split(/^# /m)
    .slice(1)
    .map((chapter) => {
      const [title = '', ...lines] = chapter.split('\n')
      return { title, text: lines.join('\n').trim() }
    })

/** A chapter as it stands in its manuscript. */
export const withTitle = ({ title, text }: Chapter) => `# ${title}\n\n${text}`
