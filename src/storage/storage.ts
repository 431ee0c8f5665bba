/** The place where files lie: one contract, kept by `disk.ts` and `r2.ts`, proved by one suite. */
export type Storage = {
  /**
   * Stores `sizeBytes` bytes under `key`, whole or not at all: a body that is cut, or shorter or
   * longer than announced, throws and leaves what was there before. The body is read to its end
   * or cancelled.
   */
  put(key: string, body: ReadableStream<Uint8Array>, sizeBytes: number): Promise<void>
  /**
   * Opens an object, or the part of it that `range` names; undefined when there is none.
   * A range that is not wholly inside of the object is the caller's fault: RangeError.
   */
  read(key: string, range?: ByteRange): Promise<StoredObject | undefined>
  /** Forgets an object; one that is not there is no error. */
  remove(key: string): Promise<void>
  /** Throws when the place cannot be read and written. */
  probe(): Promise<void>
}

export type ByteRange = { offset: number; length: number }

export type StoredObject = {
  /** The size of the whole object, whatever part is read. */
  sizeBytes: number
  /** Holds a file open: read it to the end or cancel it, in the answer to a HEAD as well. */
  body: ReadableStream<Uint8Array>
}

/** Keys are made by us: lower-case words and digits, `/`, `.`, `-`; never a path that climbs. */
export function isStorageKey(key: string): boolean {
  return key.length <= 200 && /^[a-z0-9][a-z0-9-]*(?:[./][a-z0-9][a-z0-9-]*)*$/.test(key)
}
