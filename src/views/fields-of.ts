import type { Errors } from '../forms/parse.ts'

type Labelled<Words> = {
  [Name in keyof Words]: Words[Name] extends string ? Name : never
}[keyof Words] &
  string

type Form<Words, Typed> = {
  words: Words
  typed: Typed
  errors: Errors
}

/**
 * What goes with the name of a form's field: its label, which stands under this name in the dictionary,
 * its hint, which stands there as `nameHint` if there is one, what was typed, and what was wrong with
 * it. A name that has no label, or that nobody reads, does not compile.
 */
export const fieldsOf =
  <Words extends object, Typed extends object>({ words, typed, errors }: Form<Words, Typed>) =>
  <Name extends Labelled<Words> & keyof Typed>(name: Name) => {
    const texts = words as Readonly<Record<string, unknown>>
    const hint = texts[`${name}Hint`]
    return {
      name,
      label: texts[name] as string,
      hint: typeof hint === 'string' ? hint : undefined,
      value: String(typed[name] ?? ''),
      error: errors[name],
    }
  }
