import MarkdownIt from 'markdown-it'

/**
 * A small Markdown (CommonMark without HTML, pictures, indented code and reference links) as HTML
 * that may stand in a page. HTML found in the text is text. The highest heading is the second
 * level, below the page's own. A link that leads to another protocol stands as it was typed.
 */
export const markdown = (text: string): string => parser.render(text).trimEnd()

/** A picture would tell another site who reads; the others surprise those who just write. */
const UNWANTED = ['image', 'code', 'reference', 'lheading']

/** With a protocol of these, or with none: there is no other sign of one than the colon. */
const SAFE_ADDRESS = /^(https?:\/\/|mailto:|[/#?]|[^:]*$)/i

const parser = new MarkdownIt('commonmark', { html: false, xhtmlOut: false }).disable(UNWANTED)
parser.validateLink = (address) => SAFE_ADDRESS.test(address)
parser.renderer.rules['hardbreak'] = () => '<br>'
parser.core.ruler.push('headings', ({ tokens }) => {
  for (const token of tokens) if (token.tag === 'h1') token.tag = 'h2'
})
