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

/** What a field is read against. `country` is where a number typed without + belongs. */
export type Known = {
  typed: Typed
  country: string
  errors: SettingsWords['errors']
  language: Language
}

/** How a field is drawn, and how it is read. */
export type SettingsField<T = unknown> = Look & {
  schema(known: Known): v.GenericSchema<string, T>
}

/** Under which title a page of the settings is found. */
export const SETTINGS_GROUPS = ['shop', 'payments', 'messages', 'data', 'technical'] as const
export type SettingsGroup = (typeof SETTINGS_GROUPS)[number]

/**
 * Each page of the settings: which section it saves, and its fields. Two pages may share a section;
 * each leaves the other's fields as they are.
 */
export type SettingsForm = {
  slug: Slug
  group: SettingsGroup
  section: Section
  fields: Readonly<Record<string, SettingsField>>
  /** What stands in the fields that do not show what is kept as it is. */
  shown?(settings: Settings, language: Language): Typed
  /** What is kept, where the fields are not those of the section. */
  kept?(read: Readonly<Record<string, unknown>>): object
}

type FormOf<S extends Section> = Omit<SettingsForm, 'kept'> & {
  section: S
  fields: { readonly [Name in keyof Settings[S]]?: SettingsField<Settings[S][Name]> }
}

/** A page whose fields are kept under their own names. */
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

/** The field, with more that is asked of it, or made of it, once it is read. */
export const further = (
  field: SettingsField<string>,
  more: (read: Texts, known: Known) => Texts,
): SettingsField<string> => ({ ...field, schema: (known) => more(field.schema(known), known) })

/** The form as the stored settings fill it. */
export function typedFrom(form: SettingsForm, settings: Settings, language: Language): Typed {
  const kept: Readonly<Record<string, unknown>> = settings[form.section]
  const asKept = Object.keys(form.fields).map((name) => [name, String(kept[name] ?? '')])
  return { ...(Object.fromEntries(asKept) as Typed), ...form.shown?.(settings, language) }
}

/** The whole section with what was typed, or a sentence at each field that is wrong. */
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
