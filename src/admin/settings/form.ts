import * as v from 'valibot'
import type { Section, Settings } from '../../config/settings.ts'
import type { Message } from '../../words/messages.ts'
import type { Language } from '../../words/words.ts'
import { settingsWords } from './words.ts'
import type { Slug } from './words.ts'

/**
 * Each page of the settings: which section it saves, its fields, and how what was typed becomes
 * what is kept. Two pages may share a section; each leaves the other's fields as they are.
 */
export type Typed = Readonly<Record<string, string>>
export type Errors = Partial<Record<string, string>>

type FieldShape =
  | { name: string; kind: 'line'; max: number; type?: 'tel' | 'email'; inputmode?: 'numeric' }
  | { name: string; kind: 'area'; max: number; rows: number; message?: Message }
  | { name: string; kind: 'country' }
  | { name: string; kind: 'colour' }

export type SettingsForm = {
  slug: Slug
  section: Section
  fields: readonly FieldShape[]
  typedFrom(settings: Settings, language: Language): Typed
  read(typed: Typed, known: Known): { value: Settings[Section] } | { errors: Errors }
}

/** What a form is read against. `country` is where a number typed without + belongs. */
type Known = { settings: Settings; language: Language; country: string }

export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
const unix = (text: string) => text.replace(/\r\n?/g, '\n').trim()

export const line = (max: number, language: Language) =>
  v.pipe(
    v.string(),
    v.transform(oneLine),
    v.maxLength(max, settingsWords(language).errors.long(max)),
  )
export const area = (max: number, language: Language) =>
  v.pipe(v.string(), v.transform(unix), v.maxLength(max, settingsWords(language).errors.long(max)))
export const email = (language: Language) => {
  const { email: sentence } = settingsWords(language).errors
  return v.pipe(
    line(254, language),
    v.union([v.literal(''), v.pipe(v.string(), v.email(sentence))], sentence),
  )
}

type Parsed<T extends v.GenericSchema> = { value: v.InferOutput<T> } | { errors: Errors }

export function parse<T extends v.GenericSchema>(schema: T, typed: Typed): Parsed<T> {
  const read = v.safeParse(schema, typed, { abortPipeEarly: true })
  if (read.success) return { value: read.output }
  const errors: Errors = {}
  for (const issue of read.issues) {
    const name = String(issue.path?.[0]?.key ?? '')
    errors[name] ??= issue.message
  }
  return { errors }
}
