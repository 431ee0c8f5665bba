import { MAX_PICTURE_BYTES, PLAIN, SHARE, SIZES } from '../../views/browser/cover-sizes.ts'
import type { CoverSize } from '../../data/books/books.ts'
import { setCover } from '../../data/books/book-deeds.ts'
import { hex, randomBytes } from '../../lib/encoding.ts'
import { imageSize } from '../../lib/image-size.ts'
import type { ImageSize } from '../../lib/image-size.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { CoverFault } from './words.ts'

/**
 * A cover as it arrives: the chosen picture, and the sizes that the seller's browser made of it.
 * Nothing but their bytes is trusted: type and dimensions are read from their headers, and a size
 * that is not a scaled copy of the picture is refused. Without a script to make sizes, a light
 * picture serves as it is.
 */
export const MAX_COVER_FORM_BYTES = 6_000_000
const MAX_ALONE_BYTES = 300_000
const LEAST = { width: 400, height: 600 }
const MOST = { width: 4_000, height: 6_000 }
type Picture = ImageSize & { bytes: Uint8Array }
export type Pictures = {
  sizes: Picture[]
  plain?: Picture | undefined
  share?: Picture | undefined
}
type CoverReading =
  { ok: true; pictures: Pictures } | { ok: false; fault: CoverFault; width: number; height: number }

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
      ? { ok: true, pictures: { sizes: [{ ...size, bytes }] } }
      : refuse('alone')
  const pictures = SIZES.map(({ width, maxBytes }, place) => {
    const small = made[place]
    return small && small.length <= maxBytes ? inSmall(size, width, small) : undefined
  })
  const sizes = pictures.filter((one) => one !== undefined)
  const [plain, share] = [files.get('image-jpeg'), files.get('image-partage')]
  const isSound =
    sizes.length === SIZES.length &&
    (!plain || isJpeg(plain, { ...PLAIN, height: heightAt(size, PLAIN.width) })) &&
    (!share || isJpeg(share, SHARE))
  if (!isSound) return refuse('sizes')
  return { ok: true, pictures: { sizes, plain: pictureOf(plain), share: pictureOf(share) } }
}

const heightAt = ({ width, height }: ImageSize, wanted: number) =>
  Math.round((height * Math.min(wanted, width)) / width)

function isJpeg(bytes: Uint8Array, wanted: { width: number; height: number; maxBytes: number }) {
  const size = bytes.length <= wanted.maxBytes ? imageSize(bytes) : undefined
  const isSo = size?.width === wanted.width && Math.abs(size.height - wanted.height) <= 1
  return isSo && size.type === 'image/jpeg'
}

function pictureOf(bytes: Uint8Array | undefined): Picture | undefined {
  const size = bytes && imageSize(bytes)
  return size && { ...size, bytes }
}

/**
 * The picture, if it has the original's proportions at this width, or at its own width when that is
 * less.
 */
function inSmall(original: ImageSize, wanted: number, bytes: Uint8Array): Picture | undefined {
  const width = Math.min(wanted, original.width)
  const height = heightAt(original, wanted)
  const size = imageSize(bytes)
  if (!size || size.type === 'image/png') return undefined
  const isSo = Math.abs(size.width - width) <= 1 && Math.abs(size.height - height) <= 1
  return isSo ? { ...size, bytes } : undefined
}

const ENDINGS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const

/**
 * Stores the pictures, then shows them, then deletes the previous ones. Their keys are random and
 * never used again, not even for the same picture, so that deleting an old cover cannot take a new
 * one with it. False: there is no such book.
 */
export async function changeCover(shop: Shop, slug: string, pictures: Pictures): Promise<boolean> {
  const name = hex(randomBytes(8))
  const put = async (end: string | number, { bytes, type, width, height }: Picture) => {
    const key = `covers/${slug}-${name}-${end}.${ENDINGS[type]}`
    await shop.files.put(key, new Blob([bytes as BlobPart]).stream(), bytes.length)
    return { key, type, width, height }
  }
  const sizes: CoverSize[] = []
  for (const picture of pictures.sizes) sizes.push(await put(picture.width, picture))
  const plain = pictures.plain ? await put('jpeg', pictures.plain) : null
  const share = pictures.share ? await put('partage', pictures.share) : null
  const before = await setCover(shop.sql, slug, { sizes, plain, share })
  const made = [...sizes, plain, share].flatMap((size) => (size ? [size.key] : []))
  forget(shop, before ?? made)
  return before !== undefined
}

export async function dropCover(shop: Shop, slug: string): Promise<void> {
  forget(shop, (await setCover(shop.sql, slug, { sizes: [], plain: null, share: null })) ?? [])
}

/** Runs after the answer: a picture that stays on the disk does no harm. */
function forget(shop: Shop, keys: string[]): void {
  const removed = Promise.allSettled(keys.map((key) => shop.files.remove(key)))
  shop.background(removed)
}
