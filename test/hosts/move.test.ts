import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setupKey } from '../../src/admin/access/keys.ts'
import { backupWords } from '../../src/admin/backup/words.ts'
import { apacheIsHere } from '../support/apache.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { SIMULATOR_KEYS } from '../support/simulator-process.ts'
import { onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { buildPackage } from './package-tools.ts'
import {
  buy,
  enter,
  fetched,
  install,
  makeOwner,
  openHostOfSeller,
  phone,
  putOnSale,
} from './seller.ts'
import type { HostOfSeller } from './seller.ts'

const LONG_MS = 180_000
const PASSPHRASE = 'hivernage calebasse 1987'
const ROOM = '/admin/reglages/valise'
const WITH_BOOKS = /livres compris/
const words = backupWords('fr')
const isPossible = apacheIsHere && realPostgres && chromiumPath !== undefined

type Sale = { path: string; book: Buffer }

// By the pages alone, and without script: a shared host, Workers, another shared host.
describe.skipIf(!isPossible)('a shop that was installed from the zip moves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiosque-move-'))
  const archive = join(folder, 'valise.tar')
  const hosts: HostOfSeller[] = []
  const workers: Running[] = []
  const databases: TestDatabase[] = []
  const sales: Sale[] = []
  let zip: string
  let secret: string
  let browser: Browser

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    zip = buildPackage('0.1.0', folder)
    hosts.push(await openHostOfSeller(zip))
    for (let i = 0; i < 2; i++) databases.push(await testDatabase())
    browser = await launch()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    for (const worker of workers) await worker.stop()
    for (const host of hosts) await host.close()
    for (const database of databases) await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }, LONG_MS)

  async function sell(page: Page, shop: string) {
    const address = await buy(page, shop)
    sales.push({
      path: new URL(address).pathname,
      book: await fetched(page, 'Télécharger le livre'),
    })
  }

  async function pack(page: Page, shop: string) {
    await page.goto(shop + ROOM)
    await page.getByLabel(words.make.passphrase).fill(PASSPHRASE)
    await page.getByRole('button', { name: words.make.go }).click()
    await page.getByText(words.one.ready).waitFor({ timeout: 60_000 })
    await page.getByText(words.one.sealed).waitFor()
    writeFileSync(archive, await fetched(page, WITH_BOOKS))
  }

  async function send(page: Page, shop: string) {
    await page.goto(shop + ROOM)
    await page.getByLabel(words.arrive.file).setInputFiles(archive)
    await page.getByRole('button', { name: words.arrive.go }).click()
  }

  /** The account gives way to those that arrive, and with it this session. */
  const unpacked = async (page: Page, shop: string) => {
    await page.waitForURL(/entrer/, { timeout: 60_000 })
    await enter(page, shop)
  }

  /** Every link that was sold opens, with the same bytes; a code and a phone find all of them. */
  async function expectSold(shop: string) {
    const awa = await phone(browser)
    for (const { path, book } of sales) {
      await awa.goto(shop + path)
      await awa.locator('main[data-status=paid]').waitFor()
      expect((await fetched(awa, 'Télécharger le livre')).equals(book)).toBe(true)
      await awa.goto(`${shop}/retrouver`)
      await awa.getByLabel('Téléphone de la commande').fill('76 12 34 56')
      await awa.getByLabel(/^Code de la commande/).fill(/commande\/(\w+)\./.exec(path)![1]!)
      await awa.getByRole('button', { name: 'Retrouver' }).click()
      await awa.locator('main[data-status=paid], .file').first().waitFor()
    }
    await awa.context().close()
  }

  async function onWorkers(appSecret: string, databaseUrl: string) {
    const worker = await onWorkerd(databaseUrl, {
      isEmpty: true,
      bindings: {
        ...SIMULATOR_KEYS,
        CINETPAY_API_URL: hosts[0]!.cinetpayUrl,
        APP_SECRET: appSecret,
        CRON_SECRET: 'p3Lk8vHc2Zt6Jq9wEr5y',
      },
    })
    workers.push(worker)
    const page = await phone(browser)
    await page.goto(`${worker.url}/admin/installation/${await setupKey(appSecret)}`)
    await makeOwner(page)
    return { worker, page }
  }

  it(
    'is installed, sells, and is packed under a passphrase',
    async () => {
      const [host] = hosts
      const page = await phone(browser)
      await install(page, host!)
      secret = parseEnv(readFileSync(join(host!.appRoot, '.env'), 'utf8'))['APP_SECRET']!
      await putOnSale(page, host!.apache.url)
      await sell(page, host!.apache.url)
      await pack(page, host!.apache.url)
      expect(readFileSync(archive).includes(secret)).toBe(false)
      await page.context().close()
    },
    LONG_MS,
  )

  it(
    'is refused where the secret is another one, which the passphrase then shows',
    async () => {
      const { worker, page } = await onWorkers('another-secret-of-20-signs', databases[0]!.url)
      await send(page, worker.url)
      await page.getByText(words.arrive.faults['other-secret']).waitFor({ timeout: 60_000 })
      await page.getByLabel(words.arrive.passphrase).fill('une autre phrase que la sienne')
      await page.getByRole('button', { name: words.arrive.open }).click()
      await page.getByText(words.arrive.wrong).waitFor()
      await page.getByLabel(words.arrive.passphrase).fill(PASSPHRASE)
      await page.getByRole('button', { name: words.arrive.open }).click()
      await page.getByText(secret).waitFor()
      await page.context().close()
    },
    LONG_MS,
  )

  it(
    'opens on Workers with all that was sold, and sells there',
    async () => {
      const { worker, page } = await onWorkers(secret, databases[1]!.url)
      await send(page, worker.url)
      await unpacked(page, worker.url)
      await expectSold(worker.url)
      await sell(page, worker.url)
      await pack(page, worker.url)
      await page.context().close()
    },
    LONG_MS,
  )

  it(
    'comes back to a host with the zip, with what was sold in both places',
    async () => {
      // As an owner sets it in the panel, before the installer is opened.
      const host = await openHostOfSeller(zip, { APP_SECRET: secret })
      hosts.push(host)
      const page = await phone(browser)
      await install(page, host)
      await send(page, host.apache.url)
      await unpacked(page, host.apache.url)
      expect(sales).toHaveLength(2)
      await expectSold(host.apache.url)
      await sell(page, host.apache.url)
      expect(existsSync(join(host.appRoot, 'data', 'files'))).toBe(true)
      await page.context().close()
    },
    LONG_MS,
  )
})
