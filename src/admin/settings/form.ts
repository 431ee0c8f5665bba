import type * as v from 'valibot'
import { parse as parseFields } from '../../forms/parse.ts'
import * as shapes from '../../forms/shapes.ts'
import type { Errors, Typed } from '../../forms/parse.ts'
import type { Section, Settings } from '../../config/settings.ts'
import type { Message } from '../../words/messages.ts'
import type { Language } from '../../words/words.ts'
import { settingsWords } from './words.ts'
import type { Slug } from './words.ts'

type FieldShape =
  | { name: string; kind: 'line'; max: number; type?: 'tel' | 'email'; inputmode?: 'numeric' }
  | { name: string; kind: 'area'; max: number; rows: number; message?: Message }
  | { name: string; kind: 'country' }
  | { name: string; kind: 'colour' }

/**
 * Each page of the settings: which section it saves, its fields, and how what was typed becomes
 * what is kept. Two pages may share a section; each leaves the other's fields as they are.
 */
export type SettingsForm = {
  slug: Slug
  section: Section
  fields: readonly FieldShape[]
  typedFrom(settings: Settings, language: Language): Typed
  read(typed: Typed, known: Known): { value: Settings[Section] } | { errors: Errors }
}

/** What a form is read against. `country` is where a number typed without + belongs. */
type Known = { settings: Settings; language: Language; country: string }

export const line = (max: number, language: Language) =>
  shapes.line({ max }, settingsWords(language).errors.long(max))
export const area = (max: number, language: Language) =>
  shapes.area({ max }, settingsWords(language).errors.long(max))
export const email = (language: Language) => shapes.email(settingsWords(language).errors.email)

/** The fields of a page are known by their shapes, not by their types. */
export const parse = <T extends v.GenericSchema>(schema: T, typed: Typed) =>
  parseFields(schema, typed as never)
