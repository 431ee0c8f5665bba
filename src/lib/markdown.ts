import { micromark } from 'micromark'

/**
 * A small Markdown (CommonMark without HTML, pictures, indented code and reference links) as HTML
 * that may stand in a page. HTML found in the text is text. micromark gives no address to a link
 * of a dangerous protocol; here such a link is none at all. The highest heading is the second
 * level, below the page's own. The replacements can trust what they match: in micromark's output every `<` of the
 * author's is an entity.
 */
export function markdown(text: string): string {
  const disabled = Object.entries(COSTLY).flatMap(([construct, signs]) =>
    (text.match(signs)?.length ?? 0) > MAX_SIGNS ? construct : [],
  )
  return micromark(text, { extensions: [{ disable: { null: [...UNWANTED, ...disabled] } }] })
    .replace(/<a href=""[^>]*>(.*?)<\/a>/gs, '$1')
    .replace(/<(\/?)h([1-6])>/g, (_, end, level) => `<${end}h${Math.max(2, Number(level))}>`)
    .replaceAll('<br />\n', '<br />')
}

/** A picture would tell another site who reads; the others surprise those who just write. */
const UNWANTED = [
  'htmlFlow',
  'htmlText',
  'labelStartImage',
  'codeIndented',
  'definition',
  'setextUnderline',
]

/** Their time grows with the square of their number: past so many, they are plain signs. */
const MAX_SIGNS = 300
const COSTLY = {
  attention: /[*_]+/g,
  labelStartLink: /\[/g,
  labelEnd: /\[/g,
  codeText: /`+/g,
  blockQuote: />/g,
  list: /[*+-] /g,
}
