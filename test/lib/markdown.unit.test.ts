import { describe, expect, it } from 'vitest'
import { markdown } from '../../src/lib/markdown.ts'

const ALLOWED = /^<\/?(p|em|strong|ul|ol|li|h[2-6]|blockquote|code|pre|hr|br|a)\b[^>]*>$/

describe('a description', () => {
  it('keeps what people write with Markdown, headings below the page’s own', () => {
    expect(markdown('# Été\n\n**gras** et *doux*\n\n- un\n- deux')).toBe(
      '<h2>Été</h2>\n<p><strong>gras</strong> et <em>doux</em></p>\n<ul>\n<li>un</li>\n<li>deux</li>\n</ul>',
    )
    expect(markdown('[la suite](https://exemple.test/?a=1&b=2)')).toBe(
      '<p><a href="https://exemple.test/?a=1&amp;b=2">la suite</a></p>',
    )
  })

  it('leaves plain text plain: paragraphs, lines, indents, brackets', () => {
    expect(markdown('Un.\n\nDeux,\ntrois.')).toBe('<p>Un.</p>\n<p>Deux,\ntrois.</p>')
    expect(markdown('    en retrait')).toBe('<p>en retrait</p>')
    expect(markdown('[1]: une note')).toBe('<p>[1]: une note</p>')
  })

  it('breaks a line once, and takes a link to elsewhere as its words', () => {
    expect(markdown('Un  \ndeux\n\n---')).toBe('<p>Un<br>deux</p>\n<hr>')
    expect(markdown('[ici](tel:+22370000000)')).toBe('<p>ici</p>')
    expect(markdown('[*a*](x:y "t") [b](z) <xy:c>')).toBe(
      '<p><em>a</em> <a href="z">b</a> xy:c</p>',
    )
  })

  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="alert(1)">b</b>',
    '<div>\n\n<iframe src="//mal.test">',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1) "t>")',
    '[x](&#106;avascript:alert(1))',
    '[x](\tjavascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '<javascript:alert(1)>',
    '![x](data:image/svg+xml,<svg/onload=alert(1)>)',
    '![x](https://mal.test/pixel.gif)',
    '[![x](y)](javascript:alert(1))',
    '[a](<https://x.test/"onmouseover="alert(1)>)',
    '[a](https://x.test "t\\" onmouseover=\\"alert(1)")',
    '<!-- --><script>',
    '<style>*{display:none}</style>',
    '`</code><script>`',
    '[x]: javascript:alert(1)\n\n[x]',
  ]
  it.each(hostile)('shows no markup of %s', (text) => {
    const html = markdown(text)
    const tags = html.match(/<[^>]*>/g) ?? []
    for (const tag of tags) expect(tag).toMatch(ALLOWED)
    for (const tag of tags.filter((one) => one.startsWith('<a')))
      expect(tag).toMatch(/^<a href="(https?:[^":]*|y)"( title="[^"]*")?>$/)
    expect(html).not.toMatch(/<img|href="(javascript|data|vbscript)/i)
  })

  const costly = ['[', '*a_ ', '[a](', '> ', 'a**b', '- ', '`a``', '<a ', '&#', '*a **a ', '![']
  it.each(costly)('is quick with 20 000 letters of %s', (piece) => {
    const text = piece.repeat(20_000 / piece.length)
    const started = performance.now()
    markdown(text)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
