/** Sound by hand: frames, tags and boxes, of which nobody hears anything. */

/** A frame of layer III, 128 kbit/s, 44.1 kHz, unless its header says otherwise. */
export const frame = (header = [0xff, 0xfb, 0x90, 0x00], length = 417, fill = 0) => {
  const bytes = Buffer.alloc(length, fill)
  Buffer.from(header).copy(bytes)
  return bytes
}
export const frames = (count: number, ...one: Parameters<typeof frame>) =>
  Buffer.concat(Array.from({ length: count }, () => frame(...one)))

/** An ID3v2.3 tag with frames of text; `said`: the length that it tells of itself. */
export function id3(texts: Record<string, string> = {}, said?: number): Buffer {
  const content = Buffer.concat([
    ...Object.entries(texts).map(([name, text]) => {
      const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
      const head = Buffer.alloc(11)
      head.write(name, 'latin1')
      head.writeUInt32BE(bytes.length + 1, 4)
      head[10] = 1
      return Buffer.concat([head, bytes])
    }),
    Buffer.alloc(60),
  ])
  const head = Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1')
  const length = said ?? content.length
  for (let i = 0; i < 4; i++) head[9 - i] = (length >> (7 * i)) & 127
  return Buffer.concat([head, content])
}

export const ape = (sizeBytes: number) => {
  const tag = Buffer.alloc(32 + sizeBytes, 7)
  tag.write('APETAGEX', 'latin1')
  tag.writeUInt32LE(sizeBytes, 12)
  return tag
}

/** A box of MPEG-4; `form`: its length in 64 bits, or left to the end of the file. */
export function box(type: string, content: Uint8Array, form: 'plain' | 'long' | 'last' = 'plain') {
  const head = Buffer.alloc(form === 'long' ? 16 : 8)
  const length = head.length + content.length
  head.writeUInt32BE(form === 'long' ? 1 : form === 'last' ? 0 : length)
  head.write(type, 4, 'latin1')
  if (form === 'long') head.writeBigUInt64BE(BigInt(length), 8)
  return Buffer.concat([head, content])
}
export const boxes = (type: string, ...inner: Uint8Array[]) => box(type, Buffer.concat(inner))
export const numbers = (...all: number[]) => {
  const bytes = Buffer.alloc(4 * all.length)
  all.forEach((number, i) => bytes.writeUInt32BE(number, 4 * i))
  return bytes
}

/** A track: its kind, how it is coded, and where its pieces lie. */
export const track = (
  kind = 'soun',
  codec = 'mp4a',
  chunks = [100],
  sizes: Uint8Array = Buffer.alloc(0),
) =>
  boxes(
    'trak',
    boxes(
      'mdia',
      box('hdlr', Buffer.concat([numbers(0, 0), Buffer.from(kind), numbers(0, 0, 0)])),
      boxes(
        'minf',
        boxes(
          'stbl',
          box('stsd', Buffer.concat([numbers(0, 1), box(codec, Buffer.alloc(28))])),
          box('stco', numbers(0, chunks.length, ...chunks)),
          sizes,
        ),
      ),
    ),
  )

/** The head of a film or a book to listen to: `seconds` long. */
export const moov = (seconds: number, tracks = [track()], ...more: Uint8Array[]) =>
  boxes('moov', box('mvhd', numbers(0, 0, 0, 1_000, seconds * 1_000)), ...tracks, ...more)

export const named = (title: string, artist: string) => {
  const text = (type: string, value: string) =>
    boxes(type, box('data', Buffer.concat([numbers(1, 0), Buffer.from(value)])))
  return boxes('udta', boxes('meta', numbers(0), boxes('ilst', text('\xa9nam', title), text('\xa9ART', artist)))) // prettier-ignore
}

export const ftyp = (brand = 'M4A ') => box('ftyp', Buffer.from(`${brand}\0\0\0\0isom`))
export const mdat = (sizeBytes = 4_000, form?: 'plain' | 'long' | 'last') =>
  box('mdat', Buffer.alloc(sizeBytes, 0x21), form)

export const anM4a = (seconds = 5) => new Uint8Array(Buffer.concat([ftyp(), mdat(), moov(seconds)]))
