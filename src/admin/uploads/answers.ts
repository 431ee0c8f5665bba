import type { Context } from 'hono'
import { pieceLength, receivePiece } from '../../files/uploads/pieces.ts'
import type { Arriving, PieceTable } from '../../files/uploads/pieces.ts'
import { readExactly } from '../../lib/exact-body.ts'
import type { DeskEnv } from '../guard.ts'

/** The answers to the script that sends a file in pieces (`browser/send-in-pieces.ts`). */
export const wantsJson = (c: Context<DeskEnv>) =>
  c.req.header('accept')?.includes('application/json') ?? false

/** The announced size of a file; 0 if it is not a valid one. */
export function announcedSize(fields: ReadonlyMap<string, string>): number {
  const size = fields.get('size') ?? ''
  return /^\d{1,15}$/.test(size) ? Number(size) : 0
}

/** What the script needs to resume. */
export const stateOf = (row: Arriving & { state: string }) => ({
  id: row.id,
  state: row.state,
  sizeBytes: row.sizeBytes,
  pieceBytes: row.pieceBytes,
  pieces: Object.keys(row.pieces).map(Number),
})

/** Stores the piece in a request's body, and answers what became of it. */
export async function takePiece<Row extends Arriving>(
  c: Context<DeskEnv>,
  table: PieceTable<Row>,
  row: Row | undefined,
  words: { full: string; pieceLength?: string },
) {
  const number = Number(c.req.param('number'))
  const length = row && pieceLength(row, number)
  if (!row || length === undefined) return c.json({}, 404)
  const { kind, ...reading } = await readExactly(c.req.raw.body, length)
  if (!('bytes' in reading)) {
    const status = kind === 'longer' ? 413 : 400
    return c.json({ fault: kind, sentence: words.pieceLength }, status)
  }
  const receipt = await receivePiece(c.env, table, row, number, reading.bytes)
  if (receipt === 'kept') return c.json({ kept: number })
  if (receipt !== 'full') return c.json({ fault: receipt }, 409)
  c.env.log('storage.full', { upload: row.id })
  return c.json({ fault: 'full', sentence: words.full }, 507)
}
