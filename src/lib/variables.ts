import * as v from 'valibot'

/** The kinds of environment variables, each with the sentence for an invalid one. */
const MIN_SECRET_LENGTH = 16
const PLACEHOLDER =
  /^(change|replace|your|votre|example|exemple|placeholder|secret|password|motdepasse|todo|xxx|test-?secret|dev-?secret|<|\.\.\.|…)|^(.)\2+$|^(0123456789|1234567890|abcdefghij)/i

export const isLoopback = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
export const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535
export const parsesAsUrl = (text: string) => URL.canParse(text)

export const secret = (name: string, minLength = MIN_SECRET_LENGTH) =>
  v.pipe(
    v.string(),
    v.check((text) => text !== '', `${name} is empty: give it a value, or remove the line.`),
    v.check(
      (text) => text === '' || text.length >= minLength,
      `${name} is too short: at least ${minLength} characters are needed.`,
    ),
    v.check(
      (text) => text.length < minLength || !PLACEHOLDER.test(text),
      `${name} is a placeholder: put the real value in its place.`,
    ),
  )

/** A text of a given form, with the sentence for any other. */
export const shaped = (shape: RegExp | ((text: string) => boolean), sentence: string) => {
  const fits = shape instanceof RegExp ? (text: string) => shape.test(text) : shape
  return v.pipe(v.string(), v.check(fits, sentence))
}

/** Web addresses: https everywhere, plain http on this machine only. */
export const address = (name: string) =>
  v.pipe(
    v.string(),
    v.check(parsesAsUrl, `${name} is not a web address, such as https://example.com.`),
    v.check((text) => {
      if (!parsesAsUrl(text)) return true
      const url = new URL(text)
      return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
    }, `${name} must start with https:// (plain http is for localhost only).`),
  )

/** An unset variable and an empty one are the same, except for secrets, where empty is an error. */
const unset = (value: unknown) => (value === '' ? undefined : value)
export const optional = <T extends v.GenericSchema>(schema: T) =>
  v.pipe(v.unknown(), v.transform(unset), v.optional(schema))
