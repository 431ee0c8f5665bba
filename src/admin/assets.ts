import { Hono } from 'hono'
import { fnv1a } from '../lib/fnv.ts'
import { FOR_GOOD } from '../views/assets.ts'
import type { NoShop } from '../views/assets.ts'
import { deskStylesheet } from './style.ts'
import { paths } from '../links/addresses.ts'

export const deskStylesheetPath = `${paths.assets}/bureau-${fnv1a(deskStylesheet)}.css`

export const deskAssets = new Hono<NoShop>()

const serve = (path: string, type: string, text: string) =>
  deskAssets.get(path, (c) =>
    c.body(text, 200, { 'content-type': type, 'cache-control': FOR_GOOD }),
  )

serve(deskStylesheetPath, 'text/css; charset=utf-8', deskStylesheet)

/**
 * Serves a script of the desk at an address that changes with its content. Scripts only add
 * comfort.
 * @returns its address, for `c.render(page, { scripts: [address] })`
 */
export function serveScript(name: string, script: string): string {
  const path = `${paths.assets}/bureau-${name}-${fnv1a(script)}.js`
  serve(path, 'text/javascript; charset=utf-8', script)
  return path
}
