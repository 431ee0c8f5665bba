import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { watchMemory } from '../support/memory.ts'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { anM4a, frames } from '../support/sound.ts'
import { aPdf, EPUB_FRAME, sender } from '../support/uploads.ts'
import type { UploadState } from '../support/uploads.ts'
import { packZip } from '../support/zip.ts'

const MB = 1024 * 1024
const SEND_MS = 60_000
/** What a process may grow by: a few pieces, and what the collector leaves for later. */
const MAX_GROWTH_MB = 100

const runtimes: [string, number, (databaseUrl: string) => Promise<Running>][] = [
  ['Node', 50 * MB, (url) => onNode({ DATABASE_URL: url })],
  ['workerd', 12 * MB, onWorkerd],
]

describe.each(runtimes)('on %s', (_, sizeBytes, start) => {
  const shop = shopOn(start)
  let send: ReturnType<typeof sender>
  let slug: string
  beforeAll(async () => {
    const headers = await shop.deskHeaders()
    send = sender(shop.visit, headers)
    const [book] = await shop.sql()`select slug from books order by id limit 1`
    slug = book!['slug'] as string
  }, START_MS)

  it(
    'a large file is sent in pieces, in little memory, and published',
    async () => {
      const whole = await aPdf(4, sizeBytes)
      const memory = watchMemory(shop.running().pid)
      const { end, begun } = await send.whole(slug, whole, { slot: 'livre' })
      const growthMb = memory.end()
      expect(end.state).toBe('published')
      expect((await send.state(begun.page)).pieces).toHaveLength(
        Math.ceil(whole.length / begun.pieceBytes),
      )
      const [file] = await shop.sql()`
        select sha256, pages, size_bytes from files order by id desc limit 1`
      expect(file).toEqual({
        sha256: createHash('sha256').update(whole).digest('hex'),
        pages: 4,
        sizeBytes: whole.length,
      })
      expect(growthMb).toBeLessThan(MAX_GROWTH_MB)
    },
    SEND_MS,
  )

  it(
    'an EPUB and sound are read to their end, in little memory, and published',
    async () => {
      const memory = watchMemory(shop.running().pid)
      const frame = Object.entries(EPUB_FRAME).map(([name, bytes]) => ({ name, bytes }))
      const book = [...frame, { name: 'book.xhtml', bytes: '<html/>' }]
      const picture = { name: 'a.jpg', bytes: new Uint8Array(8 * MB).fill(7) }
      const files: [string, Uint8Array, string, number | null][] = [
        ['a.epub', packZip([...book, { ...picture, stored: true }]), 'application/epub+zip', null],
        ['b.epub', packZip([...book, picture], { isLong: true }), 'application/epub+zip', null],
        ['c.mp3', new Uint8Array(frames(20_000)), 'audio/mpeg', 522],
        ['d.m4b', anM4a(3_600), 'audio/mp4', 3_600],
      ]
      for (const [name, bytes, mediaType, seconds] of files) {
        expect((await send.whole(slug, bytes, { name })).end.state).toBe('published')
        const [file] = await shop.sql()`
          select media_type, seconds, name, sha256 from files order by id desc limit 1`
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        expect(file).toEqual({ mediaType, seconds, name, sha256 })
      }
      const raw = deflateRawSync(new Uint8Array(60 * MB))
      const bomb = { name: 'a', bytes: '', raw, said: { sizeBytes: 59 * MB, method: 8 } }
      const { end } = await send.whole(slug, packZip([...book, bomb]))
      expect(end).toMatchObject({ state: 'refused', fault: 'epub-damaged' })
      expect(memory.end()).toBeLessThan(MAX_GROWTH_MB)
    },
    SEND_MS,
  )

  it('what is cut, odd or unreadable is refused', async () => {
    const pdf = await aPdf(1)
    const { end } = await send.whole(slug, pdf.subarray(0, pdf.length / 2))
    expect(end).toMatchObject({ state: 'refused', fault: 'pdf-cut' })
    const secret = await aPdf(1, 0, { userPassword: 'secret', pdfVersion: '1.7ext3' })
    expect((await send.whole(slug, secret)).end.fault).toBe('pdf-password')
    const begun = (await send.start(slug, {
      name: 'a.pdf',
      size: '1000',
      slot: 'livre',
    })) as UploadState
    const long = await send.piece(begun.page, 0, new Uint8Array(1_001))
    expect(long.status).toBe(413)
    await long.text()
    const short = await send.piece(begun.page, 0, new Uint8Array(999))
    expect(short.status).toBe(400)
    await short.text()
  })
})
