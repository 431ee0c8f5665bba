/**
 * What a table holds under a name that somebody else chose: a visitor, CinetPay, a stored row. With
 * `table[name]`, every object would also answer to `constructor` or `__proto__`, with something that
 * is not ours.
 */
export function lookUp<T extends object>(
  table: T,
  name: string,
): NonNullable<T[keyof T]> | undefined {
  return hasName(table, name) ? (table[name] ?? undefined) : undefined
}

export const hasName = <T extends object>(table: T, name: string): name is keyof T & string =>
  Object.hasOwn(table, name)
