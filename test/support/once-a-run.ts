/**
 * What the first project of a run prepares serves the others, too. Each of them loads its own set-up,
 * so the next would not see a module's variable.
 */
export function onceARun<T>(name: string, prepare: () => Promise<T>): Promise<T> {
  const run = globalThis as { kiosqueTests?: Map<string, Promise<unknown>> }
  const prepared = (run.kiosqueTests ??= new Map())
  if (!prepared.has(name)) prepared.set(name, prepare())
  return prepared.get(name) as Promise<T>
}
