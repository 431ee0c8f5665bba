import { build } from 'esbuild'
import type { OutputFile } from 'esbuild'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hostFolder } from '../support/apache.ts'

let bundle: Promise<OutputFile[]> | undefined

/** The shop as a host gets it: one bundle, its migrations, the start-up file; no node_modules. */
export async function shopFolder(): Promise<string> {
  const folder = hostFolder('host')
  mkdirSync(join(folder, 'dist'))
  for (const { path, contents } of await (bundle ??= bundleShop()))
    writeFileSync(join(folder, 'dist', basename(path)), contents)
  cpSync('passenger.cjs', join(folder, 'passenger.cjs'))
  cpSync('migrations', join(folder, 'migrations'), { recursive: true })
  mkdirSync(join(folder, 'tmp'))
  return folder
}

async function bundleShop(): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    write: false,
    entryPoints: ['src/entries/node.ts', 'src/entries/inspect-worker.ts'],
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    // Of a demonstration only, and not loaded elsewhere.
    external: ['@electric-sql/pglite'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  })
  return outputFiles
}

export const touchRestart = ({ appRoot }: { appRoot: string }) =>
  writeFileSync(join(appRoot, 'tmp', 'restart.txt'), String(Date.now()))
