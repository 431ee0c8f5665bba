import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { desk } from './admin/desk.ts'
import { app } from './app.tsx'
import { OWN_COLOUR } from './settings.ts'
import type { Shop } from './shop.ts'
import { iconPath, stylesheetPath } from './views/assets.ts'

/**
 * Writes the stylesheets and scripts as files, which Cloudflare serves without waking the Worker.
 * They are those that the Worker serves, by the same addresses, which change with their content.
 */
const folder = process.argv[2] ?? 'dist/public'
const nobody = {
  config: { publicUrl: 'https://localhost' },
  provider: { pageOrigins: [] },
  log() {},
  now: () => new Date(),
  visitGapMs: Infinity,
  background: (work: Promise<unknown>) => void work.catch(() => {}),
} as unknown as Shop

const fixed = [...app.routes, ...desk.routes]
  .filter(({ method, path }) => method === 'GET' && /^\/assets\/[^:]*$/.test(path))
  .map(({ path }) => path)
/** Those that hold a colour, in the colour of a new shop; a seller's own comes from the Worker. */
const addresses = [...fixed, stylesheetPath(OWN_COLOUR), iconPath(OWN_COLOUR)]

rmSync(folder, { recursive: true, force: true })
for (const path of new Set(addresses)) {
  const answer = await app.request(path, {}, nobody)
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await answer.text())
}
const HEADERS = `/assets/*
  cache-control: public, max-age=31536000, immutable
  x-content-type-options: nosniff
  cross-origin-resource-policy: same-origin
  strict-transport-security: max-age=31536000
`
writeFileSync(join(folder, '_headers'), HEADERS)
