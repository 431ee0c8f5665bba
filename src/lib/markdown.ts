import MarkdownIt from 'markdown-it'
import type { Token } from 'markdown-it'

/**
 * A small Markdown (CommonMark without HTML, pictures, indented code and reference links) as HTML
 * that may stand in a page. HTML found in the text is text, and a link of a dangerous protocol its words. The
 * highest heading is the second level, below the page's own.
 */
export function markdown(text: string): string {
  const end = endOfMarkup(text)
  return (parser.render(text.slice(0, end)) + paragraphs(text.slice(end))).trimEnd()
}

/** A page of a book or of a law has some hundreds. Beyond this, they are shown as plain characters. */
const MAX_SIGNS = 2_000
const SIGNS = /[*_`[\]<>&!\\\n]/g

/** Where the work would exceed what any text needs, at the end of the previous line. */
function endOfMarkup(text: string): number {
  let signs = 0
  for (const { index } of text.matchAll(SIGNS)) {
    if (++signs <= MAX_SIGNS) continue
    const line = text.lastIndexOf('\n', index)
    return line > 0 ? line : index
  }
  return text.length
}

const paragraphs = (text: string) =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${parser.utils.escapeHtml(paragraph.trim())}</p>\n`)
    .join('')

/** A picture would tell another site who is reading; the others surprise people who just write. */
const UNWANTED = ['image', 'code', 'reference', 'lheading']

/** With one of these protocols, or without any: only a colon can make one. */
const SAFE_ADDRESS = /^(https?:\/\/|mailto:|[/#?]|[^:]*$)/i

const parser = new MarkdownIt('commonmark', { html: false, xhtmlOut: false }).disable(UNWANTED)
parser.renderer.rules['hardbreak'] = () => '<br>'
parser.core.ruler.push('headings', ({ tokens }) => {
  for (const token of tokens) if (token.tag === 'h1') token.tag = 'h2'
})
// Everything is a link while it is parsed; with the library's own check, a dangerous one would
// stand as typed.
parser.validateLink = () => true
parser.core.ruler.push('links', ({ tokens }) => {
  for (const token of tokens) token.children = withoutDangerousLinks(token.children)
})

/** Links do not nest: a closing token belongs to the last opening one. */
function withoutDangerousLinks(tokens: Token[] | null): Token[] | null {
  let isSafe = true
  return (
    tokens &&
    tokens.filter((token) => {
      if (token.type === 'link_open') isSafe = SAFE_ADDRESS.test(String(token.attrGet('href')))
      return isSafe || !token.type.startsWith('link_')
    })
  )
}
