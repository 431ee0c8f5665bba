import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inspectPdf } from '../../packages/pdf/inspect.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { readRecipe } from '../../packages/pdf/stamp/read-recipe.ts'
import { stampTail } from '../../packages/pdf/stamp/tail.ts'

const FIXTURES = 'test/fixtures/pdf'
const FILES = 2_000
const SLOWEST_MS = 2_000

/** The same mutations at each run: mulberry32. */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const WORDS = [
  '999999999',
  '-1',
  '0 R',
  '1 0 R',
  '<<',
  '>>',
  '[[[[',
  '(',
  '/Kids',
  '/Length',
  '/Prev 9',
  '/W [9 9 9]',
  'obj',
  'stream\n',
  'endstream',
  'xref\n0 9999999\n',
  'trailer',
  'startxref\n0',
  '%%EOF',
  '\0\xff',
]

function mutate(pdf: Buffer, random: (below: number) => number): Buffer {
  let bytes = Buffer.from(pdf)
  for (let times = 1 + random(6); times > 0; times--) {
    const at = random(bytes.length)
    const word = Buffer.from(WORDS[random(WORDS.length)]!, 'latin1')
    const length = random(60)
    switch (random(6)) {
      case 0:
        bytes[at] = random(256)
        break
      case 1:
        word.copy(bytes, at)
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(at)])
        break
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])
        break
      case 4:
        bytes.copy(bytes, random(bytes.length), at, at + length)
        break
      default:
        // Digits are what leads elsewhere.
        for (let i = at; i < Math.min(at + 400, bytes.length); i++) {
          if (bytes[i]! < 0x30 || bytes[i]! > 0x39) continue
          bytes[i] = 0x30 + random(10)
          break
        }
    }
    if (bytes.length === 0) return Buffer.from('%PDF-')
  }
  return bytes
}

it(`answers for each of ${FILES} damaged files, and soon`, { timeout: 120_000 }, async () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.pdf'))
  const originals = names.map((name) => readFileSync(join(FIXTURES, name)))
  const random = randomFrom(20_261_102)
  let slowestMs = 0
  const seen = new Set<string>()
  for (let i = 0; i < FILES; i++) {
    const bytes = new Uint8Array(mutate(originals[i % originals.length]!, random))
    const started = performance.now()
    const report = await inspectPdf(bytesSource(bytes))
    slowestMs = Math.max(slowestMs, performance.now() - started)
    seen.add(report.ok ? `pages ${report.pages}` : report.why)
    if (report.ok) expect(report.pages === null || report.pages > 0).toBe(true)
  }
  expect([...seen]).toEqual(expect.arrayContaining(['pages 3', 'broken', 'cut']))
  expect(slowestMs).toBeLessThan(SLOWEST_MS)
})

const STAMP = { line: 'Awa · 7K3M-94FT', order: '7K3M94FT', buyer: 'Awa', phone: '' }

it(`stamps or not each of ${FILES} damaged files, and soon`, { timeout: 120_000 }, async () => {
  const places = [FIXTURES, 'test/fixtures/stamp']
  const originals = places.flatMap((place) =>
    readdirSync(place)
      .filter((name) => /^(?!owner|user).*\.pdf$/.test(name))
      .map((name) => readFileSync(join(place, name))),
  )
  const random = randomFrom(20_261_124)
  const seen = new Map<string, number>()
  let slowestMs = 0
  for (let i = 0; i < FILES; i++) {
    const bytes = new Uint8Array(mutate(originals[i % originals.length]!, random))
    const started = performance.now()
    const { recipe, fault } = await readRecipe(bytesSource(bytes), 'all')
    const tail = recipe && stampTail(recipe, STAMP)
    slowestMs = Math.max(slowestMs, performance.now() - started)
    seen.set(fault ?? 'stamped', (seen.get(fault ?? 'stamped') ?? 0) + 1)
    if (!tail) continue
    // What is appended leaves a file that opens, with as many pages as before.
    const stamped = new Uint8Array(Buffer.concat([bytes, tail]))
    const [before, after] = [bytes, stamped].map((pdf) => inspectPdf(bytesSource(pdf)))
    expect(await after, `file ${i}`).toEqual(await before)
  }
  expect(seen.get('stamped')).toBeGreaterThan(FILES / 6)
  expect(seen.get('odd')).toBeGreaterThan(FILES / 20)
  expect(slowestMs).toBeLessThan(SLOWEST_MS)
})
