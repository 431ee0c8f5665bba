import * as v from 'valibot'
import type { Section, Settings } from '../../config/settings.ts'
import { parse } from '../../forms/parse.ts'
import type { Parsed, Typed } from '../../forms/parse.ts'
import * as shapes from '../../forms/shapes.ts'
import type { Message } from '../../words/messages.ts'
import type { Language } from '../../words/words.ts'
import type { SettingsWords, Slug } from './words.ts'

type Look =
  | { kind: 'line'; max: number; type?: 'tel' | 'email'; inputmode?: 'numeric' }
  | { kind: 'area'; max: number; rows: number; message?: Message }
  | { kind: 'country' }
  | { kind: 'colour' }
  | { kind: 'choice'; options: readonly string[] }

/** What a field is validated against. `country`: for numbers typed without +. */
export type Known = {
  typed: Typed
  country: string
  errors: SettingsWords['errors']
  language: Language
}

/** How a field is drawn and read. */
export type SettingsField<T = unknown> = Look & {
  schema(known: Known): v.GenericSchema<string, T>
}

/** The headings that the settings pages are grouped under. */
export const SETTINGS_GROUPS = ['shop', 'payments', 'messages', 'data', 'technical'] as const
export type SettingsGroup = (typeof SETTINGS_GROUPS)[number]

/**
 * One page of the settings: the section that it saves, and its fields. Two pages may share a
 * section; each leaves the other's fields alone.
 */
export type SettingsForm = {
  slug: Slug
  group: SettingsGroup
  section: Section
  fields: Readonly<Record<string, SettingsField>>
  /** The typed form of fields that are not stored as they are shown. */
  shown?(settings: Settings, language: Language): Typed
  /** The stored form, where it differs from the fields. */
  kept?(read: Readonly<Record<string, unknown>>): object
}

type FormOf<S extends Section> = Omit<SettingsForm, 'kept'> & {
  section: S
  fields: { readonly [Name in keyof Settings[S]]?: SettingsField<Settings[S][Name]> }
}

/** A page whose fields are stored under their own names. */
export const settingsForm = <S extends Section>(form: FormOf<S>): SettingsForm => form

export const line = (max: number, look: { type?: 'tel' } = {}): SettingsField<string> => ({
  ...look,
  kind: 'line',
  max,
  schema: ({ errors }) => shapes.line({ max }, errors.long(max)),
})

export const area = (max: number, rows: number): SettingsField<string> => ({
  kind: 'area',
  max,
  rows,
  schema: ({ errors }) => shapes.area({ max }, errors.long(max)),
})

export const email: SettingsField<string> = {
  kind: 'line',
  max: shapes.MAX_EMAIL_LENGTH,
  type: 'email',
  schema: ({ errors }) => shapes.email(errors.email),
}

type Texts = v.GenericSchema<string, string>

/** The field with a further check or transformation after it is read. */
export const further = (
  field: SettingsField<string>,
  more: (read: Texts, known: Known) => Texts,
): SettingsField<string> => ({ ...field, schema: (known) => more(field.schema(known), known) })

/** The form, filled from the stored settings. */
export function typedFrom(form: SettingsForm, settings: Settings, language: Language): Typed {
  const kept: Readonly<Record<string, unknown>> = settings[form.section]
  const asKept = Object.keys(form.fields).map((name) => [name, String(kept[name] ?? '')])
  return { ...(Object.fromEntries(asKept) as Typed), ...form.shown?.(settings, language) }
}

/** The whole section with what was typed, or a sentence for each field that is wrong. */
export function readSection(
  { section, fields, kept }: SettingsForm,
  settings: Settings,
  known: Known,
): Parsed<Settings[Section]> {
  const schemas = Object.entries(fields).map(([name, { schema }]) => [name, schema(known)] as const)
  const read = parse(v.object(Object.fromEntries(schemas)), known.typed)
  if (!read.ok) return read
  const value = { ...settings[section], ...(kept?.(read.value) ?? read.value) }
  return { ok: true, value: value as Settings[Section] }
}
