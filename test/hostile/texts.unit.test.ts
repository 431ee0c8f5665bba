import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/storefront/catalog/summary.ts'
import { markdown } from '../../src/lib/markdown.ts'

const LETTERS = 20_000
const many = (sign: string, letters = LETTERS) => sign.repeat(letters / sign.length)
const SIGNS = (
  '[ ![ < ` * _ ** *_ *[ & &amp; &#x41; > \\ ]( [a]( [a](b) ![a](b) [a](<b>) <x:y> *a* a_ _. ``' +
  ' **a [[ [] [*'
).split(' ')
const LINES = ['- a\n', '1. a\n', '> a\n', '> - ', '- - ', 'a\n\n', '*\n', '```\n', '# a\n', '  \n']

describe('a text of Markdown', () => {
  it.each([...SIGNS, ...LINES])(
    'is a page of so much markup at most, and plain text beyond: %j',
    (sign) => {
      const html = markdown(many(sign, 10 * LETTERS))
      expect(html.match(/<[a-oq-z]/g)?.length ?? 0).toBeLessThan(4_500)
    },
  )

  it('loses nothing beyond: it stands there as it was typed', () => {
    const words = Array.from({ length: 6_000 }, (_, i) => `mot${i}`)
    const html = markdown(words.map((word) => `*${word}* <${word}>\n\n`).join(''))
    expect(html).toContain('<em>mot3</em> &lt;mot3&gt;')
    expect(html).toContain('<p>*mot5999* &lt;mot5999&gt;</p>')
    for (const word of words) expect(html).toContain(word)
    expect(html.match(/<(?!\/?(p|em)>)/)).toBeNull()
  })
})

describe('a summary', () => {
  const signs = ['[', '![', '<', '\n', ' \n', '[](', '[a](', '*', '#', '1']

  it.each(signs)('takes no longer for %j than for words', (sign) => {
    const plainMs = time(many('Il y avait une fois.'))
    expect(time(many(sign))).toBeLessThan(10 * plainMs + 200)
  })

  it('is of the words of a link, wherever it leads', () => {
    expect(plainText('Voir [ici](https://fr.wikipedia.org/wiki/X_(Y)) et [là](z).')).toBe(
      'Voir ici et là.',
    )
  })

  function time(text: string): number {
    const started = performance.now()
    plainText(text)
    return performance.now() - started
  }
})
