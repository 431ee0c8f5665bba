import { build } from 'esbuild'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostFolder } from '../support/apache.ts'

let bundle: Promise<string> | undefined

/** The shop as a host gets it: one bundle, its migrations, the start-up file; no node_modules. */
export async function shopFolder(): Promise<string> {
  const folder = hostFolder('host')
  cpSync(await (bundle ??= bundleShop()), join(folder, 'dist'), { recursive: true })
  cpSync('passenger.cjs', join(folder, 'passenger.cjs'))
  cpSync('migrations', join(folder, 'migrations'), { recursive: true })
  mkdirSync(join(folder, 'tmp'))
  return folder
}

async function bundleShop(): Promise<string> {
  const outdir = hostFolder('bundle')
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }))
  await build({
    entryPoints: ['src/node.ts'],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    // Of a demonstration only, and not loaded elsewhere.
    external: ['@electric-sql/pglite', 'pdfkit'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  })
  return outdir
}

export const touchRestart = ({ appRoot }: { appRoot: string }) =>
  writeFileSync(join(appRoot, 'tmp', 'restart.txt'), String(Date.now()))
