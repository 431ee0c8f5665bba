import { describe, expect, it } from 'vitest'
import { deliverableOf } from '../../src/files/deliverable.ts'
import { openParts } from '../../src/files/parts.ts'
import type { Part } from '../../src/files/parts.ts'
import { bytesAt } from '../support/bytes.ts'
import { openDisk } from '../support/storage-places.ts'

const STORED = bytesAt(0, 300_000)
const TAIL = bytesAt(0, 5_000, 77)
const WHOLE = new Uint8Array([...STORED, ...TAIL])

async function withDisk<T>(deed: (disk: Awaited<ReturnType<typeof openDisk>>) => Promise<T>) {
  const disk = await openDisk()
  try {
    await disk.storage.put('books/a.pdf', new Blob([STORED]).stream(), STORED.length)
    return await deed(disk)
  } finally {
    await disk.close()
  }
}

const PARTS: Part[] = [{ key: 'books/a.pdf', sizeBytes: STORED.length }, TAIL]
const seam = STORED.length

const read = async (body: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(body).arrayBuffer())

describe('a file with a tail of the buyer’s own', () => {
  it.each([
    ['the whole', 0, WHOLE.length],
    ['what lies before the seam', 10, 1_000],
    ['the last byte before the seam', seam - 1, 1],
    ['one byte on each side', seam - 1, 2],
    ['up to the seam', seam - 100, 100],
    ['from the seam on', seam, TAIL.length],
    ['the tail alone, in its middle', seam + 7, 20],
    ['across the seam to the end', seam - 200_000, 200_000 + TAIL.length],
    ['the last byte', WHOLE.length - 1, 1],
  ])('is cut over its parts: %s', (_, offset, length) =>
    withDisk(async ({ storage }) => {
      let sentBytes = 0
      const opened = await openParts(
        storage,
        PARTS,
        { offset, length },
        (bytes) => (sentBytes += bytes),
      )
      const bytes = await read(opened!.body)
      expect(Buffer.compare(bytes, WHOLE.subarray(offset, offset + length))).toBe(0)
      expect(await opened!.ended).toEqual({ kind: 'whole' })
      expect(sentBytes).toBe(length)
    }),
  )

  it('has a tag of the whole, the same each time, and another for each tail', () => {
    const file = {
      id: 1,
      name: 'a.pdf',
      storageKey: 'books/a.pdf',
      mediaType: 'application/pdf',
      sizeBytes: STORED.length,
      sha256: 'a'.repeat(64),
      createdAt: new Date(),
      damagedAt: null,
    }
    const bare = deliverableOf(file)
    const mine = deliverableOf(file, TAIL)
    expect(bare).toMatchObject({ etag: `"${'a'.repeat(32)}"`, sizeBytes: STORED.length })
    expect(mine.sizeBytes).toBe(WHOLE.length)
    expect(mine.etag).toMatch(/^"[0-9a-f]{32}"$/)
    expect(deliverableOf(file, TAIL.slice()).etag).toBe(mine.etag)
    const tags = [bare, mine, deliverableOf(file, TAIL.subarray(1))].map(({ etag }) => etag)
    expect(new Set(tags).size).toBe(3)
  })
})

describe('a part that is not what it was', () => {
  const all = { offset: 0, length: WHOLE.length }

  it('is not opened when it comes first', () =>
    withDisk(async ({ storage }) => {
      await storage.put('books/a.pdf', new Blob(['short']).stream(), 5)
      expect(await openParts(storage, PARTS, all)).toBeUndefined()
      await storage.remove('books/a.pdf')
      expect(await openParts(storage, PARTS, all)).toBeUndefined()
    }))

  it('breaks the stream when it comes later, and never ends it as if it were whole', () =>
    withDisk(async ({ storage }) => {
      const missing = { key: 'books/b.pdf', sizeBytes: 10 }
      const opened = await openParts(storage, [TAIL, missing], {
        offset: 0,
        length: TAIL.length + 10,
      })
      await expect(read(opened!.body)).rejects.toThrow('a part is missing')
      expect(await opened!.ended).toMatchObject({ kind: 'failed' })
    }))

  it('breaks the stream when it ends early, or goes on too long', async () => {
    const ends = async (bytes: number) => {
      const opened = await openParts(
        {
          read: async () => ({ sizeBytes: 100, body: new Blob([new Uint8Array(bytes)]).stream() }),
        },
        [{ key: 'books/a.pdf', sizeBytes: 100 }],
        { offset: 0, length: 100 },
      )
      await expect(read(opened!.body)).rejects.toThrow(/a part (ended|is longer)/)
      return (await opened!.ended).kind
    }
    expect(await ends(99)).toBe('failed')
    expect(await ends(101)).toBe('failed')
  })

  it('is let go of when the reader goes away', async () => {
    let released = false
    const opened = await openParts(
      {
        read: async () => ({
          sizeBytes: 100,
          body: new ReadableStream<Uint8Array>({
            pull: (controller) => controller.enqueue(new Uint8Array(10)),
            cancel: () => void (released = true),
          }),
        }),
      },
      [{ key: 'books/a.pdf', sizeBytes: 100 }],
      { offset: 0, length: 100 },
    )
    const reader = opened!.body.getReader()
    await reader.read()
    await reader.cancel()
    expect(await opened!.ended).toEqual({ kind: 'cut' })
    expect(released).toBe(true)
  })
})
