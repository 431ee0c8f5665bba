import * as v from 'valibot'
import { parse, typedIn } from '../../forms/parse.ts'
import type { Errors, Typed } from '../../forms/parse.ts'
import type { Fields } from '../../forms/read.ts'
import { line } from '../../forms/shapes.ts'
import type { AccessWords } from './words.ts'

/** What stands in a form that names a new person. A password is never echoed. */
export type PersonTyped = Typed<'name' | 'login'>
export type PersonErrors = Errors<'name' | 'login' | 'password'>

export const NOBODY: PersonTyped = { name: '', login: '' }

export const personTyped = (fields: Fields): PersonTyped => typedIn(fields, ['name', 'login'])

/** A login as it is compared: case and surrounding spaces do not matter. */
export const plainLogin = (typed: string) => typed.normalize('NFKC').trim().toLowerCase()

/** Reads a name and a login, with a sentence for each that is wrong. */
export function readPerson(typed: PersonTyped, words: AccessWords) {
  const Person = v.object({
    name: line({ min: 1, max: 60 }, words.errors.name),
    login: v.pipe(
      v.string(),
      v.transform(plainLogin),
      v.regex(/^[a-z0-9][a-z0-9._@+-]{2,39}$/, words.errors.login),
    ),
  })
  const read = parse(Person, typed)
  const errors: PersonErrors = read.ok ? {} : read.errors
  return { person: read.ok ? read.value : undefined, errors }
}
