const LINES = 400

/**
 * The content of the probe's address: text that a reverse proxy would compress, and that identifies
 * the shop.
 */
export const probeText = (tag: string) => `${tag} The doctor was here.\n`.repeat(LINES)

/** A fixed date in the past. */
export const PROBE_DATE = new Date('2026-01-01T00:00:00Z')
