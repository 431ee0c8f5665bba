import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

// A test's name or folder tells what it needs; its project prepares that, and nothing else.
const BUILT = ['test/**/*.built.test.ts', 'test/runtimes/**']
const UNIT = ['test/**/*.unit.test.ts']
const FOLDERS = ['test/browser/**', 'test/hosts/**', 'test/faults/**']

const DIST = 'test/support/build.ts'
const POSTGRES = 'test/support/postgres-server.ts'

function project(
  name: string,
  include: string[],
  globalSetup: string[],
  more: object = {},
): TestProjectConfiguration {
  const only = include.map((pattern) => pattern.replace(/\/\*\*$/, '/**/*.test.ts'))
  return { extends: true, test: { name, include: only, globalSetup, ...more } }
}

export default defineConfig({
  test: {
    projects: [
      // Everything in one thread after the other: no test of these leaves anything behind.
      project('unit', UNIT, [], { pool: 'threads', isolate: false }),
      project('rules', ['test/**'], [POSTGRES], { exclude: [...UNIT, ...BUILT, ...FOLDERS] }),
      project('built', BUILT, [DIST, POSTGRES]),
      project('browser', ['test/browser/**'], [DIST, POSTGRES]),
      project('hosts', ['test/hosts/**'], [DIST, POSTGRES]),
      project('faults', ['test/faults/**'], [DIST, POSTGRES]),
    ],
    setupFiles: ['test/support/quiet.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    coverage: {
      include: ['src/**'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'test-results/coverage',
    },
  },
})
