/**
 * `npm run build:cpanel`: one zip for a shared host, with nothing to install there. The same sources
 * give the same bytes. Each version lies in a folder of its own, so that a new zip extracted over
 * the old, whole or cut, changes nothing of what runs: the desk's page « Version » begins it.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import { shopVersion } from '../../src/config/versions.ts'

const root = join(import.meta.dirname, '../../src', '..')
const here = (name: string) => join(root, 'tools', 'cpanel', name)
const { values } = parseArgs({
  options: {
    version: { type: 'string', default: shopVersion },
    out: { type: 'string', default: join(root, 'dist') },
  },
})

const leaveOut: Plugin = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/pglite-for-postgres\/embedded\.ts$/ }, () => ({
      path: here('no-embedded.ts'),
    }))
    onLoad({ filter: /\/package\.json$/ }, ({ path }) => {
      if (path !== join(root, 'package.json')) return undefined
      const own = JSON.parse(readFileSync(path, 'utf8')) as object
      return { contents: JSON.stringify({ ...own, version: values.version }), loader: 'json' }
    })
  },
}

const bundle = await build({
  entryPoints: ['packaged', 'cli', 'inspect-worker', 'draw-worker'].map(
    (entry) => `src/entries/${entry}.ts`,
  ),
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Names stay: the log of a host shows where it failed.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  // Some dependencies are CommonJS.
  banner: {
    js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);",
  },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  plugins: [leaveOut],
  write: false,
  logLevel: 'warning',
})

const migrations = readdirSync(join(root, 'migrations')).sort()
const pdfium = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm')
const version: Record<string, Uint8Array> = {
  'start.cjs': readFileSync(here('start.cjs')),
  'dist/pdfium.wasm': readFileSync(pdfium),
  ...Object.fromEntries(
    bundle.outputFiles.map(({ path, contents }) => [`dist/${basename(path)}`, contents]),
  ),
  ...Object.fromEntries(
    migrations.map((name) => [`migrations/${name}`, readFileSync(join(root, 'migrations', name))]),
  ),
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const files = Object.fromEntries(
  Object.entries(version)
    .map(([name, bytes]) => [name, sha256(bytes)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
)
const id = `${values.version}-${sha256(Buffer.from(JSON.stringify(files))).slice(0, 8)}`
const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)

const inPackage: Record<string, Uint8Array> = {
  'LISEZ-MOI.txt': readFileSync(here('LISEZ-MOI.txt')),
  '.htaccess': readFileSync(here('htaccess.txt')),
  'passenger.cjs': readFileSync(here('passenger.cjs')),
  // Passenger wants one on some hosts, and cPanel shows its scripts as buttons.
  'package.json': json({
    name: 'kiosque',
    private: true,
    version: values.version,
    scripts: Object.fromEntries(
      ['doctor', 'access', 'cron', 'migrate'].map((name) => [name, `node passenger.cjs ${name}`]),
    ),
  }),
  'data/': new Uint8Array(),
  'tmp/': new Uint8Array(),
  ...Object.fromEntries(
    Object.entries(version).map(([name, bytes]) => [`versions/${id}/${name}`, bytes]),
  ),
  [`versions/${id}/manifest.json`]: json({ version: values.version, id, files }),
  // Last: what is cut before it names no new version.
  'release.json': json({ id }),
}

/** MS-DOS times know no zone and begin in 1980. */
const WHEN = new Date(1980, 0, 1)
const UNIX = 3
const modeOf = (name: string) => (name.endsWith('/') ? 0o40750 : 0o100640)
const entries: Zippable = Object.fromEntries(
  Object.entries(inPackage).map(([name, bytes]) => [
    name,
    [bytes, { mtime: WHEN, os: UNIX, attrs: (modeOf(name) << 16) >>> 0, level: 9 }],
  ]),
)
const zip = zipSync(entries)
const out = join(values.out, `kiosque-cpanel-${values.version}.zip`)
mkdirSync(values.out, { recursive: true })
rmSync(out, { force: true })
writeFileSync(out, zip)

const kb = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`.padStart(9)
for (const [name, bytes] of Object.entries(inPackage)) console.log(`${kb(bytes.length)}  ${name}`)
console.log(`${kb(zip.length)}  ${out}, version ${id}`)
