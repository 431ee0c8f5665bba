import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SIGNED_FIELDS } from '../src/payment/cinetpay-notice.ts'
import { shopFolder } from '../test/hosts/shop-folder.ts'
import { apacheIsHere, giveToApp, hostFolder, startApache } from '../test/support/apache.ts'
import { inTurns, load, median, ratioOf } from './load.ts'
import type { Load } from './load.ts'
import { answerOf } from './pages.ts'
import type { Options, Row } from './rows.ts'
import { floorOrders, noticesOf, waitingOrders } from './sales.ts'
import { SECRET, SLUG } from './stage.ts'
import type { Stage } from './stage.ts'

const CONNECTIONS = 16
const PAGE = { path: `/livres/${SLUG}` }

/** The shop and the floors once more, each under an Apache with Passenger of its own. */
export async function apache(stage: Stage, { rounds, scale }: Options): Promise<Row[]> {
  if (!apacheIsHere) throw new Error('Apache with Passenger is not installed: see the README.')
  const { DATA_DIR: _, PUBLIC_URL: __, ...settings } = stage.settings
  const shop = await host(await shopFolder(), (url, folder) => ({
    ...settings,
    PUBLIC_URL: url,
    DATA_DIR: join(folder, 'data'),
  }))
  const seenOnce = await answerOf(shop.url + PAGE.path)
  const pageFloor = await host(floorFolder('page.mjs', seenOnce), (_, folder) => ({
    ANSWER: join(folder, 'answer.json'),
    LINE: 'yes',
    PORT: '0',
  }))
  const saleFloor = await host(floorFolder('sale.mjs'), () => ({
    DATABASE_URL: stage.databaseUrl,
    CONNECTIONS: '16',
    PROVIDER: stage.provider.url,
    SECRET,
    SIGNED_FIELDS: SIGNED_FIELDS.join(','),
    PORT: '0',
  }))
  const visit = { connections: CONNECTIONS, seconds: 2 * scale }
  const atOnce = { connections: CONNECTIONS, seconds: 0 }
  const each = 600 * scale
  const seen = await inTurns(
    {
      page: () => load(shop, PAGE, visit),
      pageFloor: () => load(pageFloor, PAGE, visit),
      notice: async () => load(shop, await noticesOf(await waitingOrders(stage, each)), atOnce),
      noticeFloor: async () =>
        load(saleFloor, await noticesOf(await floorOrders(stage, each), '/notice'), atOnce),
    },
    rounds,
  )
  for (const one of [shop, pageFloor, saleFloor]) await one.stop()
  const rate = (loads: Load[]) => loads.map(({ perSecond }) => perSecond)
  const row = (what: string, ours: Load[], theirs: Load[]): Row => ({
    what,
    ours: median(rate(ours)).toFixed(0),
    floor: median(rate(theirs)).toFixed(0),
    figure: ratioOf(rate(ours), rate(theirs)),
  })
  return [
    row('Apache with Passenger: book page, 16 connections, a second', seen.page, seen.pageFloor),
    row('Apache with Passenger: notices, 16 connections, a second', seen.notice, seen.noticeFloor),
  ]
}

/** A floor as an application of Passenger's. */
function floorFolder(script: string, answer?: unknown): string {
  const folder = hostFolder('floor')
  copyFileSync(join('bench/floors', script), join(folder, script))
  writeFileSync(join(folder, 'passenger.cjs'), `import('./${script}')\n`)
  // Its packages are the repository's.
  const packages = JSON.stringify(resolve('node_modules/postgres/cjs/src/index.js'))
  mkdirSync(join(folder, 'node_modules', 'postgres'), { recursive: true })
  writeFileSync(
    join(folder, 'node_modules', 'postgres', 'index.js'),
    `module.exports = require(${packages})\n`,
  )
  if (answer) writeFileSync(join(folder, 'answer.json'), JSON.stringify(answer))
  giveToApp(folder)
  return folder
}

async function host(appRoot: string, env: (url: string, folder: string) => Record<string, string>) {
  mkdirSync(join(appRoot, 'data', 'files'), { recursive: true })
  giveToApp(appRoot)
  const { url, stop } = await startApache({ appRoot, env: (place) => env(place.url, appRoot) })
  return {
    url: url.replace('localhost', '127.0.0.1'),
    // Passenger starts as many processes as it likes: what they work is not counted.
    pid: process.pid,
    async stop() {
      await stop()
      rmSync(appRoot, { recursive: true, force: true })
    },
  }
}
