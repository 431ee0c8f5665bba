import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ByteRange, Storage } from '../../src/storage/storage.ts'
import { bodyOf, bytesAt, firstDifference } from '../support/bytes.ts'
import { openDisk, openR2FromNode, openR2InWorkerd, openS3 } from '../support/storage-places.ts'

const MB = 1024 * 1024

const places = {
  'a folder': openDisk,
  'R2, through its binding in Node': openR2FromNode,
  'R2, in workerd': openR2InWorkerd,
  S3: openS3,
}

describe.each(Object.entries(places))('a storage: %s', (_, open) => {
  let storage: Storage
  let close: () => Promise<void>
  beforeAll(async () => ({ storage, close } = await open()))
  afterAll(() => close())

  const put = (key: string, sizeBytes: number, seed = 0) =>
    storage.put(key, bodyOf(sizeBytes, { seed }), sizeBytes)

  const read = async (key: string, range?: ByteRange) => {
    const object = await storage.read(key, range)
    if (!object) throw new Error(`${key} is not there`)
    return object
  }

  /** What is wrong with a stored object; nothing is, when it is whole. */
  const faultOf = async (key: string, length: number, seed = 0) => {
    const { sizeBytes, body } = await read(key)
    const fault = await firstDifference(body, { length, seed })
    return sizeBytes === length ? fault : `said to be of ${sizeBytes} bytes`
  }

  it('answers its probe', async () => {
    const probes = await Promise.all([storage.probe(), storage.probe(), storage.probe()])
    expect(probes).toHaveLength(3)
  })

  it.each([0, 1, 300_000])('gives back %i bytes as they came', async (sizeBytes) => {
    await put('livres/un.pdf', sizeBytes)
    expect(await faultOf('livres/un.pdf', sizeBytes)).toBeUndefined()
  })

  it.each([8 * MB, 8 * MB + 1, 16 * MB, 30 * MB])('gives back %i bytes', async (sizeBytes) => {
    await put('livres/gros.pdf', sizeBytes)
    expect(await faultOf('livres/gros.pdf', sizeBytes)).toBeUndefined()
  })

  it('takes a body in one piece, in crumbs and with empty pieces', async () => {
    await storage.put('piece', bodyOf(9 * MB, { pieceBytes: 9 * MB }), 9 * MB)
    expect(await faultOf('piece', 9 * MB)).toBeUndefined()
    await storage.put('crumbs', bodyOf(999, { pieceBytes: 1 }), 999)
    expect(await faultOf('crumbs', 999)).toBeUndefined()
    const empty = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const length of [0, 2, 0]) controller.enqueue(bytesAt(0, length))
        controller.close()
      },
    })
    await storage.put('empty-pieces', empty, 2)
    expect(await faultOf('empty-pieces', 2)).toBeUndefined()
  })

  it('keeps keys of several folders apart', async () => {
    const longest = `a/${'b'.repeat(198)}`
    const keys = ['a/b/c/d.pdf', 'a/b/d.pdf', 'a-b.d.pdf', longest]
    for (const [seed, key] of keys.entries()) await put(key, 100, seed)
    for (const [seed, key] of keys.entries()) expect(await faultOf(key, 100, seed)).toBeUndefined()
  })

  it('puts a new object in the place of the old', async () => {
    await put('livre.pdf', 5000, 1)
    await put('livre.pdf', 300, 2)
    expect(await faultOf('livre.pdf', 300, 2)).toBeUndefined()
  })

  it('stores one of two bodies that arrive together, unmixed', async () => {
    await Promise.all([put('race.pdf', 9 * MB, 1), put('race.pdf', 9 * MB, 2)])
    const answers = await Promise.all(
      [1, 2].map(async (seed) =>
        firstDifference((await read('race.pdf')).body, { length: 9 * MB, seed }),
      ),
    )
    expect(answers.filter((difference) => difference === undefined)).toHaveLength(1)
  })

  it('knows nothing of what was never put', async () => {
    expect(await storage.read('personne.pdf')).toBeUndefined()
    expect(await storage.read('personne.pdf', { offset: 0, length: 1 })).toBeUndefined()
    await put('fichier', 10)
    expect(await storage.read('fichier/dessous')).toBeUndefined()
  })

  it('forgets an object, and does not mind forgetting it twice', async () => {
    await put('livres/oubli.pdf', 10)
    await storage.remove('livres/oubli.pdf')
    expect(await storage.read('livres/oubli.pdf')).toBeUndefined()
    await storage.remove('livres/oubli.pdf')
    await storage.remove('jamais/vu.pdf')
  })

  describe('a part', () => {
    const length = 700_001
    beforeAll(() => put('parts.pdf', length))

    it.each([
      ['the first byte', { offset: 0, length: 1 }],
      ['the middle', { offset: 262_143, length: 300_000 }],
      ['the last byte', { offset: length - 1, length: 1 }],
      ['from one to the end', { offset: 1, length: length - 1 }],
      ['all of it', { offset: 0, length }],
    ])('is read alone: %s', async (_, range) => {
      const { sizeBytes, body } = await read('parts.pdf', range)
      expect(sizeBytes).toBe(length)
      expect(await firstDifference(body, range)).toBeUndefined()
    })

    it.each([
      ['begins past the end', { offset: length, length: 1 }],
      ['ends past the end', { offset: length - 1, length: 2 }],
      ['is empty', { offset: 0, length: 0 }],
      ['begins before the beginning', { offset: -1, length: 2 }],
      ['is not a number', { offset: NaN, length: 1 }],
    ])("is the caller's fault when it %s", async (_, range) => {
      await expect(storage.read('parts.pdf', range)).rejects.toThrow(RangeError)
    })
  })

  it.each([
    ['climbs', '../x'],
    ['climbs inside', 'a/../b'],
    ['is absolute', '/abs'],
    ['has an empty step', 'a//b'],
    ['is empty', ''],
    ['ends in a slash', 'a/'],
    ['holds a NUL', 'a\0b'],
    ['holds a backslash', 'a\\b'],
    ['ends in a line feed', 'a\n'],
    ['is a dot file', '.env'],
    ['is upper case', 'Livre.pdf'],
    ['is too long', 'a'.repeat(300)],
  ])('refuses a key that %s', async (_, key) => {
    const refused = /not a storage key/
    await expect(storage.put(key, bodyOf(1), 1)).rejects.toThrow(refused)
    await expect(storage.read(key)).rejects.toThrow(refused)
    await expect(storage.remove(key)).rejects.toThrow(refused)
  })

  describe.each([
    ['small', 100_000],
    ['of several parts', 9 * MB],
  ])('a %s body', (_, sizeBytes) => {
    const cut = (failsAfterBytes: number) => bodyOf(sizeBytes, { failsAfterBytes })
    const faults: [string, () => ReadableStream<Uint8Array>, RegExp][] = [
      ['is shorter than announced', () => bodyOf(sizeBytes - 1), /ended after/],
      ['is longer than announced', () => bodyOf(sizeBytes + 1), /is longer/],
      ['is followed by a byte too much', () => withOneMore(bodyOf(sizeBytes)), /is longer/],
      ['is cut midway', () => cut(sizeBytes * 0.95), /line was cut|fetch failed/],
      ['is cut at once', () => cut(0), /line was cut|fetch failed/],
    ]

    it.each(faults)('that %s leaves what was there', async (_, body, message) => {
      await put('stable.pdf', 1234, 9)
      await expect(storage.put('stable.pdf', body(), sizeBytes)).rejects.toThrow(message)
      expect(await faultOf('stable.pdf', 1234, 9)).toBeUndefined()
    })

    it.each(faults)('that %s leaves nothing where nothing was', async (_, body, message) => {
      await expect(storage.put('neuf.pdf', body(), sizeBytes)).rejects.toThrow(message)
      expect(await storage.read('neuf.pdf')).toBeUndefined()
    })
  })

  it('goes on after a reader who leaves', async () => {
    await put('abandon.pdf', 9 * MB)
    const reader = (await read('abandon.pdf')).body.getReader()
    await reader.read()
    await reader.cancel()
    await (await read('abandon.pdf')).body.cancel()
    expect(await faultOf('abandon.pdf', 9 * MB)).toBeUndefined()
  })
})

// In workerd the body comes by HTTP, and the server may read on after it has answered.
describe.each([
  ['a folder', openDisk],
  ['R2, through its binding in Node', openR2FromNode],
  ['S3', openS3],
])('a storage that refuses a body midway: %s', (_, open) => {
  let place: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    place = await open()
  })
  afterAll(() => place.close())

  it('lets go of it', async () => {
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await setTimeout(1)
        controller.enqueue(new Uint8Array(1000))
      },
      cancel() {
        cancelled = true
      },
    })
    await expect(place.storage.put('sans-fin.pdf', endless, 5000)).rejects.toThrow('longer')
    expect(cancelled).toBe(true)
  })
})

/** One byte more, alone, after all the announced ones have been handed over. */
function withOneMore(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const append = new TransformStream<Uint8Array, Uint8Array>({
    flush: (controller) => controller.enqueue(new Uint8Array(1)),
  })
  return body.pipeThrough(append)
}
