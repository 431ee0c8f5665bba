import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as built from '../../src/views/browser/built.ts'
import { browserModule } from '../../tools/browser.ts'

it('are those that their sources make (npm run build:browser)', () => {
  const file = new URL('../../src/views/browser/built.ts', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(browserModule())
})

it.each(Object.entries(built))('%s weighs four kilobytes at most', (_, script) => {
  expect(Buffer.byteLength(script)).toBeLessThanOrEqual(4_096)
})
