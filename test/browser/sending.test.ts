import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { backupWords } from '../../src/admin/backup/words.ts'
import { uploadWords } from '../../src/admin/uploads/words.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Database } from '../../src/data/database.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { signIn } from '../support/desk.ts'
import { testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { KEYS, SETTINGS } from '../support/shop.ts'
import { aPdf } from '../support/uploads.ts'

/** Moussa sends a file of three pieces over a line that goes dead without a word. */
const FOLDER = 'test-results/sending'
const FILE = `${FOLDER}/livre.pdf`
const LONG_MS = 120_000
const ROOM = '/admin/reglages/valise'
const NEW_BOOK = '/admin/livres/nouveau'
const words = { backup: backupWords('fr'), upload: uploadWords('fr') }
const PIECE = /(?:envois|arrivees)\/[\w-]{22}\/\d+$/

describe.skipIf(!chromiumPath)('a file on its way to the desk', () => {
  let database: TestDatabase
  let opened: Database
  let shop: Running
  let line: Awaited<ReturnType<typeof aLine>>
  let browser: Browser
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(FILE, await aPdf(2, 5_000_000))
    database = await testDatabase()
    opened = openDatabase(() => connectTo(database.url))
    line = await aLine(() => shop.url)
    const { APP_SECRET } = SETTINGS
    // With keys, so that it is no demonstration, and begins empty.
    const keys = { ...KEYS, CINETPAY_API_URL: 'http://localhost:9' }
    shop = await onNode({ DATABASE_URL: database.url, PUBLIC_URL: line.url, APP_SECRET, ...keys })
    browser = await launch()
  }, LONG_MS)
  beforeEach(async () => {
    await context?.close()
    context = await browser.newContext({ locale: 'fr-FR' })
    const here = { now: () => new Date(), config: { publicUrl: line.url } }
    const { headers } = await signIn({ shop: here, sql: opened.sql } as never)
    const [name, value] = headers.cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: line.url }])
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await page.clock.install()
    line.mend()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
    line?.close()
    await opened?.close()
    await database?.drop()
  }, LONG_MS)

  let books = 0
  const ways = [
    {
      name: 'a suitcase',
      open: async () => {
        await page.goto(line.url + ROOM)
        return { file: words.backup.arrive.file, go: words.backup.arrive.go }
      },
      // It is no backup archive, which is told once all of it is here.
      end: () => page.getByText(words.backup.arrive.faults['not-a-suitcase']).waitFor(),
      script: words.backup.script,
    },
    {
      name: 'a book',
      open: async () => {
        await page.goto(line.url + NEW_BOOK)
        await page.getByLabel('Titre').fill(`Le livre ${++books}`)
        await page.getByLabel('Auteur').fill('Moussa')
        await page.getByLabel('Description').fill('Une histoire.')
        await page.getByLabel('Prix', { exact: true }).fill('2500')
        await page.getByRole('button', { name: 'Créer le livre' }).click()
        await page.waitForURL(/livres\/le-livre/)
        const slug = new URL(page.url()).pathname.split('/')[3]!
        await page.goto(`${line.url}/admin/livres/${slug}/fichiers`)
        return { file: words.upload.file, go: words.upload.send }
      },
      end: () => page.waitForURL(/\/admin\/envois\//),
      script: words.upload.script,
    },
  ]

  // A shop that has a book takes no backup archive: the order counts.
  describe.each(ways)('$name', ({ open, end, script }) => {
    async function begin() {
      const { file, go } = await open()
      await page.getByLabel(file).setInputFiles(FILE)
      return () => page.getByRole('button', { name: go }).click()
    }
    /** The page's clock goes on, while what it set off takes its real time. */
    async function untilSent(piece: RegExp, times: number) {
      for (let minutes = 0; minutes < 8 && line.count(piece) < times; minutes++) {
        await page.clock.runFor(60_000)
        await page.waitForTimeout(200)
      }
      expect(line.count(piece)).toBeGreaterThanOrEqual(times)
    }

    it(
      'is sent again when the line says nothing for three minutes',
      async () => {
        const go = await begin()
        line.swallow(/\/1$/, 1)
        await go()
        await line.swallowed()
        await untilSent(/\/1$/, 2)
        await end()
        expect([0, 1, 2].map((n) => line.count(new RegExp(`/${n}$`)))).toEqual([1, 2, 1])
      },
      LONG_MS,
    )

    it(
      'goes on at once when the network is there again, whatever the clock says',
      async () => {
        const go = await begin()
        line.swallow(/\/1$/, 1)
        await go()
        await line.swallowed()
        await page.clock.pauseAt(Date.now() + 2_000)
        await context.setOffline(true)
        line.cut()
        await page.getByText(script.offline).waitFor()
        const before = line.count(PIECE)
        await context.setOffline(false)
        await expect.poll(() => line.count(PIECE), { timeout: 20_000 }).toBeGreaterThan(before)
        await page.clock.resume()
        await end()
      },
      LONG_MS,
    )

    it(
      'is begun anew when what was begun is gone',
      async () => {
        const go = await begin()
        line.swallow(/\/1$/, 1)
        await go()
        await line.swallowed()
        await opened.sql`delete from suitcases`
        await opened.sql`delete from uploads`
        const again = page.url()
        await page.goto('about:blank')
        await page.goto(again)
        await page.locator('input[type=file]').setInputFiles(FILE)
        await page.locator('form[enctype] button').last().click()
        await end()
      },
      LONG_MS,
    )
  })

  it(
    'of a new book: what is wrong is said at its field, and nothing that was typed is lost',
    async () => {
      await page.goto(line.url + NEW_BOOK)
      await page.getByLabel('Titre').fill('Un prix de travers')
      await page.getByLabel('Prix', { exact: true }).fill('2003')
      await page.locator('input[name=file]').setInputFiles(FILE)
      await page.getByRole('button', { name: 'Créer le livre' }).click()
      const price = page.locator('#price[aria-invalid=true]')
      await price.waitFor()
      expect(await price.evaluate((input) => input === document.activeElement)).toBe(true)
      expect(await page.locator('#price-error').textContent()).toContain('5')
      expect(await page.getByLabel('Titre').inputValue()).toBe('Un prix de travers')
      expect(await page.locator('[data-progress]').isHidden()).toBe(true)
    },
    LONG_MS,
  )
})

/** A server between the browser and the shop, which may take a request and never answer it. */
async function aLine(target: () => string) {
  const seen: string[] = []
  let hungry: { path: RegExp; times: number } | undefined
  let tellSwallowed = () => {}
  let swallowed = Promise.resolve()
  const server: Server = createServer((near, answer) => {
    const path = near.url!
    if (near.method === 'POST' && PIECE.test(path)) {
      seen.push(path)
      if (hungry && hungry.times > 0 && hungry.path.test(path)) {
        hungry.times--
        near.resume()
        near.on('end', tellSwallowed)
        return
      }
    }
    const { port } = new URL(target())
    const far = request({ port, path, method: near.method, headers: near.headers }, (said) => {
      answer.writeHead(said.statusCode!, said.headers)
      said.pipe(answer)
    })
    far.on('error', () => answer.destroy())
    near.on('error', () => far.destroy())
    near.pipe(far)
  }).listen(0, 'localhost')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    count: (path: RegExp) => seen.filter((each) => path.test(each)).length,
    swallow(path: RegExp, times: number) {
      hungry = { path, times }
      swallowed = new Promise((done) => (tellSwallowed = done))
    },
    swallowed: () => swallowed,
    cut: () => server.closeAllConnections(),
    mend() {
      hungry = undefined
      seen.length = 0
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
