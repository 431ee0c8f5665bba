import { buildSync } from 'esbuild'
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { argv } from 'node:process'

/**
 * `npm run build:browser`: the scripts of pages, made of `src/views/browser/*.ts`. They are kept as texts in
 * one module, so that Node, workerd, vitest and wrangler need neither a loader nor a step before;
 * `test/views/browser-scripts.unit.test.ts` fails where that module is not what the sources make.
 */
const FOLDER = join(import.meta.dirname, '../src/views/browser')
const OUT = join(FOLDER, 'built.ts')

/** The shop's script runs on phones of ten years ago; the desk's, in what a seller's browser is. */
const SCRIPTS = {
  waiting: 'es5',
  copy: 'es2020',
  cover: 'es2020',
  logo: 'es2020',
  markdown: 'es2020',
  passkey: 'es2020',
  'send-in-pieces': 'es2020',
  'show-password': 'es2020',
}

function built(name: string, target: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(FOLDER, `${name}.ts`)],
    bundle: true,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    target,
    write: false,
  })
  return outputFiles[0]!.text.trimEnd()
}

const camel = (name: string) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())

export function browserModule(): string {
  const lines = Object.entries(SCRIPTS).map(
    ([name, target]) =>
      `/** ${name}.ts */\nexport const ${camel(name)} = ${JSON.stringify(built(name, target))}\n`,
  )
  return `// Made by \`npm run build:browser\`: change the files that it is made of.\n${lines.join('')}`
}

if (basename(argv[1] ?? '') === 'browser.ts') writeFileSync(OUT, browserModule())
