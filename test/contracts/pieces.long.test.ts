import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PiecesLost } from '../../src/storage/storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { bytesAt, firstDifference } from '../support/bytes.ts'
import { openDisk, openR2InWorkerd, openS3 } from '../support/storage-places.ts'

// Not through the binding in Node: miniflare asks for each method of an upload in a synchronous
// call that can be woken by the end of the one before (seen once in three full runs, on a loaded
// machine), and nothing but development goes that way.
const places = {
  'a folder': openDisk,
  'R2, in workerd': openR2InWorkerd,
  S3: openS3,
}

describe.each(Object.entries(places))('an object in pieces: %s', (_, open) => {
  let storage: Storage
  let close: () => Promise<void>
  beforeAll(async () => ({ storage, close } = await open()))
  afterAll(() => close())

  /** Two full pieces and a bit. */
  const pieceBytes = () => storage.pieces.pieceBytes('livres/un')
  const sizeOf = () => 2 * pieceBytes() + 12_345
  const put = (key: string, upload: string, number: number, seed = 0) => {
    const offset = number * pieceBytes()
    const length = Math.min(pieceBytes(), sizeOf() - offset)
    return storage.pieces.put(key, upload, { number, offset }, bytesAt(offset, length, seed))
  }
  const isWhole = async (key: string, seed = 0) => {
    const object = await storage.read(key)
    expect(object?.sizeBytes).toBe(sizeOf())
    expect(await firstDifference(object!.body, { length: sizeOf(), seed })).toBeUndefined()
  }

  it('is whole once it is finished, and not seen before', async () => {
    const key = 'livres/un'
    const upload = await storage.pieces.begin(key)
    const tags = []
    for (const number of [0, 1, 2]) {
      tags.push(await put(key, upload, number))
      expect(await storage.read(key)).toBeUndefined()
    }
    await storage.pieces.finish(key, upload, tags, sizeOf())
    await isWhole(key)
  })

  it('takes its pieces in any order, several at once', async () => {
    const key = 'livres/desordre'
    const upload = await storage.pieces.begin(key)
    const last = await put(key, upload, 2)
    const [first, second] = await Promise.all([put(key, upload, 0), put(key, upload, 1)])
    await storage.pieces.finish(key, upload, [first, second, last], sizeOf())
    await isWhole(key)
  })

  it('keeps the second of two that are the same piece', async () => {
    const key = 'livres/deux-fois'
    const upload = await storage.pieces.begin(key)
    const tags = []
    for (const seed of [1, 2]) {
      for (const number of [0, 1, 2]) tags[number] = await put(key, upload, number, seed)
    }
    await storage.pieces.finish(key, upload, tags, sizeOf())
    await isWhole(key, 2)
  })

  it('may be a single short piece', async () => {
    const upload = await storage.pieces.begin('court')
    const bytes = bytesAt(0, 10)
    const tag = await storage.pieces.put('court', upload, { number: 0, offset: 0 }, bytes)
    await storage.pieces.finish('court', upload, [tag], 10)
    const object = await storage.read('court')
    expect(await firstDifference(object!.body, { length: 10 })).toBeUndefined()
  })

  it('is finished once, whoever asks again', async () => {
    const key = 'livres/encore'
    const upload = await storage.pieces.begin(key)
    const tags = [await put(key, upload, 0), await put(key, upload, 1), await put(key, upload, 2)]
    const finish = () => storage.pieces.finish(key, upload, tags, sizeOf())
    await finish()
    await finish()
    await isWhole(key)
    await expect(put(key, upload, 0)).rejects.toThrow(PiecesLost)
    await storage.pieces.drop(key, upload)
    await isWhole(key)
  })

  it('is not made of pieces that do not add up', async () => {
    const key = 'livres/manque'
    const upload = await storage.pieces.begin(key)
    const tags = [await put(key, upload, 0), await put(key, upload, 1)]
    const finish = (given: string[], size: number) =>
      storage.pieces.finish(key, upload, given, size)
    await expect(finish(tags, sizeOf())).rejects.toThrow(PiecesLost)
    await expect(finish([...tags, `12345:never-sent`], sizeOf())).rejects.toThrow(PiecesLost)
    expect(await storage.read(key)).toBeUndefined()
  })

  it('is forgotten when it is dropped, and so are its pieces', async () => {
    const key = 'livres/abandon'
    const upload = await storage.pieces.begin(key)
    const tag = await put(key, upload, 0)
    await storage.pieces.drop(key, upload)
    await storage.pieces.drop(key, upload)
    await expect(put(key, upload, 1)).rejects.toThrow(PiecesLost)
    const alone = storage.pieces.finish(key, upload, [tag], pieceBytes())
    await expect(alone).rejects.toThrow(PiecesLost)
    expect(await storage.read(key)).toBeUndefined()
  })

  it('does not mix with another upload to the same key', async () => {
    const key = 'livres/memes'
    const [one, two] = [await storage.pieces.begin(key), await storage.pieces.begin(key)]
    const tags: string[] = []
    for (const number of [0, 1, 2]) {
      tags[number] = await put(key, one, number, 1)
      await put(key, two, number, 2)
    }
    await storage.pieces.finish(key, one, tags, sizeOf())
    await isWhole(key, 1)
  })

  it('refuses keys that climb', async () => {
    await expect(storage.pieces.begin('../x')).rejects.toThrow(/not a storage key/)
  })
})
