import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DPI } from '../../packages/pdfium/seen.ts'
import { compare, pictureOf } from './pictures.ts'
import type { Comparison } from './pictures.ts'

/** Other people's programs, each ended when it takes too long, and the Debian package that brings it. */
export const PACKAGES = {
  qpdf: 'qpdf',
  pdftoppm: 'poppler-utils',
  pdfinfo: 'poppler-utils',
  mutool: 'mupdf-tools',
  unzip: 'unzip',
  ffprobe: 'ffmpeg',
  mpg123: 'mpg123',
} as const
export type Program = keyof typeof PACKAGES

type Ran = { status: number | null; output: string; isMissing: boolean; isLate: boolean }

/** All of a file in one reader; and one run of a program. */
export const FILE_DEADLINE_MS = 120_000
const RUN_DEADLINE_MS = 20_000
const MAX_OUTPUT_BYTES = 64 * 1024
const MAX_MEMORY_KB = 2 * 1024 * 1024

export function run(program: Program, args: string[], deadlineMs: number): Promise<Ran> {
  return new Promise((resolve) => {
    // The shell limits it and is replaced by it: some readers take all memory for some files.
    const limited = `ulimit -v ${MAX_MEMORY_KB}; exec "$@"`
    const child = spawn('sh', ['-c', limited, 'sh', program, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, deadlineMs)
    child.stdout.on('data', (piece: Buffer) => {
      if (output.length < MAX_OUTPUT_BYTES) output += piece.toString('latin1')
    })
    const end = (status: number | null, isMissing = false) => {
      clearTimeout(timer)
      resolve({ status, output, isMissing, isLate })
    }
    child.on('error', () => end(null, true))
    // What a shell says of a program that it does not find.
    child.on('close', (status) => end(status, status === 127))
  })
}

export async function missingPrograms(): Promise<Program[]> {
  const programs = Object.keys(PACKAGES) as Program[]
  const ran = await Promise.all(programs.map((one) => run(one, ['-v'], RUN_DEADLINE_MS)))
  return programs.filter((_, i) => ran[i]!.isMissing)
}

/** 0: clean; 1: warnings; 2: errors, or it was ended. */
export async function qpdfCheck(path: string): Promise<number> {
  const { status } = await run('qpdf', ['--check', path], RUN_DEADLINE_MS)
  return status === 0 ? 0 : status === 3 ? 1 : 2
}

/** Drawn so many pages at a time, so that a long book fits on the disk. */
const PAGES_AT_ONCE = 40

const DRAWERS = {
  poppler: (path: string, from: number, to: number, out: string) =>
    run(
      'pdftoppm',
      `-q -gray -cropbox -r ${DPI} -f ${from} -l ${to}`.split(' ').concat(path, join(out, 'p')),
      RUN_DEADLINE_MS,
    ),
  mupdf: (path: string, from: number, to: number, out: string) =>
    run(
      'mutool',
      [
        'draw',
        ...`-q -c gray -r ${DPI} -F pgm -o`.split(' '),
        join(out, 'p-%d.pgm'),
        path,
        `${from}-${to}`,
      ],
      RUN_DEADLINE_MS,
    ),
} as const

export async function compareIn(
  reader: keyof typeof DRAWERS,
  [before, after]: [string, string],
  pages: number,
  scratch: string,
): Promise<Comparison> {
  const found: Comparison = { pages: 0, changed: [], unseen: [] }
  const until = Date.now() + FILE_DEADLINE_MS
  for (let from = 1; from <= pages; from += PAGES_AT_ONCE) {
    if (Date.now() > until) return { ...found, stopped: 'time' }
    const to = Math.min(pages, from + PAGES_AT_ONCE - 1)
    const [plain, stamped] = await Promise.all(
      [before, after].map(async (path, i) => {
        const out = join(scratch, `${reader}-${i}`)
        await rm(out, { recursive: true, force: true })
        await mkdir(out)
        const { isMissing, isLate } = await DRAWERS[reader](path, from, to, out)
        return { out, isMissing, isLate, names: numbered(await readdir(out)) }
      }),
    )
    if (plain!.isMissing) return { ...found, stopped: 'missing' }
    if (plain!.isLate || stamped!.isLate) return { ...found, stopped: 'time' }
    for (let page = from; page <= to; page++) {
      const [a, b] = await Promise.all(
        [plain!, stamped!].map(async ({ out, names }) => {
          const name = names.get(page)
          return name ? pictureOf(await readFile(join(out, name))) : undefined
        }),
      )
      compare(found, page, a, b)
    }
  }
  return found
}

/** Files by the number in their name. */
const numbered = (names: string[]) =>
  new Map(names.map((name) => [Number(/(\d+)\.pgm$/.exec(name)?.[1]), name]))

/** Which programs open a file. */
export async function openedBy(path: string, kind: 'pdf' | 'zip' | 'sound'): Promise<string[]> {
  const asked = {
    pdf: [
      ['poppler', 'pdfinfo', [path], /Pages:\s+[1-9]/],
      ['mupdf', 'mutool', ['info', path], /Pages: [1-9]/],
    ],
    zip: [
      ['unzip', 'unzip', ['-tqq', path], /^/],
      ['mupdf', 'mutool', ['draw', '-q', '-F', 'txt', '-o', '-', path, '1'], /\S/],
    ],
    sound: [
      ['ffmpeg', 'ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_type', path], /audio/],
      ['mpg123', 'mpg123', ['-q', '-t', '-n', '50', path], /^/],
    ],
  } as const satisfies Record<string, [string, Program, string[], RegExp][]>
  const opened: string[] = []
  for (const [reader, program, args, answer] of asked[kind]) {
    const { status, output } = await run(program, [...args], RUN_DEADLINE_MS)
    if (status === 0 && answer.test(output)) opened.push(reader)
  }
  return opened
}
