/**
 * What the first project of a run prepares serves the others, too. Each of them loads its set-up
 * anew, so that a variable of a module would not be seen by the next.
 */
export function onceARun<T>(name: string, prepare: () => Promise<T>): Promise<T> {
  const run = globalThis as { kiosqueTests?: Map<string, Promise<unknown>> }
  const prepared = (run.kiosqueTests ??= new Map())
  if (!prepared.has(name)) prepared.set(name, prepare())
  return prepared.get(name) as Promise<T>
}
