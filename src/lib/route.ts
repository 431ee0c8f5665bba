/**
 * One route: its pattern, as the router takes it, and its builder, typed by the pattern. An address
 * without parameters is its own pattern, a text; one with parameters is a function that also holds its
 * `pattern`:
 *
 *     paths.help                            '/aide'
 *     paths.book('kindi')                   '/livres/kindi'
 *     paths.book.pattern                    '/livres/:slug'
 */
export type Route<P extends string> = P extends `${string}/:${string}`
  ? ((...values: Values<P>) => string) & { readonly pattern: P }
  : P

/** The values of the parameters, in the order of the pattern. */
type Values<P extends string> = P extends `${string}/:${infer Rest}`
  ? Rest extends `${infer One}/${infer More}`
    ? [Value<One>, ...Values<`/${More}`>]
    : [Value<Rest>]
  : []

/** `:deed{publier|retirer}` takes one of these words; any other parameter takes a text or a number. */
type Value<Parameter extends string> = Parameter extends `${string}{${infer Shape}}`
  ? Shape extends `${string}${'[' | '\\' | '.'}${string}`
    ? string | number
    : OneOf<Shape>
  : string | number
type OneOf<Shape extends string> = Shape extends `${infer One}|${infer More}`
  ? One | OneOf<More>
  : Shape

export function route<P extends string>(pattern: P): Route<P> {
  const segments = pattern.split('/')
  const isParameter = segments.map((segment) => segment.startsWith(':'))
  if (!isParameter.includes(true)) return pattern as Route<P>
  const build = (...values: readonly (string | number)[]) => {
    let next = 0
    return segments
      .map((segment, at) => (isParameter[at] ? encodeURIComponent(values[next++]!) : segment))
      .join('/')
  }
  return Object.assign(build, { pattern }) as unknown as Route<P>
}

/** The fixed beginning that all addresses of the pattern share. */
export const fixedPart = (pattern: string) => pattern.replace(/:.*$/, '')
