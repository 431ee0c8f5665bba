import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createTarPacker } from 'modern-tar'
import type { TarHeader } from 'modern-tar'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hex, utf8 } from '../../src/lib/encoding.ts'
import { gzip } from '../../src/lib/gzip.ts'
import { lastOfTar, TAR_END_BYTES, tarHeader, tarPadding } from '../../src/lib/tar.ts'
import { readManifest } from '../../src/backup/archive.ts'
import { MANIFEST } from '../../src/data/archive/manifest.ts'
import type { Manifest } from '../../src/data/archive/manifest.ts'
import { signIn } from '../support/desk.ts'
import { aBook, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { inMemory, packed, unpacked } from '../support/backup.ts'

/** An archive that somebody made to hurt whoever opens it. */
const opened = vi.hoisted(() => ({ times: 0 }))
vi.mock('modern-tar', async (original) => {
  const real = await original<typeof import('modern-tar')>()
  const unpackTar: typeof real.unpackTar = (...given) => {
    opened.times++
    return real.unpackTar(...given)
  }
  return { ...real, unpackTar }
})

let good: Uint8Array
let target: TestShop
beforeAll(async () => {
  const old = await openTestShop()
  await signIn(old)
  await aBook(old)
  good = await packed(old.shop)
  await old.close()
})
beforeEach(async () => {
  target = await openTestShop()
  return () => target.close()
})

const manifestOf = async (bytes: Uint8Array) => (await readManifest(inMemory(bytes)))!
const sum = async (bytes: Uint8Array) =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)))

async function tarFile(name: string, bytes: Uint8Array) {
  const header = await tarHeader(name, bytes.length, new Date(0))
  return Buffer.concat([header, bytes, new Uint8Array(tarPadding(bytes.length))])
}

/** The same archive under another manifest, with more in front of it. */
async function forged(
  change: (manifest: Manifest) => unknown,
  before: Uint8Array = new Uint8Array(),
): Promise<Uint8Array> {
  const { at } = (await lastOfTar(good, MANIFEST))!
  const manifest = await manifestOf(good)
  for (const entry of [...manifest.rows, ...manifest.files])
    if (entry.offset !== null) entry.offset += before.length
  const text = utf8(JSON.stringify(change(manifest)))
  const end = new Uint8Array(TAR_END_BYTES)
  return Buffer.concat([before, good.subarray(0, at), await tarFile(MANIFEST, text), end])
}

const isUntouched = async () => {
  const [row] = await target.sql`select not exists (select from books) as is_empty`
  return row!['isEmpty'] === true
}

describe('a suitcase', () => {
  it('goes in as it was made', async () => {
    expect(await unpacked(target.shop, await forged((manifest) => manifest))).toMatchObject({
      state: 'done',
    })
  })

  const keys = [
    '../../evil', '/etc/evil', 'books/../../evil', 'books/..', 'books\\..\\evil', 'books/a\0b',
    'backups/2026.tar', 'exports/x.tar', 'imports/x.tar', './x', 'books//x', '', 'a'.repeat(2_000),
    'books/\u202Efdp.exe', 'books/%2e%2e/x',
  ] // prettier-ignore
  it.each(keys.map((key) => [key.slice(0, 30), key]))(
    'with a file for %j is none',
    async (_, key) => {
      const bytes = await forged((manifest) => ({
        ...manifest,
        files: manifest.files.map((file) => ({ ...file, key })),
      }))
      expect(await unpacked(target.shop, bytes)).toMatchObject({
        state: 'refused',
        fault: 'not-a-suitcase',
      })
      expect(await isUntouched()).toBe(true)
      expect(existsSync(join(dirname(target.folder), 'evil'))).toBe(false)
    },
  )

  const shapes: [string, (manifest: Manifest) => unknown][] = [
    ['a table that does not travel', (m) => ({ ...m, rows: m.rows.map((r) => ({ ...r, table: 'sessions' })) })],
    ['a table that is another statement', (m) => ({ ...m, rows: m.rows.map((r) => ({ ...r, table: 'people; drop table people' })) })],
    ['rows that lie outside', (m) => ({ ...m, rows: m.rows.map((r) => ({ ...r, offset: 2 ** 50 })) })],
    ['rows before the beginning', (m) => ({ ...m, rows: m.rows.map((r) => ({ ...r, offset: -512 })) })],
    ['rows of no whole size', (m) => ({ ...m, rows: m.rows.map((r) => ({ ...r, sizeBytes: 1.5 })) })],
    ['a file larger than all', (m) => ({ ...m, files: m.files.map((f) => ({ ...f, sizeBytes: 2 ** 53 })) })],
    ['the same rows ten thousand times', (m) => ({ ...m, rows: Array.from({ length: 10_000 }, () => m.rows[0]) })],
    ['two files over each other', (m) => ({ ...m, files: [...m.files, { ...m.files[0]!, key: 'books/other.pdf' }] })],
    ['one place for two files', (m) => ({ ...m, files: m.files.map((f) => ({ ...f, key: 'books/x.pdf', offset: null })) })],
    ['a file in the place of a folder', (m) => ({ ...m, files: [...m.files, { ...m.files[0]!, key: 'books', offset: null }] })],
    ['a NUL in a text', (m) => ({ ...m, missing: ['a\u0000b'] })],
    ['half a sign in a text', (m) => ({ ...m, missing: ['a\ud800'] })],
    ['another format', (m) => ({ ...m, kiosque: 2 })],
    ['nothing', () => null],
    ['a list', () => []],
  ] // prettier-ignore
  it.each(shapes)('with %s is none', async (_, change) => {
    expect(await unpacked(target.shop, await forged(change))).toMatchObject({
      state: 'refused',
      fault: 'not-a-suitcase',
    })
    expect(await isUntouched()).toBe(true)
  })

  it('with rows that unpack without end is refused, though its sums are right', async () => {
    const bomb = await gzip(new Uint8Array(64 * 1024 * 1024))
    const before = await tarFile('rows/bomb.ndjson.gz', bomb)
    const bytes = await forged(
      (m) => ({
        ...m,
        rows: [
          {
            ...m.rows[0]!,
            sizeBytes: bomb.length,
            offset: 512,
          },
        ].map((row) => ({ ...row, sha256: bombSum })),
      }),
      before,
    )
    expect(await unpacked(target.shop, bytes)).toMatchObject({ state: 'refused', fault: 'damaged' })
    expect(await isUntouched()).toBe(true)
  })
  let bombSum: string
  beforeAll(async () => {
    bombSum = await sum(await gzip(new Uint8Array(64 * 1024 * 1024)))
  })

  it('writes none of the files, links and devices that its tar has besides', async () => {
    const { readable, controller } = createTarPacker()
    const whole = new Response(readable).arrayBuffer()
    const entries: TarHeader[] = [
      { name: '../../evil', size: 5, type: 'file' },
      { name: '/tmp/kiosque-evil', size: 5, type: 'file' },
      { name: 'books/le-livre.pdf', size: 5, type: 'file' },
      { name: 'evil-link', size: 0, type: 'symlink', linkname: '/etc/passwd' },
      { name: 'evil-hard', size: 0, type: 'link', linkname: '../../etc/passwd' },
      { name: 'evil-device', size: 0, type: 'character-device' },
      { name: 'short', size: 5, type: 'file', pax: { path: '../../evil-pax' } },
      { name: MANIFEST, size: 5, type: 'file' },
    ]
    for (const header of entries) {
      const stream = controller.add(header)
      const writer = stream.getWriter()
      if (header.size) await writer.write(utf8('evil!'))
      await writer.close()
    }
    controller.finalize()
    const all = new Uint8Array(await whole)
    const before = all.subarray(0, all.length - TAR_END_BYTES)
    const bytes = await forged((manifest) => manifest, before)
    expect(await unpacked(target.shop, bytes)).toMatchObject({ state: 'done' })
    const written = readdirSync(target.folder, { recursive: true }).map(String)
    expect(written.filter((name) => /evil|short/.test(name))).toEqual([])
    const beside = readdirSync(dirname(target.folder))
    expect(beside.filter((name) => /evil/.test(name))).toEqual([])
    const book = await target.shop.files.read('books/le-livre.pdf')
    expect(await new Response(book!.body).text()).toContain('%PDF')
  })

  it('that is cut anywhere is none', async () => {
    for (const part of [0, 1, 511, 512, good.length >> 1, good.length - 1_024, good.length - 1])
      expect(await readManifest(inMemory(good.subarray(0, part)))).toBeUndefined()
  })

  it('is looked at once, however often it says that its manifest begins here', async () => {
    const block = new Uint8Array(512)
    block.set(utf8(`${MANIFEST}\0`))
    const blocks = Array.from({ length: 20_000 }, () => block)
    opened.times = 0
    expect(await readManifest(inMemory(Buffer.concat(blocks)))).toBeUndefined()
    // One for each of the lengths that are looked at: 64 kB, 512 kB, 4 MB, all of it.
    expect(opened.times).toBeLessThanOrEqual(4)
  })

  it('of two million things that are none is refused with the memory of a small host', async () => {
    const script = `
      import { readManifest } from './src/backup/archive.ts'
      import { TAR_END_BYTES, tarHeader, tarPadding } from './src/lib/tar.ts'
      const text = new TextEncoder().encode('{"rows":[' + '{},'.repeat(2_000_000) + '{}]}')
      const parts = [await tarHeader('manifest.json', text.length, new Date(0)), text, new Uint8Array(tarPadding(text.length) + TAR_END_BYTES)]
      const bytes = Buffer.concat(parts)
      const read = async (offset, length) => new Blob([bytes.subarray(offset, offset + length)]).stream()
      console.log(await readManifest({ sizeBytes: bytes.length, read }) === undefined ? 'refused' : 'taken')`
    const options = [
      '--max-old-space-size=400',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      script,
    ]
    const said = execFileSync(process.execPath, options, { encoding: 'utf8', stdio: 'pipe' })
    expect(said.trim()).toBe('refused')
  })
})
