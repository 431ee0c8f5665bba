import type { Sql } from '../../data/database.ts'
import type { Shop } from '../../contracts/shop.ts'
import { PiecesLost, StorageFull } from '../../storage/storage.ts'

/** A file that arrives in pieces, over any number of requests: a book's file, or a backup archive. */
export type Arriving = {
  id: string
  storageKey: string
  storageUpload: string
  sizeBytes: number
  pieceBytes: number
  /** The storage's tag of each piece that has arrived, by its number. */
  pieces: Record<string, string>
}

export type Opened = Pick<Arriving, 'storageUpload' | 'sizeBytes' | 'pieceBytes'>

/**
 * The table that holds such a file's row. Its statements return false when the row takes no more
 * pieces, or was restarted in the meantime.
 */
export type PieceTable<Row extends Arriving> = {
  takesPieces: (row: Row) => boolean
  record: (
    sql: Sql,
    row: Row,
    piece: { number: number; tag: string },
    now: Date,
  ) => Promise<boolean>
  restart: (sql: Sql, row: Row, to: Opened, now: Date) => Promise<boolean>
}

/** Begins the upload to the storage, for a file of that size. */
export async function openPieces(
  { files: { pieces } }: Pick<Shop, 'files'>,
  storageKey: string,
  sizeBytes: number,
): Promise<Opened> {
  const storageUpload = await pieces.begin(storageKey)
  return { storageUpload, sizeBytes, pieceBytes: pieces.pieceBytes(storageKey) }
}

type Sizes = Pick<Arriving, 'sizeBytes' | 'pieceBytes'>

/** The length of a piece; undefined when there is none of that number. */
export function pieceLength({ sizeBytes, pieceBytes }: Sizes, number: number): number | undefined {
  const left = sizeBytes - number * pieceBytes
  return number >= 0 && left > 0 ? Math.min(pieceBytes, left) : undefined
}

export const pieceCount = ({ sizeBytes, pieceBytes }: Sizes) => Math.ceil(sizeBytes / pieceBytes)

export type Receipt = 'kept' | 'closed' | 'restarted' | 'full'

/** Stores one whole piece. `restarted`: the storage has lost the earlier ones. */
export async function receivePiece<Row extends Arriving>(
  shop: Shop,
  table: PieceTable<Row>,
  row: Row,
  number: number,
  bytes: Uint8Array,
): Promise<Receipt> {
  const { storageKey, storageUpload, pieceBytes } = row
  if (!table.takesPieces(row)) return 'closed'
  try {
    return await orRestart(shop, table, row, async () => {
      const at = { number, offset: number * pieceBytes }
      const tag = await shop.files.pieces.put(storageKey, storageUpload, at, bytes)
      const isKept = await table.record(shop.sql, row, { number, tag }, shop.now())
      return isKept ? 'kept' : 'closed'
    })
  } catch (error) {
    if (error instanceof StorageFull) return 'full'
    throw error
  }
}

/** Stores a file that is here as a whole. False: the storage is full. */
export async function receiveWhole<Row extends Arriving>(
  shop: Shop,
  table: PieceTable<Row>,
  row: Row,
  file: Blob,
): Promise<boolean> {
  for (let number = 0; number < pieceCount(row); number++) {
    const start = number * row.pieceBytes
    const piece = file.slice(start, start + row.pieceBytes)
    const bytes = new Uint8Array(await piece.arrayBuffer())
    if ((await receivePiece(shop, table, row, number, bytes)) === 'full') return false
  }
  return true
}

/** The tags of all pieces, in order; undefined while one is missing. */
export function tagsOf(row: Sizes & Pick<Arriving, 'pieces'>): string[] | undefined {
  const tags = Array.from({ length: pieceCount(row) }, (_, number) => row.pieces[number])
  return tags.includes(undefined) ? undefined : (tags as string[])
}

/** When the storage loses pieces during an operation, all of them are wanted again. */
export async function orRestart<Row extends Arriving, Done>(
  shop: Shop,
  { restart }: PieceTable<Row>,
  row: Row,
  deed: () => Promise<Done>,
): Promise<Done | 'restarted'> {
  try {
    return await deed()
  } catch (error) {
    if (!(error instanceof PiecesLost)) throw error
    const again = await openPieces(shop, row.storageKey, row.sizeBytes)
    shop.log('upload.restarted', { upload: row.id })
    if (!(await restart(shop.sql, row, again, shop.now())))
      await shop.files.pieces.drop(row.storageKey, again.storageUpload)
    return 'restarted'
  }
}
