/** The sizes of a cover: the seller's browser makes them, and the shop requires them. */
export const MAX_PICTURE_BYTES = 4_000_000
/** The widths that pages use, and the maximum weight of each. */
export const SIZES = [
  { width: 160, maxBytes: 15_000 },
  { width: 320, maxBytes: 40_000 },
  { width: 640, maxBytes: 120_000 },
] as const

/** For browsers without WebP, and for link previews: what WhatsApp shows (a light JPEG). */
export const PLAIN = { width: 320, maxBytes: 40_000 } as const
export const SHARE = { width: 1200, height: 630, maxBytes: 250_000 } as const
