/** What the seller's browser makes of a cover, and the shop asks of it. */
export const MAX_PICTURE_BYTES = 4_000_000
/** The widths that pages use, and what each may weigh. */
export const SIZES = [
  { width: 160, maxBytes: 15_000 },
  { width: 320, maxBytes: 40_000 },
  { width: 640, maxBytes: 120_000 },
] as const

/** For browsers without WebP, and for link previews: what WhatsApp shows (JPEG, light). */
export const PLAIN = { width: 320, maxBytes: 40_000 } as const
export const SHARE = { width: 1200, height: 630, maxBytes: 250_000 } as const
