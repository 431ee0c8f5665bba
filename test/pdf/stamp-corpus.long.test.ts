import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as stories from '../../demonstration/make/stories.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { readRecipe } from '../../packages/pdf/stamp/read-recipe.ts'
import type { StampChoice, StampRecipe } from '../../packages/pdf/stamp/recipe.ts'
import { stampTail } from '../../packages/pdf/stamp/tail.ts'
import { handMade } from '../corpus/hand-made.ts'
import { unsound } from '../corpus/unsound.ts'
import { DPI, inPdfJs, pictures, qpdfCheck, textByPage } from '../corpus/tools.ts'
import type { Picture } from '../corpus/tools.ts'

/** What other programs make, and how other programs then see it with a stamp. */

const folder = mkdtempSync(join(tmpdir(), 'corpus-'))
afterAll(() => rmSync(folder, { recursive: true }))

execFileSync('sh', ['test/corpus/make.sh', join(folder, 'made')])
const corpus = new Map<string, () => Promise<Uint8Array> | Uint8Array>()
for (const place of [join(folder, 'made'), 'test/fixtures/stamp', 'test/fixtures/pdf']) {
  for (const name of readdirSync(place)) {
    if (!name.endsWith('.pdf') || /^(owner|user)-/.test(name)) continue
    corpus.set(name.slice(0, -4), () => new Uint8Array(readFileSync(join(place, name))))
  }
}
for (const [name, text] of Object.entries(handMade))
  corpus.set(`hand-${name}`, () => new Uint8Array(Buffer.from(text, 'latin1')))
corpus.set('pdfkit', async () => new Uint8Array((await stories.makePdf()).bytes))

const stamp = {
  line: 'Exemplaire personnel : Awa Traoré-Kéïta · +225 ••••••89 · commande 7K3M-94FT',
  order: '7K3M94FT',
  buyer: 'Awa Traoré-Kéïta',
  phone: '+225 ••••••89',
}
const isTold = (text: string) => text.includes(stamp.line)

/** What the foot may hold, from the lower edge of what is seen. */
const FOOT_POINTS = 16

function differences(before: Picture, after: Picture) {
  expect([after.width, after.height]).toEqual([before.width, before.height])
  const foot = before.height - Math.ceil((FOOT_POINTS * DPI) / 72)
  const found = { atFoot: 0, elsewhere: 0 }
  for (let y = 0; y < before.height; y++)
    for (let x = 0; x < before.width; x++)
      if (before.at(x, y) !== after.at(x, y)) found[y >= foot ? 'atFoot' : 'elsewhere']++
  return found
}

async function recipeOf(bytes: Uint8Array, choice: StampChoice): Promise<StampRecipe> {
  const reading = await readRecipe(bytesSource(bytes), choice)
  if (!reading.recipe) throw new Error(reading.fault)
  // As the database gives it back.
  return JSON.parse(JSON.stringify(reading.recipe)) as StampRecipe
}

it('is of forty PDFs and more', () => {
  expect(corpus.size).toBeGreaterThanOrEqual(40)
})

describe('a stamp is read by others, and changes nothing else', { timeout: 180_000 }, () => {
  it.each([...corpus.keys()])('%s', async (name) => {
    const original = await corpus.get(name)!()
    const [before, after] = [join(folder, 'before.pdf'), join(folder, 'after.pdf')]
    writeFileSync(before, original)
    const plain = { pages: pictures(before), qpdf: qpdfCheck(before), js: await inPdfJs(original) }

    const choices = plain.pages.length > 10 ? (['all', 'tenth'] as const) : (['all'] as const)
    for (const choice of choices) {
      const tail = stampTail(await recipeOf(original, choice), stamp)
      expect(tail).toEqual(stampTail(await recipeOf(original, choice), stamp))
      const stamped = new Uint8Array(Buffer.concat([original, tail]))
      writeFileSync(after, stamped)
      const chosen = plain.pages.map((_, page) => choice === 'all' || page % 10 === 0)

      expect(qpdfCheck(after)).toBeLessThanOrEqual(plain.qpdf)
      expect(textByPage(after).map(isTold)).toEqual(chosen)
      const pages = pictures(after)
      expect(pages.length).toBe(plain.pages.length)
      for (const [page, picture] of plain.pages.entries()) {
        const { atFoot, elsewhere } = differences(picture, pages[page]!)
        expect({ page, elsewhere, isStamped: atFoot > 0 }).toEqual({
          page,
          elsewhere: 0,
          isStamped: chosen[page],
        })
      }

      const js = await inPdfJs(stamped)
      expect(js.texts.map(isTold)).toEqual(chosen)
      const { atFoot, elsewhere } = differences(plain.js.picture, js.picture)
      expect({ elsewhere, isStamped: atFoot > 0 }).toEqual({ elsewhere: 0, isStamped: true })
      expect(js.title).toBe(plain.js.title)
      expect(js.custom).toMatchObject({
        KiosqueOrder: stamp.order,
        KiosqueBuyer: stamp.buyer,
        KiosquePhone: stamp.phone,
      })
    }
  })
})

describe('a page whose drawing ends badly shows its stamp, and nothing else, in poppler', () => {
  it.each(Object.keys(unsound))('%s', async (name) => {
    const original = new Uint8Array(Buffer.from(unsound[name]!, 'latin1'))
    const [before, after] = [join(folder, 'before.pdf'), join(folder, 'after.pdf')]
    writeFileSync(before, original)
    const tail = stampTail(await recipeOf(original, 'all'), stamp)
    writeFileSync(after, Buffer.concat([original, tail]))
    const [plain, stamped] = [pictures(before)[0]!, pictures(after)[0]!]
    const { atFoot, elsewhere } = differences(plain, stamped)
    expect({ elsewhere, isStamped: atFoot > 0 }).toEqual({ elsewhere: 0, isStamped: true })
  })
})
