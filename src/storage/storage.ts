/**
 * Where files are stored: one contract, implemented by `disk.ts` and `bucket.ts`, tested by one
 * suite.
 */
export type Storage = {
  /**
   * Stores `sizeBytes` bytes under `key`, whole or not at all: a body that is cut, or shorter or
   * longer than announced, throws and leaves what was there before. The body is read to its end
   * or cancelled. Throws StorageFull and StorageClosed when that is why.
   */
  put(key: string, body: ReadableStream<Uint8Array>, sizeBytes: number): Promise<void>
  /**
   * Opens an object, or the part of it that `range` names; undefined when there is none. A range that
   * is not wholly inside the object is the caller's fault: RangeError.
   */
  read(key: string, range?: ByteRange): Promise<StoredObject | undefined>
  /** Deletes an object; a missing one is no error. */
  remove(key: string): Promise<void>
  /** Throws when the storage cannot be read and written; StorageFull and StorageClosed say why. */
  probe(): Promise<void>
  pieces: Pieces
}

/**
 * An object that arrives in pieces, over as many requests and days as it takes. Nothing is seen
 * under its key before `finish`. A piece is kept for good once `put` has answered; what was begun
 * and never finished is forgotten after a week or so, by the place itself.
 */
export type Pieces = {
  /** The size of each piece of such an object, except for the last, which may be shorter. */
  pieceBytes(key: string): number
  /** Begins an upload, or throws as `put` does; returns the storage's own id for it. */
  begin(key: string): Promise<string>
  /**
   * Keeps a piece, in any order; the same one again replaces the first. The answer is a tag that
   * `finish` wants back. Throws PiecesLost when there is no such upload, StorageFull and
   * StorageClosed as `Storage.put` does.
   */
  put(key: string, upload: string, piece: PieceAt, bytes: Uint8Array): Promise<string>
  /**
   * Makes the object of its pieces, whose tags are listed in order. Finishing twice is not an error.
   * Throws PiecesLost when what is there is not what the tags and the size say.
   */
  finish(key: string, upload: string, tags: readonly string[], sizeBytes: number): Promise<void>
  /** Deletes the pieces; an unknown or finished upload is no error. */
  drop(key: string, upload: string): Promise<void>
}

/** Numbers are from 0; the offset is where the piece begins in the object. */
type PieceAt = { number: number; offset: number }

/** The stored pieces are gone, or are not those that were recorded: start again. */
export class PiecesLost extends Error {
  override name = 'PiecesLost'
}

/** The disk or the account's quota is full. */
export class StorageFull extends Error {
  override name = 'StorageFull'
}

/** The storage can be read but not written: its owner or mode was changed. */
export class StorageClosed extends Error {
  override name = 'StorageClosed'
}

/** The storage does not answer, or refuses everybody; `code` is its own reason. */
export class StorageUnavailable extends Error {
  override name = 'StorageUnavailable'
  readonly code: string
  constructor(code: string, options?: ErrorOptions) {
    super(`The storage is unavailable (${code})`, options)
    this.code = code
  }
}

/** How much of an object is read at once. */
export const PIECE_BYTES = 256 * 1024

export type ByteRange = { offset: number; length: number }

type StoredObject = {
  /** The size of the whole object, whatever part is read. */
  sizeBytes: number
  /** Holds a file open: read it to the end or cancel it, even in the answer to a HEAD. */
  body: ReadableStream<Uint8Array>
}

/** Keys are made by us: lower-case words and digits, `/`, `.`, `-`; never a path that climbs. */
export function isStorageKey(key: string): boolean {
  return key.length <= 200 && /^[a-z0-9][a-z0-9-]*(?:[./][a-z0-9][a-z0-9-]*)*$/.test(key)
}
