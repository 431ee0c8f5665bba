import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cpuMs } from './programs.ts'
import type { Program } from './programs.ts'

const run = promisify(execFile)

export type Asked = {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
}

export type Load = {
  requests: number
  seconds: number
  bytes: number
  /** Milliseconds. */
  p50: number
  p99: number
  perSecond: number
  /** What the server itself worked for one request, in µs. */
  cpu: number
}

/**
 * Load from a process of its own (Debian's wrk, one thread). One request is repeated for `seconds`;
 * of several each is sent once, and their end is the end. wrk needs up to a tenth of a second to stop: until then the
 * first ones are sent again, unless nothing may come twice (`once`), which leaves a rate without meaning.
 */
export async function load(
  { url, pid }: Pick<Program, 'url' | 'pid'>,
  asked: Asked | readonly Asked[],
  { connections, seconds, once }: { connections: number; seconds: number; once?: boolean },
): Promise<Load> {
  const list = [asked].flat()
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-load-'))
  try {
    const file = join(folder, 'requests')
    await writeFile(file, list.map((one) => `${lineOf(one)}\n`).join(''))
    const script = join(import.meta.dirname, 'load.lua')
    // wrk takes whole seconds.
    const duration = Math.ceil(list.length === 1 ? seconds : Math.max(seconds, 120))
    const options = ['-t', '1', '-c', String(connections), '-d', `${duration}s`]
    const timeout = ['--timeout', '60s']
    const before = cpuMs(pid)
    const { stdout } = await run('wrk', [
      ...options,
      ...timeout,
      '-s',
      script,
      url,
      '--',
      file,
      new URL(url).host,
      ...(once ? ['once'] : []),
    ])
    const result = JSON.parse(/RESULT (.*)/.exec(stdout)![1]!) as Load & {
      failed: number
      broken: number
    }
    if (result.failed + result.broken > 0)
      throw new Error(`${url}${list[0]!.path}: ${result.failed} refused, ${result.broken} broken`)
    const cpu = ((cpuMs(pid) - before) * 1000) / result.requests
    return { ...result, cpu, perSecond: result.requests / result.seconds }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function lineOf({ method = 'GET', path, headers = {}, body = '' }: Asked): string {
  const named = Object.entries(headers).map(([name, value]) => `${name}=${value}`)
  return [method, path, named.join('\x1e'), body].join('\t')
}

export const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!

/**
 * Measures the contestants in turn, round after round, so that what the machine does beside falls
 * on all of them; a first round warms them up and is forgotten.
 */
export async function inTurns<Contestants extends Record<string, () => Promise<unknown>>>(
  contestants: Contestants,
  rounds: number,
) {
  const names = Object.keys(contestants)
  const seen: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const figure = await contestants[name]!()
      if (round > 0) seen[name]!.push(figure)
    }
  }
  return seen as { [Name in keyof Contestants]: Awaited<ReturnType<Contestants[Name]>>[] }
}

/** The median, over the rounds, of how one stands to the other in that round. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]) =>
  median(ours.map((figure, round) => figure / theirs[round]!))
