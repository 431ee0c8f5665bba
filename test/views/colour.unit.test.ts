import { describe, expect, it } from 'vitest'
import { contrast, isColour } from '../../src/lib/colour.ts'
import type { Colour } from '../../src/lib/colour.ts'
import { stylesheet } from '../../src/views/style.ts'

/** The tokens as the served stylesheet gives them, by day and by night. */
function schemes(brand: Colour): Record<string, Colour>[] {
  const css = stylesheet(brand)
  return [...css.matchAll(/:root\{([^}]*)\}/g)].slice(0, 2).map(([, tokens]) => {
    const pairs = [...tokens!.matchAll(/--([\w-]+):(#[0-9a-f]{6})/g)]
    return Object.fromEntries(pairs.map(([, name, value]) => [name, value as Colour]))
  })
}

/** A grid over all colours, its corners with it, and the greys between. */
const brands: Colour[] = []
for (let red = 0; red <= 255; red += 51)
  for (let green = 0; green <= 255; green += 51)
    for (let blue = 0; blue <= 255; blue += 51)
      brands.push(`#${[red, green, blue].map((c) => c.toString(16).padStart(2, '0')).join('')}`)
for (let grey = 0; grey <= 255; grey += 5)
  brands.push(`#${grey.toString(16).padStart(2, '0').repeat(3)}`)

describe('a shop’s own colour', () => {
  it('is read, and written on, whatever it is: by day and by night', () => {
    for (const brand of brands) {
      const both = schemes(brand)
      expect(both).toHaveLength(2)
      for (const { paper, card, shade, accent, 'on-accent': onAccent } of both) {
        for (const surface of [paper!, card!, shade!])
          expect(contrast(accent!, surface), `${brand} as ${accent} on ${surface}`).toBeGreaterThan(4.5) // prettier-ignore
        expect(contrast(onAccent!, accent!), `on ${brand} as ${accent}`).toBeGreaterThan(4.5)
      }
    }
  })

  it('stays as it is where it can be read', () => {
    expect(schemes('#9a3b17')[0]!['accent']).toBe('#9a3b17')
    expect(schemes('#ffd400')[0]!['accent']).not.toBe('#ffd400')
    expect(schemes('#ffd400')[1]!['accent']).toBe('#ffd400')
  })

  it('leaves every other colour of text readable, too', () => {
    for (const scheme of schemes('#9a3b17')) {
      const { paper, card, shade } = scheme
      for (const text of ['ink', 'soft', 'good', 'bad'])
        for (const surface of [paper!, card!, shade!])
          expect(contrast(scheme[text]!, surface), `${text} on ${surface}`).toBeGreaterThan(4.5)
      expect(contrast(scheme['gold-ink']!, scheme['gold']!)).toBeGreaterThan(4.5)
      for (const surface of [paper!, card!])
        expect(contrast(scheme['edge']!, surface)).toBeGreaterThan(3)
    }
  })

  it('is six digits and nothing else', () => {
    expect(['#9a3b17', '#9A3B17', '#fff', 'red', '#9a3b17;', ''].map(isColour)).toEqual([
      true, false, false, false, false, false,
    ]) // prettier-ignore
  })
})
