import type { RangedSource } from '../../packages/pdf/source.ts'
import { gather } from '../lib/gather.ts'
import type { Storage } from './storage.ts'

/** A stored object as a ranged source; one that was truncated or deleted meanwhile throws. */
export const storedSource = (files: Storage, key: string, sizeBytes: number): RangedSource => ({
  sizeBytes,
  async read(offset, length, room) {
    if (length === 0) return new Uint8Array()
    const object = await files.read(key, { offset, length })
    if (!object) throw new Error('a stored object is gone')
    return gather(object.body, length, room)
  },
})
