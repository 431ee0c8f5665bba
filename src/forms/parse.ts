import * as v from 'valibot'
import type { Fields } from './read.ts'

/** A form as typed, not yet interpreted: a refused form shows all of it again. */
export type Typed<Name extends string = string> = Record<Name, string>
/** The sentence for each field that is wrong. */
export type Errors<Name extends string = string> = Partial<Record<Name, string>>

export type Parsed<T, Name extends string = string> =
  { ok: true; value: T } | { ok: false; errors: Errors<Name> }

/** These fields as typed, truncated beyond any sensible length; a missing one is empty. */
export const typedIn = <const Name extends string>(
  fields: Fields,
  names: readonly Name[],
  maxLength = Infinity,
) =>
  Object.fromEntries(
    names.map((name) => [name, (fields.get(name) ?? '').slice(0, maxLength)]),
  ) as Typed<Name>

/** Parses what was typed: the value, or the first sentence for each field that is wrong. */
export function parse<T extends v.GenericSchema>(
  schema: T,
  typed: Readonly<Record<string, unknown>>,
): Parsed<v.InferOutput<T>, keyof v.InferInput<T> & string> {
  const read = v.safeParse(schema, typed, { abortPipeEarly: true })
  if (read.success) return { ok: true, value: read.output }
  const errors: Errors = {}
  for (const issue of read.issues) errors[v.getDotPath(issue) ?? ''] ??= issue.message
  return { ok: false, errors: errors as Errors<keyof v.InferInput<T> & string> }
}
