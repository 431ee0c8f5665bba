import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { childProcess } from './children.ts'
import { judge } from './judge.ts'
import type { Judged } from './judge.ts'
import { missingPrograms, PACKAGES } from './programs.ts'
import { tableOf } from './table.ts'

/**
 * `npm run corpus -- FOLDER [--report FILE]`: every file of a folder through the upload's check and
 * the stamp, and then before the eyes of other people's readers. With a report, what was looked at
 * is kept, a line of JSON a file, and a run that was ended goes on from there.
 */
const { folder, report } = argumentsOf(process.argv.slice(2))
const missing = await missingPrograms()
for (const program of missing)
  console.log(
    `${program} is missing, and is not asked. Debian: apt-get install ${PACKAGES[program]}`,
  )

const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
const known = new Map(
  (report && existsSync(report) ? readFileSync(report, 'utf8').split('\n') : [])
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Judged)
    .map((one) => [one.path, one]),
)

const scratch = mkdtempSync(join(tmpdir(), 'corpus-'))
const children = { look: childProcess(), pdfium: childProcess(), pdfjs: childProcess() }
const all: Judged[] = []
let told = ''
try {
  for (const [i, path] of paths.entries()) {
    progress(`${i + 1} of ${paths.length}: ${path.slice(folder.length + 1)}`)
    const found = known.get(path) ?? (await judge(path, children, scratch))
    if (report && !known.has(path)) appendFileSync(report, `${JSON.stringify(found)}\n`)
    all.push(found)
  }
} finally {
  for (const child of Object.values(children)) child.stop()
  rmSync(scratch, { recursive: true })
}
if (told) process.stdout.write('\r\x1b[K')
console.log(tableOf(all))

/** One line that changes on a terminal; elsewhere a line for each hundred files. */
function progress(line: string) {
  if (process.stdout.isTTY) {
    told = line.slice(0, (process.stdout.columns ?? 80) - 1)
    process.stdout.write(`\r\x1b[K${told}`)
  } else if (all.length % 100 === 0) console.log(line)
}

function argumentsOf(args: string[]) {
  const at = args.indexOf('--report')
  const report = at >= 0 ? args[at + 1] : undefined
  const [folder] = at >= 0 ? args.toSpliced(at, 2) : args
  if (!folder || (at >= 0 && !report)) {
    console.error('npm run corpus -- FOLDER [--report FILE]')
    process.exit(2)
  }
  return { folder: resolve(folder), report }
}
