/**
 * What is needed to stamp a PDF without reading it again: made once, kept for ever. An appended
 * update (ISO 32000-1, 7.5.6) is these objects with the buyer's words put in, and a new table.
 *
 * A tail must be the same bytes for as long as somebody may come back for the rest of a download:
 * years, and versions of this software. So `format` 1 and what `stampTail` makes of it never change,
 * not by a space: for another stamp, add a format 2 beside it, for files sent from then on.
 * `test/pdf/stamp.unit.test.ts` holds a tail of each format to its hash.
 */
export type StampRecipe = {
  /** 2 stands firm where a page's own drawing is not sound, 3 is seen on grey, too; files sent before keep theirs. */
  format: 1 | 2 | 3
  /** The original's length, where the tail begins. */
  sizeBytes: number
  /** The tail's table is of the same kind as the last one of the original (7.5.4, 7.5.8). */
  xref: 'table' | 'stream'
  /** Where that one is. */
  previous: number
  /** The entries that the new trailer repeats, /Root among them. */
  trailer: string
  /** The first half of /ID, in hexadecimal. */
  id: string | null
  /** /Info, which is written again with the order's code beside what it held. */
  info: { number: number; generation: number; entries: string }
  /** The first of the new objects: font, opening, then a stamp for each of `places`. */
  first: number
  /** How many numbers there are, with the new ones. */
  size: number
  places: StampPlace[]
  /** From format 2 on: which of `places` are drawn beside a page's contents (too), and the object's number. */
  beside?: [place: number, form: number][]
  /** Pages and their shared resources: number, generation, and the whole object. */
  objects: [number: number, generation: number, text: string][]
  /** How many pages of how many carry the stamp. */
  stamped: number
  pages: number
}

/** The foot of a page: a matrix to points, upright, from the lower left corner that is seen. */
export type StampPlace = { matrix: string; width: number; height: number }

/** Which pages: every one, or the first of each ten. */
export type StampChoice = 'all' | 'tenth'

/** The names that a page's resources and the recipe agree upon. */
export const FONT_NAME = 'KiosqueF'
/** Where the new objects stand, counted from `first`. */
export const [FONT, OPENING, STAMPS] = [0, 1, 2] as const

/**
 * Formats 2 and 3 open so many states before a page's contents, and close some of them before the stamp: it
 * finds the page as if nothing had been drawn, whether up to 7 were closed too many or up to 4 left
 * open. Readers hold more; ISO 32000-1, annex C, knows of one that held 28.
 */
export const [OPENED_STATES, CLOSED_STATES] = [12, 5] as const
export const MAX_EXTRA_STATES = OPENED_STATES - CLOSED_STATES
export const MAX_OPEN_STATES = CLOSED_STATES - 1
