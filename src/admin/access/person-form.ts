import * as v from 'valibot'
import type { AccessWords } from './words.ts'

/** What stands in a form that names a new person. A password is never given back. */
export type PersonTyped = { name: string; login: string }
export type PersonErrors = Partial<Record<'name' | 'login' | 'password', string>>

export const NOBODY: PersonTyped = { name: '', login: '' }

export function personTyped(fields: ReadonlyMap<string, string>): PersonTyped {
  return { name: fields.get('name') ?? '', login: fields.get('login') ?? '' }
}

/** As a login is typed: capitals, and spaces around it, are forgiven. */
export const plainLogin = (typed: string) => typed.normalize('NFKC').trim().toLowerCase()

/** Reads a name and a login; each that is wrong gets its sentence. */
export function readPerson(typed: PersonTyped, words: AccessWords) {
  const Person = v.object({
    name: v.pipe(
      v.string(),
      v.transform(oneLine),
      v.minLength(1, words.errors.name),
      v.maxLength(60, words.errors.name),
    ),
    login: v.pipe(
      v.string(),
      v.transform(plainLogin),
      v.regex(/^[a-z0-9][a-z0-9._@+-]{2,39}$/, words.errors.login),
    ),
  })
  const read = v.safeParse(Person, typed)
  if (read.success) return { person: read.output, errors: {} as PersonErrors }
  const nested = v.flatten<typeof Person>(read.issues).nested ?? {}
  const errors: PersonErrors = {}
  if (nested.name) errors.name = nested.name[0]
  if (nested.login) errors.login = nested.login[0]
  return { person: undefined, errors }
}

export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
