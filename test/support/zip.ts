import { deflateRawSync } from 'node:zlib'
import { crc32 } from '../../packages/epub/crc32.ts'

/** A file of a zip; what is said of it may be something else than what it is. */
export type Packed = {
  name: string
  /** Its name in other letters. */
  rawName?: Uint8Array
  bytes: string | Uint8Array
  stored?: boolean
  /** What lies there in its place. */
  raw?: Uint8Array
  /** In the directory. */
  said?: {
    crc?: number
    sizeBytes?: number
    packedBytes?: number
    offset?: number
    method?: number
  }
  flags?: number
  /** Its sizes stand behind it (APPNOTE 4.3.9), as a zip has that was written while it was sent. */
  isStreamed?: boolean
}

type Whole = { front?: Uint8Array; comment?: string; isLong?: boolean }

/** A zip, by hand: its files in order; `isLong` writes its numbers as zip64 does. */
export function packZip(files: Packed[], { front, comment = '', isLong }: Whole = {}): Uint8Array {
  const local: Uint8Array[] = front ? [front] : []
  const directory: Uint8Array[] = []
  const start = front?.length ?? 0
  let offset = 0
  for (const file of files) {
    const name = Buffer.from(file.rawName ?? file.name)
    const bytes = Buffer.from(file.bytes)
    const raw = file.raw ?? (file.stored ? bytes : deflateRawSync(bytes))
    const crc = file.said?.crc ?? crc32(bytes)
    const sizeBytes = file.said?.sizeBytes ?? bytes.length
    const packedBytes = file.said?.packedBytes ?? raw.length
    const at = file.said?.offset ?? offset
    const head = [
      u16(isLong ? 45 : 20),
      u16((file.flags ?? 0) | (file.isStreamed ? 8 : 0)),
      u16(file.said?.method ?? (file.stored ? 0 : 8)),
      u32(0),
    ]
    const sizes = [u32(crc), u32(packedBytes), u32(sizeBytes)]
    const here = Buffer.concat([
      Buffer.from('PK\x03\x04'),
      ...head,
      ...(file.isStreamed ? [u32(0), u32(0), u32(0)] : sizes),
      u16(name.length),
      u16(0),
      name,
      raw,
      ...(file.isStreamed ? [Buffer.from('PK\x07\x08'), ...sizes] : []),
    ])
    const long = [u16(1), u16(24), u64(sizeBytes), u64(packedBytes), u64(at)]
    const most = u32(0xffffffff)
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02'),
        u16(isLong ? 45 : 20),
        ...head,
        ...(isLong ? [u32(crc), most, most] : sizes),
        u16(name.length),
        u16(isLong ? 28 : 0),
        u16(0),
        u16(0),
        u16(0),
        u32(0),
        isLong ? most : u32(at),
        name,
        ...(isLong ? long : []),
      ]),
    )
    local.push(here)
    offset += here.length
  }
  const records = Buffer.concat(directory)
  const count = files.length
  const longEnd = [
    Buffer.from('PK\x06\x06'),
    u64(44),
    u16(45),
    u16(45),
    u32(0),
    u32(0),
    u64(count),
    u64(count),
    u64(records.length),
    u64(offset),
    Buffer.from('PK\x06\x07'),
    u32(0),
    u64(start + offset + records.length),
    u32(1),
  ]
  const end = [
    Buffer.from('PK\x05\x06'),
    u16(0),
    u16(0),
    u16(isLong ? 0xffff : count),
    u16(isLong ? 0xffff : count),
    ...(isLong ? [u32(0xffffffff), u32(0xffffffff)] : [u32(records.length), u32(offset)]),
    u16(comment.length),
    Buffer.from(comment, 'latin1'),
  ]
  return new Uint8Array(Buffer.concat([...local, records, ...(isLong ? longEnd : []), ...end]))
}

const u16 = (number: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(number)
  return bytes
}
const u32 = (number: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}
const u64 = (number: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(number))
  return bytes
}
