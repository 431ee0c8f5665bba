import type { RangedSource } from '../../packages/pdf/source.ts'
import type { Storage } from './storage.ts'

/** A stored object, read by ranges; an object that is cut or gone meanwhile throws. */
export const storedSource = (files: Storage, key: string, sizeBytes: number): RangedSource => ({
  sizeBytes,
  async read(offset, length) {
    if (length === 0) return new Uint8Array()
    const object = await files.read(key, { offset, length })
    if (!object) throw new Error('a stored object is gone')
    const bytes = new Uint8Array(length)
    let filled = 0
    for await (const piece of object.body) {
      bytes.set(piece, filled)
      filled += piece.length
    }
    if (filled !== length) throw new Error('a stored object is cut')
    return bytes
  },
})
