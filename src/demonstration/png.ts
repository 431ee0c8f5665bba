import { promisify } from 'node:util'
import { constants, deflate } from 'node:zlib'

const compress = promisify(deflate)

/** Red, green and blue. */
export type Colour = number[]

/**
 * A PNG whose pixels are indices into a palette. `rows` holds, for each row, a zero (no filter) and
 * then one byte a pixel, as the format wants them.
 */
export async function encodePng(
  width: number,
  rows: Uint8Array,
  palette: Colour[],
): Promise<Buffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(rows.length / (width + 1), 4)
  header.set([8, 3], 8)
  // Grain has no repetitions to look for: Huffman codes alone are as small, and much faster.
  const pixels = await compress(rows, { strategy: constants.Z_HUFFMAN_ONLY })
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

// Node has this one too, but only since 20.15.
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of data) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
