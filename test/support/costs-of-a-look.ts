import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import { START_FLAGS } from './start-flags.ts'

/** What a look at a file came to, and what it cost, in a process of its own. */
export type Costs = {
  ok: boolean
  fault: string | null
  /** Whether a PDF that is taken is stamped, or why not. */
  stamp: string | null
  cpuMs: number
  /** The most that it held, beyond what the process held before. */
  peakMb: number
}

/**
 * Makes a way to measure looks at files, as `inspectFile` has them, under the flags of the shop. The file is in
 * memory before; time is the processor's, since the machine has other work.
 */
export function costsOfLooks(): { costs(bytes: Uint8Array): Costs; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'kiosque-costs-'))
  const [script, file] = [join(folder, 'look.mjs'), join(folder, 'file')]
  buildSync({
    stdin: { contents: LOOK, resolveDir: resolve('.'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
  })
  return {
    costs(bytes) {
      writeFileSync(file, bytes)
      const told = execFileSync(process.execPath, [...START_FLAGS, script, file], {
        encoding: 'utf8',
      })
      return JSON.parse(told) as Costs
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

const LOOK = `
import { readFileSync, writeFileSync } from 'node:fs'
import { inspectFile } from './src/storage/inspect-file.ts'
import { bytesSource } from './packages/pdf/source.ts'

const bytes = new Uint8Array(readFileSync(process.argv[2]!))
// What every look needs, loaded once.
await inspectFile({ sizeBytes: 9, read: async (_, length) => new Uint8Array(length) }, 'all')
const held = (what: string) =>
  Number(new RegExp(what + ':\\\\s+(\\\\d+)').exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024
// The highest so far is forgotten.
writeFileSync('/proc/self/clear_refs', '5')
const [before, started] = [held('VmRSS'), process.cpuUsage()]
const found = await inspectFile(bytesSource(bytes), 'all')
const { user, system } = process.cpuUsage(started)
const stamp = found.ok && found.stamp ? (found.stamp.fault ?? 'stamped') : null
const fault = found.ok ? null : found.fault
console.log(JSON.stringify({ ok: found.ok, fault, stamp, cpuMs: (user + system) / 1000, peakMb: held('VmHWM') - before }))
`
