import { Hono } from 'hono'
import { fnv1a } from '../lib/fnv.ts'
import { FOR_GOOD } from '../views/assets.ts'
import type { NoShop } from '../views/assets.ts'
import { deskStylesheet } from './style.ts'
import { paths } from '../links/addresses.ts'

export const deskStylesheetPath = `${paths.assets}/bureau-${fnv1a(deskStylesheet)}.css`

export const deskAssets = new Hono<NoShop>()

deskAssets.get(deskStylesheetPath, (c) =>
  c.body(deskStylesheet, 200, {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': FOR_GOOD,
  }),
)

/**
 * A script of the desk: served under an address that changes with it, and says whose it is. Scripts
 * only add comfort.
 * @returns its address, for `c.render(page, { scripts: [address] })`
 */
export function serveScript(name: string, script: string): string {
  const path = `${paths.assets}/bureau-${name}-${fnv1a(script)}.js`
  deskAssets.get(path, (c) =>
    c.body(script, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': FOR_GOOD,
    }),
  )
  return path
}
