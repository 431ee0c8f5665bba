import { execFileSync } from 'node:child_process'
import { appendFileSync, copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openHost } from '../hosts/host.ts'
import type { Host } from '../hosts/host.ts'
import { apacheIsHere, giveToApp, hostFolder } from '../support/apache.ts'
import { realPostgres } from '../support/postgres.ts'
import { START_FLAGS } from '../support/start-flags.ts'

/** Two halves of 4 MB, and a little beside them. */
const MOST_MB = 10
const PROBE = fileURLToPath(new URL('../support/young-probe.cjs', import.meta.url))
const told = (output: string) => Number(/young generation: ([\d.]+) MB/.exec(output)?.[1])
const LONG_MS = 120_000

// Node's manual: changing flags after the start may crash the process or lose data.
it('no flag of V8 is changed while the process runs', () => {
  const files = ['src', 'dist'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|tsx|cjs|mjs)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  expect(files).toContain(join('dist', 'node.mjs'))
  const changers = files.filter((file) => /setFlagsFromString/.test(readFileSync(file, 'utf8')))
  expect(changers).toEqual([])
})

describe('what V8 makes new is held to 8 MB', () => {
  const grown = (flags: string[], env: Record<string, string> = {}) =>
    told(execFileSync(process.execPath, [...flags, PROBE], { env, encoding: 'utf8' }))

  it('by the command line of npm start', () => {
    expect(grown([])).toBeGreaterThan(MOST_MB)
    expect(grown(START_FLAGS)).toBeLessThan(MOST_MB)
  })

  it('by NODE_OPTIONS, as the guides write it', () => {
    for (const guide of ['docs/fr/cpanel.md', 'docs/en/cpanel.md']) {
      const options = /`NODE_OPTIONS`[^`]+`(--[^`]+)`/.exec(readFileSync(guide, 'utf8'))![1]!
      expect([options]).toEqual(START_FLAGS)
    }
    expect(grown([], { NODE_OPTIONS: START_FLAGS.join(' ') })).toBeLessThan(MOST_MB)
  })

  describe.skipIf(!apacheIsHere || !realPostgres)('under Apache with Passenger', () => {
    let host: Host
    let folder: string
    afterEach(async () => {
      await host?.close()
      rmSync(folder, { recursive: true })
    }, LONG_MS)

    const places = ['the configuration', 'the .htaccess that panels write'] as const
    it.each(places)(
      'by the same, set by SetEnv in %s',
      async (place) => {
        folder = hostFolder('probe')
        const probe = join(folder, 'probe.cjs')
        copyFileSync(PROBE, probe)
        giveToApp(folder)
        const options = `${START_FLAGS.join(' ')} --require ${probe}`
        const isFile = place !== 'the configuration'
        host = await openHost(isFile ? {} : { settings: { NODE_OPTIONS: options } })
        if (isFile)
          appendFileSync(join(host.documentRoot, '.htaccess'), `SetEnv NODE_OPTIONS "${options}"\n`)
        expect((await host.ask('/')).status).toBe(200)
        expect(told(host.errorLog())).toBeLessThan(MOST_MB)
      },
      LONG_MS,
    )
  })
})
