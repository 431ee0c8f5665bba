import type { CoverSize } from '../../data/books.ts'
import { setCover } from '../../data/book-deeds.ts'
import { hex, randomBytes } from '../../lib/encoding.ts'
import { imageSize } from '../../lib/image-size.ts'
import type { ImageSize } from '../../lib/image-size.ts'
import type { Shop } from '../../shop.ts'
import type { CoverFault } from './words.ts'

/**
 * A cover as it arrives: the picture that was chosen, and the sizes that the seller's browser made
 * of it. Nothing is believed of them but their bytes: what they are and how large is read from
 * their headers, and a size that is not the picture's in small is refused. Where no script made
 * sizes, a light picture serves as it is.
 */
export const MAX_COVER_FORM_BYTES = 6_000_000
export const MAX_PICTURE_BYTES = 4_000_000
const MAX_ALONE_BYTES = 300_000
const LEAST = { width: 400, height: 600 }
const MOST = { width: 4_000, height: 6_000 }
/** The widths that pages use, and what each may weigh. */
export const SIZES = [
  { width: 160, maxBytes: 15_000 },
  { width: 320, maxBytes: 40_000 },
  { width: 640, maxBytes: 120_000 },
] as const

type Picture = ImageSize & { bytes: Uint8Array }
export type CoverReading =
  | { ok: true; pictures: Picture[] }
  | { ok: false; fault: CoverFault; width: number; height: number }

export function readCover(files: ReadonlyMap<string, Uint8Array>): CoverReading {
  const bytes = files.get('image')
  const size = bytes && imageSize(bytes)
  const refuse = (fault: CoverFault): CoverReading => {
    return { ok: false, fault, width: size?.width ?? 0, height: size?.height ?? 0 }
  }
  if (!bytes) return refuse('none')
  if (bytes.length > MAX_PICTURE_BYTES) return refuse('heavy')
  if (!size) return refuse('type')
  if (size.width < LEAST.width || size.height < LEAST.height) return refuse('small')
  if (size.width > MOST.width || size.height > MOST.height) return refuse('large')
  if (size.width >= size.height) return refuse('wide')

  const made = SIZES.map(({ width }) => files.get(`image-${width}`))
  if (made.every((one) => one === undefined))
    return bytes.length <= MAX_ALONE_BYTES
      ? { ok: true, pictures: [{ ...size, bytes }] }
      : refuse('alone')
  const pictures = SIZES.map(({ width, maxBytes }, place) => {
    const small = made[place]
    return small && small.length <= maxBytes ? inSmall(size, width, small) : undefined
  })
  const all = pictures.filter((one) => one !== undefined)
  return all.length === SIZES.length ? { ok: true, pictures: all } : refuse('sizes')
}

/** The picture, if it is what the original gives at this width, or at its own when that is less. */
function inSmall(original: ImageSize, wanted: number, bytes: Uint8Array): Picture | undefined {
  const width = Math.min(wanted, original.width)
  const height = Math.round((original.height * width) / original.width)
  const size = imageSize(bytes)
  if (!size || size.type === 'image/png') return undefined
  const isSo = Math.abs(size.width - width) <= 1 && Math.abs(size.height - height) <= 1
  return isSo ? { ...size, bytes } : undefined
}

const ENDINGS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const

/**
 * Stores the pictures, then shows them, then forgets those before. Their keys are random and never
 * used again, not even for the same picture: forgetting an old cover cannot take a new one with it.
 * False: there is no such book.
 */
export async function changeCover(shop: Shop, slug: string, pictures: Picture[]): Promise<boolean> {
  const name = hex(randomBytes(8))
  const sizes: CoverSize[] = []
  for (const { bytes, type, width, height } of pictures) {
    const key = `covers/${slug}-${name}-${width}.${ENDINGS[type]}`
    await shop.files.put(key, new Blob([bytes as BlobPart]).stream(), bytes.length)
    sizes.push({ key, type, width, height })
  }
  const before = await setCover(shop.sql, slug, sizes)
  forget(shop, before ?? sizes.map(({ key }) => key))
  return before !== undefined
}

export async function dropCover(shop: Shop, slug: string): Promise<void> {
  forget(shop, (await setCover(shop.sql, slug, [])) ?? [])
}

/** Behind the answer: a picture that stays on the disk is no harm. */
function forget(shop: Shop, keys: string[]): void {
  const removed = Promise.allSettled(keys.map((key) => shop.files.remove(key)))
  shop.background(removed)
}
