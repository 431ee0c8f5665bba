import type { Sealed } from '../../lib/sealed.ts'

/** What a backup archive that is made here holds: enough to lay the archive out, byte for byte. */
export type Contents = {
  /** The newest migration's name: the shape of the rows. */
  schema: string
  madeAt: string
  publicUrl: string
  /** Tells whether another shop has the same APP_SECRET, without telling it. */
  secretMark: string
  /** APP_SECRET under the owner's passphrase, where there was one. */
  sealed: Sealed | null
  rows: RowsEntry[]
  /** Sorted by key. */
  files: StoredFile[]
  /** Keys of files that the shop knows and the storage has not, or not as they were. */
  missing: string[]
}

/** Rows of one table, packed. */
export type RowsEntry = { table: string; rows: number; sizeBytes: number; sha256: string }

export type StoredFile = { key: string; sizeBytes: number; sha256: string }
