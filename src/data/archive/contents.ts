import type { Sealed } from '../../lib/sealed.ts'

/** The contents of an archive made here: enough to lay it out byte for byte. */
export type Contents = {
  /** The newest migration's name: the shape of the rows. */
  schema: string
  madeAt: string
  publicUrl: string
  /** Shows whether another shop has the same APP_SECRET, without revealing it. */
  secretMark: string
  /** APP_SECRET encrypted with the owner's passphrase, if one was given. */
  sealed: Sealed | null
  rows: RowsEntry[]
  /** Sorted by key. */
  files: StoredFile[]
  /** Keys of files that the shop lists and the storage lacks, or has with other bytes. */
  missing: string[]
}

/** A part of one table's rows, packed. */
export type RowsEntry = { table: string; rows: number; sizeBytes: number; sha256: string }

export type StoredFile = { key: string; sizeBytes: number; sha256: string }
