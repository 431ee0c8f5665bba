/** The result of the work, or something else when that takes too long; the work itself goes on. */
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
