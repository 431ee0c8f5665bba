/** What the work gives, or, when it takes longer than that, something else; the work itself goes on. */
export function orAfter<T, Else>(
  ms: number,
  work: Promise<T>,
  otherwise: () => Else,
): Promise<T | Else> {
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => resolve(otherwise()), ms)
    work.then(resolve, reject).finally(() => clearTimeout(clock))
  })
}
