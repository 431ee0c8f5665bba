/** How bytes are packed by filters that no library here writes (ISO 32000-2, 7.4). */

export const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

export function ascii85(bytes: Buffer): Buffer {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const four = bytes.subarray(at, at + 4)
    let value = Buffer.concat([four, Buffer.alloc(4 - four.length)]).readUInt32BE()
    if (value === 0 && four.length === 4) {
      text += 'z'
      continue
    }
    let five = ''
    for (let i = 0; i < 5; i++, value = Math.floor(value / 85))
      five = String.fromCharCode((value % 85) + 33) + five
    text += five.slice(0, four.length + 1)
  }
  return Buffer.from(`${text}~>`, 'latin1')
}

/** Each run of one byte as such, all else as it is. */
export function runLength(bytes: Buffer): Buffer {
  const packed: number[] = []
  for (let at = 0; at < bytes.length;) {
    let length = 1
    while (length < 128 && bytes[at + length] === bytes[at]) length++
    if (length > 1) packed.push(257 - length, bytes[at]!)
    else packed.push(0, bytes[at]!)
    at += length
  }
  return Buffer.from([...packed, 128])
}

/** With codes that grow by one code earlier than need be, or not (`early` 0). */
export function lzw(bytes: Buffer, early = 1): Buffer {
  let bits = ''
  let [width, codes] = [9, new Map<string, number>()]
  const put = (code: number) => (bits += code.toString(2).padStart(width, '0'))
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : codes.get(text)!)
  put(256)
  let text = ''
  for (const letter of bytes.toString('latin1')) {
    if (text === '' || codes.has(text + letter)) {
      text += letter
      continue
    }
    put(codeOf(text))
    codes.set(text + letter, 258 + codes.size)
    // The reader is one code behind the writer.
    const known = 257 + codes.size + early
    width = known >= 2048 ? 12 : known >= 1024 ? 11 : known >= 512 ? 10 : 9
    if (codes.size === 4096 - 258 - 2) {
      put(256)
      ;[width, codes] = [9, new Map()]
    }
    text = letter
  }
  put(codeOf(text))
  const known = 258 + codes.size + early
  width = known >= 2048 ? 12 : known >= 1024 ? 11 : known >= 512 ? 10 : 9
  put(257)
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2)))
}

/** TIFF's predictor: of each row, what is left when the value before is taken off. */
export function subtracted(bytes: Buffer, columns: number, colors: number, size: 1 | 2): Buffer {
  const row = columns * colors * size
  const out = Buffer.from(bytes)
  for (let start = 0; start < bytes.length; start += row) {
    for (
      let at = start + colors * size;
      at + size <= Math.min(start + row, bytes.length);
      at += size
    ) {
      const before = bytes.readUIntBE(at - colors * size, size)
      out.writeUIntBE((bytes.readUIntBE(at, size) - before) & (size === 1 ? 255 : 65_535), at, size)
    }
  }
  return out
}
