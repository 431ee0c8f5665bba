/**
 * Lets the reverse proxy (Apache) send a file that a response header names. A proxy that ignores the header
 * sends an empty body and shows the path to the visitor: so it is tested before it is trusted, and keeps
 * being tested.
 */
export type XSendfile = {
  /** The response header that names the file. */
  header: string
  /**
   * A file of exactly these bytes, as the header must name it. Undefined: there is none, and no
   * room to make it, or it is too small to be worth a copy.
   */
  fileOf(copy: Copy): Promise<string | undefined>
  /** How long ago the reverse proxy was last seen to obey; undefined when it never was. */
  obeyedMsAgo(): Promise<number | undefined>
  /** Records the result of a trial, for every process of the shop. */
  note(obeys: boolean): Promise<void>
  /** A small file for a trial, under a name of letters, digits, `-` and `_`. */
  lend(name: string, bytes: Uint8Array): Promise<void>
  /** Undefined when nothing is lent under that name. */
  lentFile(name: string): Promise<string | undefined>
  takeBack(name: string): Promise<void>
  /** Deletes expired copies. */
  sweep(): Promise<void>
}

/** A stored object, and a tail behind it where there is one. The name tells copies apart. */
export type Copy = { name: string; key: string; sizeBytes: number; tail?: Uint8Array | undefined }
