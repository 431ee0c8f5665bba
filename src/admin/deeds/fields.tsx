import type { Child } from 'hono/jsx'
import * as v from 'valibot'
import { parse } from '../../forms/parse.ts'
import type { Errors, Parsed } from '../../forms/parse.ts'
import { Refusal, SelectField, TextArea, TextField } from '../../views/form.tsx'
import type { SelectFieldProps, TextAreaProps, TextFieldProps } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { deskWords } from '../words.ts'

/** A form field as a value: how it is read and how it is drawn. */
export type Field<T = unknown> = {
  schema: v.GenericSchema<string, T>
  draw(at: FieldAt): Child
  isHidden?: true
}
type FieldAt = { name: string; value: string; error: string | undefined }

export type FieldSet = Readonly<Record<string, Field>>
export type ValueOf<F extends FieldSet> = {
  [Name in keyof F]: F[Name] extends Field<infer T> ? T : never
}
export type Typed = Readonly<Record<string, string>>

type Look<Props> = Omit<Props, keyof FieldAt>
type Schema<T> = v.GenericSchema<string, T>

/** Its field may not be left empty. */
const isWanted = (schema: Schema<unknown>) => !v.is(schema, '')

export const line = <T,>(look: Look<TextFieldProps>, schema: Schema<T>): Field<T> => ({
  schema,
  draw: (at) => <TextField required={isWanted(schema)} {...look} {...at} />,
})

export const area = <T,>(look: Look<TextAreaProps>, schema: Schema<T>): Field<T> => ({
  schema,
  draw: (at) => <TextArea required={isWanted(schema)} {...look} {...at} />,
})

export const choice = <T,>(look: Look<SelectFieldProps>, schema: Schema<T>): Field<T> => ({
  schema,
  draw: (at) => <SelectField {...look} {...at} />,
})

/** What the page was drawn with, or what is meant: no person types it. */
export const hidden = <T,>(schema: Schema<T>): Field<T> => ({
  schema,
  isHidden: true,
  draw: ({ name, value }) => <input type="hidden" name={name} value={value} />,
})

/** For text that the act interprets as a whole. */
export const asTyped: Schema<string> = v.string()

/** A number that the page was drawn with, such as a version. */
export const wholeNumber: Schema<number> = v.pipe(
  v.string(),
  v.regex(/^\d{1,9}$/),
  v.transform(Number),
)

export type DrawnFieldsProps = {
  fields: FieldSet
  /** Only these fields. */
  names?: readonly string[]
  typed: Typed
  errors: Errors
}

export const DrawnFields = ({ fields, names, typed, errors }: DrawnFieldsProps) => (
  <>
    {(names ?? Object.keys(fields)).map((name) =>
      fields[name]!.draw({ name, value: typed[name] ?? '', error: errors[name] }),
    )}
  </>
)

type RefusedProps = { errors: Errors; clash?: string | undefined; language: Language }

/** Above a refused form: somebody else was faster, or a field is wrong. */
export function Refused({ errors, clash, language }: RefusedProps): Child {
  if (!clash && Object.keys(errors).length === 0) return null
  return <Refusal>{clash ?? deskWords(language).summary}</Refusal>
}

/** The values, or the first sentence for each field that is wrong. */
export function readFields<F extends FieldSet>(fields: F, typed: Typed): Parsed<ValueOf<F>> {
  const schemas = Object.entries(fields).map(([name, { schema }]) => [name, schema] as const)
  return parse(v.object(Object.fromEntries(schemas)), typed) as Parsed<ValueOf<F>>
}
