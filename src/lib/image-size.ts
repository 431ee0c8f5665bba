/**
 * What a picture is and how large it is shown, from its header alone: JPEG, PNG or WebP, by
 * content, whatever its name says. Undefined for anything else, and for a header that is cut, lies
 * about its lengths or names a size of nothing. Every step moves forward and at most `MAX_STEPS`
 * are taken, so that no bytes keep it busy. What stands after the header is not looked at.
 *
 * PNG (third edition) §11.2.1; RFC 9649 (WebP); ITU T.81 annex B and Exif 2.32 §4.6.4 (JPEG).
 */
export type ImageSize = { type: ImageType; width: number; height: number }
type ImageType = 'image/jpeg' | 'image/png' | 'image/webp'

const MAX_STEPS = 200

export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = png(view) ?? webp(view) ?? jpeg(view)
  return size && size.width > 0 && size.height > 0 ? size : undefined
}

function png(view: DataView): ImageSize | undefined {
  if (view.byteLength < 33 || !stands(view, 0, '\x89PNG\r\n\x1a\n\0\0\0\rIHDR')) return undefined
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

function webp(view: DataView): ImageSize | undefined {
  if (view.byteLength < 30 || !stands(view, 0, 'RIFF') || !stands(view, 8, 'WEBP')) return undefined
  const type = 'image/webp'
  if (stands(view, 12, 'VP8 ') && stands(view, 23, '\x9d\x01\x2a')) {
    const [width, height] = [view.getUint16(26, true), view.getUint16(28, true)]
    return { type, width: width & 0x3fff, height: height & 0x3fff }
  }
  if (stands(view, 12, 'VP8L') && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true)
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (stands(view, 12, 'VP8X')) {
    const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    return { type, width: uint24(24) + 1, height: uint24(27) + 1 }
  }
  return undefined
}

function jpeg(view: DataView): ImageSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  let isTurned = false
  let at = 2
  for (let step = 0; step < MAX_STEPS; step++) {
    // A segment: FF, its marker, then its length, which counts itself.
    if (at + 4 > view.byteLength || view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = view.getUint16(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > view.byteLength) return undefined
    if (isFrame(marker)) {
      if (length < 8) return undefined
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      const type = 'image/jpeg'
      return isTurned ? { type, width: height, height: width } : { type, width, height }
    }
    // The scan, the end, or a marker that has no length: there was no frame.
    if (marker === 0xda || (marker >= 0xd0 && marker <= 0xd9) || marker === 0x01) return undefined
    if (marker === 0xe1) isTurned = isTurnedBySide(view, at + 4, end)
    at = end
  }
  return undefined
}

/** SOF0 to SOF15, without the three that are tables. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Whether Exif says that the picture was taken on its side, as phones do. */
function isTurnedBySide(view: DataView, start: number, end: number): boolean {
  const tiff = start + 6
  if (tiff + 8 > end || !stands(view, start, 'Exif\0\0')) return false
  const little = stands(view, tiff, 'II')
  if (!little && !stands(view, tiff, 'MM')) return false
  const list = tiff + view.getUint32(tiff + 4, little)
  if (list + 2 > end) return false
  const count = Math.min(view.getUint16(list, little), MAX_STEPS)
  for (let i = 0; i < count; i++) {
    const entry = list + 2 + i * 12
    if (entry + 12 > end) return false
    if (view.getUint16(entry, little) !== 0x0112) continue
    const orientation = view.getUint16(entry + 8, little)
    return orientation >= 5 && orientation <= 8
  }
  return false
}

function stands(view: DataView, at: number, text: string): boolean {
  if (at + text.length > view.byteLength) return false
  for (let i = 0; i < text.length; i++)
    if (view.getUint8(at + i) !== text.charCodeAt(i)) return false
  return true
}
