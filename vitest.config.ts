import { availableParallelism } from 'node:os'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

const DIST = 'test/support/build.ts'
const POSTGRES = 'test/support/postgres-server.ts'

const UNIT = 'test/**/*.unit.test.ts'
const LONG = 'test/**/*.long.test.ts'
const ALONE = 'test/**/*.alone.test.ts'
const BUILT = ['test/**/*.built.test.ts', 'test/runtimes/*.test.ts']
const FOLDERS = ['test/browser/**', 'test/hosts/**', 'test/faults/**']

/** Most of a test's garbage is young: fewer, larger sweeps, a tenth of the processor's time. */
const FORKS = { execArgv: ['--max-semi-space-size=32'] }
/** Modules are loaded once for all files of a worker, which may leave nothing behind in them. */
const SHARED = { ...FORKS, isolate: false }
/** Workers of threads take no flags of V8. */
const THREADS = { pool: 'threads', isolate: false }

/** Which files are such a project's, and what is prepared before the first of them runs. */
const project = (
  name: string,
  include: string[],
  globalSetup: string[],
  more: object = FORKS,
): TestProjectConfiguration => ({ extends: true, test: { name, include, globalSetup, ...more } })

export default defineConfig({
  test: {
    // A test's name or folder tells what it needs; a project prepares that, and nothing else.
    projects: [
      project('unit', [UNIT], [], THREADS),
      project('rules', ['test/**/*.test.ts'], [POSTGRES], {
        ...SHARED,
        exclude: [UNIT, LONG, ALONE, ...BUILT, ...FOLDERS],
      }),
      project('long', [LONG], [POSTGRES], SHARED),
      project('alone', [ALONE], [POSTGRES]),
      project('built', BUILT, [DIST, POSTGRES], SHARED),
      project('browser', ['test/browser/*.test.ts'], [DIST, POSTGRES], SHARED),
      project('hosts', ['test/hosts/*.test.ts'], [DIST, POSTGRES], SHARED),
      project('faults', ['test/faults/*.test.ts'], [DIST, POSTGRES], SHARED),
    ],
    setupFiles: ['test/support/quiet.ts'],
    pool: 'forks',
    // More than there are processors: half of the long tests' time is waiting. A percentage is cut to
    // their number, and the command line's own option does not reach the projects.
    maxWorkers: 2 * availableParallelism(),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    coverage: {
      include: ['src/**'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'test-results/coverage',
    },
  },
})
