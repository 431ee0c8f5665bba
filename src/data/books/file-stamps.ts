import type { StampReading } from '../../storage/inspect-file.ts'
import type { StampChoice } from '../../../packages/pdf/stamp/recipe.ts'
import type { Sql } from '../database.ts'

/** On which pages of the buyers' copies the seller wants the stamp. */
export const STAMP_CHOICES = ['tenth', 'all', 'none'] as const satisfies (StampChoice | 'none')[]
export type FileStampChoice = (typeof STAMP_CHOICES)[number]

/** How a published PDF is stamped, or why not; decided with its publication, for ever. */
export type FileStamp = StampReading

/** The part of a statement that keeps the stamp of the file that its CTE `file` adds. */
export const insertStamp = (sql: Sql, stamp: FileStamp | null) => sql`
  insert into file_stamps (file_id, choice, recipe, fault)
  select
    file.id, ${stamp?.choice ?? 'none'},
    ${stamp?.recipe ? sql.json(stamp.recipe) : null}::jsonb, ${stamp?.fault ?? null}
  from file
  where ${stamp !== null}`
