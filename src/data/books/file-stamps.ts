import type { StampReading } from '../../storage/inspect-file.ts'
import type { StampSeen } from '../../../packages/pdfium/seen.ts'
import type { StampChoice } from '../../../packages/pdf/stamp/recipe.ts'
import type { Sql } from '../database.ts'

/** On which pages of the buyers' copies the seller wants the stamp. */
export const STAMP_CHOICES = ['tenth', 'all', 'none'] as const satisfies (StampChoice | 'none')[]
export type FileStampChoice = (typeof STAMP_CHOICES)[number]

/** How a published PDF is stamped, or why not; decided at publication, for ever. */
export type FileStamp = StampReading

/** What the desk shows about a file's stamp. */
export type StampShown = {
  /** Null: no PDF, or sent before there were stamps. */
  stamped: FileStampChoice | null
  unstampable: FileStamp['fault']
  /** Null: not drawn. */
  seen: StampSeen | null
}

/** The columns for it, from `file_stamps`. */
export const stampShown = (sql: Sql) => sql`
  file_stamps.choice as stamped, file_stamps.fault as unstampable, file_stamps.seen`

/** The part of a statement that stores the stamp of the file that its CTE `file` inserts. */
export const insertStamp = (sql: Sql, stamp: FileStamp | null) => sql`
  insert into file_stamps (file_id, choice, recipe, fault, seen)
  select
    file.id, ${stamp?.choice ?? 'none'},
    ${stamp?.recipe ? sql.json(stamp.recipe) : null}::jsonb, ${stamp?.fault ?? null},
    ${stamp?.recipe && stamp.seen ? sql.json(stamp.seen) : null}::jsonb
  from file
  where ${stamp !== null}`
