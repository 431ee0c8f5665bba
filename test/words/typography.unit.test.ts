import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const DICTIONARIES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?:words|fr)\.ts$/.test(file))
  .map((file) => `src/${file}`)
/** On one line, between apostrophes or backticks, without what is put into it. */
const TEXTS = /'(?:[^'\\]|\\.)*'|`[^`]*`/g
/** Where a choice is put in, its texts count by themselves. */
const PUT_IN = /\$\{[^{}]*\}/g
/** A space at which a line may break, where French has one that never breaks. */
const BREAKS = /« |\S »|[\p{L}\p{N}»’…)] (?:[;!]|[:?](?! [`']))(?=[ '`]|$)/u

it('no French sentence breaks before its sign, or within its quotation marks', () => {
  expect(DICTIONARIES.length).toBeGreaterThan(20)
  const found = DICTIONARIES.flatMap((file) => {
    const lines = readFileSync(file, 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      .split('\n')
    return lines
      .flatMap((line) => line.replace(PUT_IN, '…').match(TEXTS) ?? [])
      .filter((text) => BREAKS.test(text))
      .map((text) => `${file}: ${text}`)
  })
  expect(found).toEqual([])
})
