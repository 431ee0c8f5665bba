const LINES = 400

/** What the probe's address holds: text that a reverse proxy would like to compress, and that says whose it is. */
export const probeText = (tag: string) => `${tag} The doctor was here.\n`.repeat(LINES)

/** A date in the past, the same for ever. */
export const PROBE_DATE = new Date('2026-01-01T00:00:00Z')
