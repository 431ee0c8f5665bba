import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inject } from 'vitest'

/**
 * Which Node what was built runs on: another than that of the tests, where `KIOSQUE_NODE` names one
 * (`.ci/runtimes`).
 */
export const SHOP_NODE = realpathSync(process.env['KIOSQUE_NODE'] ?? process.execPath)

/**
 * The path of a built program. Of the tests, only those have it whose project builds: see
 * `vitest.config.ts`. Commands that use these helpers, such as `npm run slow`, build before.
 */
export function built(program: string): string {
  if (!process.env['VITEST']) return resolve('dist', program)
  const dist = inject('dist') as string | undefined
  if (dist === undefined)
    throw new Error(
      `This test needs dist/${program}, which its project does not build: name it *.built.test.ts.`,
    )
  return join(dist, program)
}
