import type { RangedSource } from '../../packages/pdf/source.ts'
import { sha256Stream } from '../lib/sha256.ts'

const PIECE_BYTES = 4 * 1024 * 1024

/**
 * The same source, which takes the sha-256 of its bytes as they are read: whoever reads a file from
 * its first byte to its last has it for nothing, and what nobody read is read at the end. Of 500 MB no
 * byte is read twice for it.
 */
export function hashed(source: RangedSource): { source: RangedSource; sha256(): Promise<string> } {
  const { sizeBytes } = source
  const hash = sha256Stream()
  let hashedBytes = 0
  const read = async (offset: number, length: number, room?: Uint8Array<ArrayBuffer>) => {
    const bytes = await source.read(offset, length, room)
    if (offset <= hashedBytes && hashedBytes < offset + length) {
      hash.add(bytes.subarray(hashedBytes - offset))
      hashedBytes = offset + length
    }
    return bytes
  }
  return {
    source: { sizeBytes, read },
    async sha256() {
      const room = new Uint8Array(Math.min(PIECE_BYTES, sizeBytes - hashedBytes))
      for (let at = hashedBytes; at < sizeBytes; at += PIECE_BYTES)
        await read(at, Math.min(PIECE_BYTES, sizeBytes - at), room)
      return hash.hex()
    },
  }
}
