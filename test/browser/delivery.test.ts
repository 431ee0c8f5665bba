import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { sellBigBook } from '../support/big-book.ts'
import type { BigBook } from '../support/big-book.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { signIn } from '../support/desk.ts'
import { realPostgres } from '../support/postgres.ts'
import type { TestShop } from '../support/shop.ts'

const PICTURES = 'test-results/delivery'
const SIZE = 3_200_000
const START_MS = 120_000
/** As a seller writes it on a phone. */
const NAME = "L'œuvre – 1 « été » 😀.pdf"

describe.skipIf(!chromiumPath || !realPostgres)('Awa’s book, on a phone 360 px wide', () => {
  let book: BigBook
  let browser: Browser
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    book = await sellBigBook(SIZE, NAME)
    browser = await launch()
    context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      locale: 'fr-FR',
      javaScriptEnabled: false,
      acceptDownloads: true,
    })
    page = await context.newPage()
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    await book?.close()
  }, START_MS)

  const look = async (name: string) => {
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
    const wide = await page.locator('html').evaluate((html) => html.scrollWidth)
    expect(wide).toBeLessThanOrEqual(360)
  }
  const openOrder = () => page.goto(book.url() + book.orderPage)
  const asMoussa = async (path: string) => {
    const shop = { now: () => new Date(), config: { publicUrl: book.url() } }
    const { headers } = await signIn({ shop, sql: book.sql } as unknown as TestShop)
    const [name, value] = headers.cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: book.url() }])
    await page.goto(book.url() + path)
  }

  it(
    'keeps its name in the phone’s downloads, whatever stands in it',
    async () => {
      await openOrder()
      await look('1-order')
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Télécharger le livre' }).click(),
      ])
      expect(download.suggestedFilename()).toBe(NAME)
      const bytes = readFileSync((await download.path())!)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(book.sha256)
    },
    START_MS,
  )

  it(
    'is offered to be resumed, asks who she is, and is promised when it is damaged',
    async () => {
      await expect
        .poll(
          async () =>
            (await book.sql`select 1 from downloads where completed_at is not null`).length,
        )
        .toBe(1)
      await book.sql`
        update downloads
        set blocks = (repeat('1', 81) || repeat('0', 47))::bit(128), completed_at = null, resumes = 3`
      await openOrder()
      await page.getByText('Un téléchargement a commencé (63').waitFor()
      await page.getByRole('link', { name: 'Reprendre le téléchargement' }).waitFor()
      await look('2-resume')
      await asMoussa(`/admin/commandes/${book.code}`)
      await page.getByText(/63\s% envoyé, repris 3 fois/).waitFor()
      await look('3-desk-order')

      await book.sql`
        update downloads
        set blocks = repeat('1', 128)::bit(128), copies = 19,
          completed_at = last_at - interval '1 day'`
      await openOrder()
      await page.getByText('nous vous demanderons la fin de votre numéro').waitFor()
      await look('4-order-limit')
      await page.getByRole('link', { name: 'Télécharger le livre' }).click()
      await page.getByRole('heading', { name: 'Est-ce bien vous ?' }).waitFor()
      await look('5-limit')
      await page.getByLabel('Les 4 derniers chiffres').fill('11 11')
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.getByText('Ce ne sont pas les derniers chiffres').waitFor()
      await look('6-limit-wrong')
      await page.getByLabel('Les 4 derniers chiffres').fill('34 56')
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Continuer' }).click(),
      ])
      expect(download.suggestedFilename()).toBe(NAME)
      await download.path()

      await truncate(book.stored, 1_000)
      await openOrder()
      await page.getByRole('link', { name: 'Lire dans le navigateur' }).click()
      await page.getByRole('heading', { name: 'Votre livre est en réparation.' }).waitFor()
      await look('7-damaged')
      await openOrder()
      await page.getByText('Ce fichier est en réparation').waitFor()
      await look('8-order-damaged')
      await asMoussa('/admin/a-voir')
      await page.getByText('Fichiers abîmés').waitFor()
      await look('9-desk-to-look-at')
      await asMoussa('/admin')
      await page.getByText('Un fichier abîmé, à renvoyer').waitFor()
      await look('10-desk-home')
    },
    START_MS,
  )
})
