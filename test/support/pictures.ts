/** Headers of pictures, as their formats write them, padded to a weight. */
export type Kind = 'jpeg' | 'png' | 'webp' | 'webp-lossless' | 'webp-lossy' | 'jpeg-turned'

export function picture(kind: Kind, width: number, height: number, sizeBytes = 1_000): Uint8Array {
  const header = HEADERS[kind](width, height)
  const bytes = new Uint8Array(Math.max(sizeBytes, header.length))
  bytes.set(header)
  return bytes
}

const ascii = (text: string) => Array.from(text, (sign) => sign.charCodeAt(0))
const big16 = (value: number) => [(value >> 8) & 255, value & 255]
const big32 = (value: number) => [...big16(value >>> 16), ...big16(value)]
const little = (value: number, count: number) =>
  Array.from({ length: count }, (_, i) => (value >>> (8 * i)) & 255)
const riff = (chunk: string, body: number[]) => [
  ...ascii('RIFF'),
  ...little(4 + 8 + body.length, 4),
  ...ascii(`WEBP${chunk}`),
  ...little(body.length, 4),
  ...body,
]
const FRAME_TABLES = [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]
const frame = (width: number, height: number) =>
  [0xff, 0xc2, 0, 17, 8].concat(big16(height), big16(width), FRAME_TABLES)
/** Exif, big-endian, with one entry: orientation 6. */
const turned = ascii('Exif\0\0MM\0*').concat([
  0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
])
const app0 = [0xff, 0xe0, 0, 16, ...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]
const scan = [0xff, 0xda]

const HEADERS: Record<Kind, (width: number, height: number) => number[]> = {
  png: (width, height) =>
    ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR').concat(
      big32(width),
      big32(height),
      [8, 6, 0, 0, 0, 0, 0, 0, 0],
    ),
  jpeg: (width, height) => [0xff, 0xd8].concat(app0, frame(width, height), scan),
  'jpeg-turned': (width, height) =>
    [0xff, 0xd8, 0xff, 0xe1].concat(big16(turned.length + 2), turned, frame(width, height), scan),
  webp: (width, height) =>
    riff('VP8X', [0x10, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)]),
  'webp-lossless': (width, height) =>
    riff('VP8L', [0x2f, ...little((width - 1) | ((height - 1) << 14), 4), 0, 0, 0, 0, 0]),
  'webp-lossy': (width, height) =>
    riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2)]),
}
