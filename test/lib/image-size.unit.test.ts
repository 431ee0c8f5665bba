import { describe, expect, it } from 'vitest'
import { imageSize } from '../../src/lib/image-size.ts'
import { picture } from '../support/pictures.ts'
import type { Kind } from '../support/pictures.ts'

describe('the size of a picture, from its header', () => {
  const read: [Kind, number, number, string][] = [
    ['png', 400, 600, 'image/png'],
    ['png', 4_000_000_000, 1, 'image/png'],
    ['jpeg', 1200, 1800, 'image/jpeg'],
    ['jpeg', 65_535, 65_535, 'image/jpeg'],
    ['webp', 640, 960, 'image/webp'],
    ['webp', 16_777_216, 1, 'image/webp'],
    ['webp-lossless', 320, 480, 'image/webp'],
    ['webp-lossless', 16_384, 16_384, 'image/webp'],
    ['webp-lossy', 160, 240, 'image/webp'],
  ]
  it.each(read)('reads %s of %d × %d', (kind, width, height, type) => {
    expect(imageSize(picture(kind, width, height))).toEqual({ type, width, height })
  })

  it('shows a photograph taken on its side as it is seen', () => {
    expect(imageSize(picture('jpeg-turned', 1800, 1200))).toMatchObject({
      width: 1200,
      height: 1800,
    })
  })

  it('reads a picture that stands in the middle of other bytes', () => {
    const around = new Uint8Array(2_000)
    around.set(picture('png', 400, 600), 500)
    expect(imageSize(around.subarray(500, 1_500))).toMatchObject({ width: 400, height: 600 })
  })

  const text = (content: string) => new TextEncoder().encode(content.padEnd(64))
  const refused: [string, Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['one byte', new Uint8Array([0xff])],
    ['a drawing with a script', text('<svg onload="alert(1)" width="400" height="600"/>')],
    ['a page', text('<!doctype html><script>alert(1)</script>')],
    ['a GIF', text('GIF89a\x90\x01\x58\x02')],
    ['a PDF', text('%PDF-1.4')],
    ['a width of nothing', picture('png', 0, 600)],
    ['a JPEG of no height', picture('jpeg', 400, 0)],
    [
      'a JPEG that is only filling',
      new Uint8Array(5_000).fill(0xff).map((b, i) => (i === 1 ? 0xd8 : b)),
    ],
    [
      'a JPEG whose segment ends beyond it',
      new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0]),
    ],
    ['a JPEG whose segment has no length', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0])],
    ['a JPEG with a scan before its frame', new Uint8Array([0xff, 0xd8, 0xff, 0xda, 0, 4, 0, 0])],
    ['a RIFF that is no WebP', text('RIFF\x20\0\0\0WAVEfmt ')],
  ]
  it.each(refused)('knows %s for no picture', (_, bytes) => {
    expect(imageSize(bytes)).toBeUndefined()
  })

  it('gives no size for a header that is cut anywhere', () => {
    for (const kind of ['png', 'jpeg', 'webp', 'webp-lossless', 'webp-lossy'] as const) {
      const whole = picture(kind, 400, 600, 0)
      // The size of a JPEG ends at byte 29; what follows is not needed.
      const needed = kind === 'jpeg' ? 29 : kind === 'png' ? 33 : 30
      for (let length = 0; length < needed; length++)
        expect(imageSize(whole.subarray(0, length)), `${kind} cut at ${length}`).toBeUndefined()
    }
  })

  it('neither throws nor stays busy, whatever the bytes', () => {
    let seed = 7
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return (seed >>> 8) % below
    }
    const kinds = ['png', 'jpeg', 'jpeg-turned', 'webp', 'webp-lossless', 'webp-lossy'] as const
    const started = performance.now()
    for (let round = 0; round < 30_000; round++) {
      const bytes = picture(kinds[round % kinds.length]!, 1 + random(5_000), 1 + random(5_000), 80)
      for (let change = random(8); change >= 0; change--) bytes[random(80)] = random(256)
      const size = imageSize(bytes.subarray(0, random(81)))
      if (size) expect(size.width > 0 && size.height > 0).toBe(true)
    }
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
