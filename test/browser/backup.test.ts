import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { setupKey } from '../../src/admin/access/keys.ts'
import { backupWords } from '../../src/admin/backup/words.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { signIn } from '../support/desk.ts'
import { testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { aBook, KEYS, openTestShop, SETTINGS } from '../support/shop.ts'
import { packed } from '../support/backup.ts'
import { aPdf } from '../support/uploads.ts'

const PICTURES = 'test-results/suitcase'
const ARCHIVE = `${PICTURES}/valise.tar`
const LONG_MS = 120_000
const ROOM = '/admin/reglages/valise'
const { APP_SECRET } = SETTINGS
const words = backupWords('fr')

describe.skipIf(!chromiumPath)('Moussa moves his shop from a phone 360 px wide', () => {
  let database: TestDatabase
  let shop: Running
  let browser: Browser
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    const old = await openTestShop()
    await signIn(old)
    await aBook(old, { title: 'Le livre qui voyage', bytes: await aPdf(2, 5_000_000) })
    writeFileSync(ARCHIVE, await packed(old.shop))
    await old.close()
    database = await testDatabase()
    // With keys, so that it is no demonstration, and begins empty.
    const keys = { ...KEYS, CINETPAY_API_URL: 'http://localhost:9' }
    shop = await onNode({ DATABASE_URL: database.url, APP_SECRET, ...keys })
    browser = await launch()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
    await database?.drop()
  }, LONG_MS)

  it(
    'in pieces, over a line that breaks off, and sees the shop as it was',
    async () => {
      const context = await browser.newContext({
        viewport: { width: 360, height: 740 },
        locale: 'fr-FR',
      })
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      const picture = async (name: string) => {
        await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
        const wide = await page.locator('html').evaluate((html) => html.scrollWidth)
        expect([name, Math.max(wide, 360)]).toEqual([name, 360])
      }
      await page.goto(`${shop.url}/admin/installation/${await setupKey(APP_SECRET)}`)
      await page.getByLabel('Votre nom').fill('Moussa')
      await page.getByLabel('Votre identifiant').fill('moussa')
      await page.getByLabel('Mot de passe').fill('lagune tambour vendredi 47')
      await page.getByRole('button', { name: 'Ouvrir mon bureau' }).click()
      await page.goto(`${shop.url}/admin/reglages`)
      await page.getByText(words.title).click()
      await picture('empty')

      let cuts = 0
      await page.route(/arrivees\/[^/]+\/1$/, (route) =>
        cuts++ < 2 ? route.abort() : route.continue(),
      )
      await page.getByLabel(words.arrive.file).setInputFiles(ARCHIVE)
      await page.getByRole('button', { name: words.arrive.go }).click()
      // The account gives way to those that arrive, and with it this session.
      await page.waitForURL(/entrer/)
      expect(cuts).toBe(3)
      await page.goto(shop.url)
      await page.getByText('Le livre qui voyage').first().waitFor()
      await context.close()
    },
    LONG_MS,
  )

  it(
    'and makes a suitcase of it',
    async () => {
      const context = await browser.newContext({
        viewport: { width: 360, height: 740 },
        locale: 'fr-FR',
      })
      const { sql, close } = await (async () => {
        const { connectTo, openDatabase } = await import('../../src/data/database.ts')
        return openDatabase(() => connectTo(database.url))
      })()
      const here = { now: () => new Date(), config: { publicUrl: shop.url } }
      const { headers } = await signIn({ shop: here, sql } as never)
      const [name, value] = headers.cookie.split('=') as [string, string]
      await context.addCookies([{ name, value, url: shop.url }])
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      await page.goto(shop.url + ROOM)
      await page.screenshot({ path: `${PICTURES}/room.png`, fullPage: true })
      await page.getByRole('button', { name: words.make.go }).click()
      await page.getByText(words.one.ready).waitFor()
      await page.screenshot({ path: `${PICTURES}/ready.png`, fullPage: true })
      const fetched = page.waitForEvent('download')
      await page.getByRole('link', { name: /livres compris/ }).click()
      expect((await fetched).suggestedFilename()).toMatch(/^kiosque-.*\.tar$/)
      await close()
      await context.close()
    },
    LONG_MS,
  )
})
