import { readSection, SECTIONS } from '../config/settings.ts'
import type { Section, Settings } from '../config/settings.ts'
import type { Sql } from './database.ts'

export type StoredSettings = Settings & {
  /** 0: never saved. */
  versions: Record<Section, number>
  /** Who saved it last. */
  savedBy: Record<Section, string | null>
}

export type SettingsRow = {
  section: string
  value: unknown
  version: number
  savedBy: string | null
}

/** All settings. */
export async function readSettings(sql: Sql): Promise<StoredSettings> {
  const rows = await sql<SettingsRow[]>`
    select settings.section, settings.value, settings.version, people.name as saved_by
    from settings
    left join people on people.id = settings.changed_by`
  return settingsOf(rows)
}

export function settingsOf(rows: readonly SettingsRow[]): StoredSettings {
  const stored = new Map(rows.map((row) => [row.section, row]))
  const of = (what: (section: Section, row: SettingsRow | undefined) => unknown) =>
    Object.fromEntries(SECTIONS.map((section) => [section, what(section, stored.get(section))]))
  return {
    ...of((section, row) => readSection(section, row?.value)),
    versions: of((_, row) => row?.version ?? 0),
    savedBy: of((_, row) => row?.savedBy ?? null),
  } as StoredSettings
}

/**
 * Saves a section, if it is still the one that was seen. False: somebody else saved it meanwhile,
 * and nothing was changed.
 */
export async function saveSection<S extends Section>(
  sql: Sql,
  section: S,
  value: Settings[S],
  { versionSeen, personId }: { versionSeen: number; personId: number },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    insert into settings (section, value, version, changed_at, changed_by)
    select ${section}, ${sql.json(value)}, 1, ${now}, ${personId}
    where ${versionSeen} = 0
      or exists (select from settings where section = ${section} and version = ${versionSeen})
    on conflict (section) do update
    set value = excluded.value, version = settings.version + 1,
      changed_at = excluded.changed_at, changed_by = excluded.changed_by
    where settings.version = ${versionSeen}
    returning version`
  return rows.length === 1
}
