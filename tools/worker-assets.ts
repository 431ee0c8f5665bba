import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Hono } from 'hono'
import '../src/admin/desk.ts'
import { deskAssets } from '../src/admin/assets.ts'
import { OWN_COLOUR } from '../src/config/settings.ts'
import { assets, iconPath, stylesheetPath } from '../src/views/assets.ts'
import { paths } from '../src/links/addresses.ts'

/**
 * Writes the stylesheets and scripts as files, which Cloudflare serves without waking the Worker.
 * They are those that the Worker serves, by the same addresses, which change with their content. The
 * desk is loaded for the scripts that its rooms serve.
 */
const folder = process.argv[2] ?? 'dist/public'
const all = new Hono().route('/', assets).route('/', deskAssets)
const fixed = all.routes
  .filter(
    ({ method, path }) =>
      method === 'GET' && path.startsWith(`${paths.assets}/`) && !path.includes(':'),
  )
  .map(({ path }) => path)
/** Those that hold a colour, in the colour of a new shop; a seller's own comes from the Worker. */
const addresses = [...fixed, stylesheetPath(OWN_COLOUR), iconPath(OWN_COLOUR)]

rmSync(folder, { recursive: true, force: true })
for (const path of new Set(addresses)) {
  const answer = await all.request(path)
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await answer.text())
}
const HEADERS = `${paths.assets}/*
  cache-control: public, max-age=31536000, immutable
  x-content-type-options: nosniff
  cross-origin-resource-policy: same-origin
  strict-transport-security: max-age=31536000
`
writeFileSync(join(folder, '_headers'), HEADERS)
