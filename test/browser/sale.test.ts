import { mkdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { chromiumPath, launch } from '../support/chromium.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'

const PICTURES = 'test-results/sale'
const START_MS = 60_000

describe.skipIf(!chromiumPath)('Awa, on a phone 360 px wide', () => {
  let shop: Running
  let browser: Browser
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    shop = await onNode({})
    browser = await launch()
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
  }, START_MS)

  const scripts = [
    ['with script', true],
    ['without script', false],
  ] as const
  describe.each(scripts)('%s', (name, javaScriptEnabled) => {
    let context: BrowserContext
    let page: Page
    // The same words from the same browser are one purchase for a quarter of an hour.
    const buyer = `Awa ${name}`
    const problems: string[] = []
    beforeAll(async () => {
      context = await browser.newContext({
        viewport: { width: 360, height: 740 },
        locale: 'fr-FR',
        javaScriptEnabled,
        acceptDownloads: true,
      })
      page = await context.newPage()
      page.on('console', (message) => {
        // The browser itself reports every form given back with 422.
        if (message.type() === 'error' && !message.text().includes('422'))
          problems.push(message.text())
      })
      page.on('request', (request) => {
        if (!request.url().startsWith(shop.url)) problems.push(`asks ${request.url()}`)
      })
    })
    afterAll(() => context.close())

    const picture = (step: string) =>
      page.screenshot({ path: `${PICTURES}/${name.replace(' ', '-')}-${step}.png`, fullPage: true })
    const fits = async () => {
      const [wide, seen] = (await Promise.all([
        page.locator('html').evaluate((html) => html.scrollWidth),
        page.locator('html').evaluate((html) => html.clientWidth),
      ])) as [number, number]
      expect(wide).toBeLessThanOrEqual(seen)
    }
    const isInView = async (what: Locator) => {
      const { y, height } = (await what.boundingBox())!
      return y >= 0 && y + height <= page.viewportSize()!.height
    }
    const back = async () => {
      // With script the simulator sends the browser back by itself.
      if (!javaScriptEnabled) await page.getByRole('button', { name: /boutique/ }).click()
      await page.waitForURL(/\/commande\//)
    }

    it(
      'finds a book, is told what she forgot, is refused once, and reads it',
      async () => {
        await page.goto(shop.url)
        await picture('1-catalogue')
        await fits()
        await page.getByRole('link', { name: /œuvre du tailleur/ }).click()
        await page.getByRole('textbox', { name: 'Votre téléphone' }).fill('12')
        await page.getByRole('button', { name: /^Payer/ }).click()
        await page.getByText('Écrivez votre nom').waitFor()
        // The page opens at what is to be mended, and not at its top.
        const refusal = page.getByRole('alert')
        await refusal.and(page.locator(':focus')).waitFor()
        await expect.poll(() => isInView(refusal)).toBe(true)
        expect(await page.getByRole('textbox', { name: 'Votre téléphone' }).inputValue()).toBe('12')
        await picture('2-formulaire')
        await fits()

        await page.getByLabel('Votre nom').fill(buyer)
        await page.getByRole('textbox', { name: 'Votre téléphone' }).fill('76 12 34 56')
        await page.getByRole('button', { name: /^Payer/ }).click()
        await page.waitForURL(/\/simulateur\/payment\//)
        await page.getByRole('button', { name: 'Laisser en attente' }).click()
        await back()
        expect(await page.locator('main').getAttribute('data-status')).toBe('pending')
        await picture('3-en-attente')
        await fits()

        // She confirmed on her phone, as far as CinetPay knows: what pays is folded.
        await page.getByText('Je n’ai pas été débité, je veux payer').click()
        await page.getByRole('link', { name: 'Continuer vers la page de paiement' }).click()
        await page.getByRole('button', { name: 'Solde insuffisant' }).click()
        await page.getByRole('button', { name: /boutique/ }).click()
        await page.waitForURL(/\/commande\//)
        await page.getByText('Le solde de votre compte').waitFor()
        expect(await page.locator('main').getAttribute('data-status')).toBe('failed')
        await picture('4-refuse')

        await page.getByRole('button', { name: /^Réessayer/ }).click()
        await page.waitForURL(/\/simulateur\/payment\//)
        await page.getByRole('button', { name: 'Payer', exact: true }).click()
        await back()
        expect(await page.locator('main').getAttribute('data-status')).toBe('paid')
        await picture('5-paye')
        await fits()

        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Télécharger le livre' }).click(),
        ])
        expect(download.suggestedFilename()).toMatch(/œuvre.*\.pdf$/)
        const bytes = readFileSync((await download.path())!)
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
        const link = await page.getByRole('link', { name: 'Lire dans' }).getAttribute('href')
        const again = await (await fetch(shop.url + link!)).arrayBuffer()
        expect(Buffer.from(again).equals(bytes)).toBe(true)
        // Her own copy: the stamp stands behind the book.
        expect(bytes.subarray(-8_000).includes('KiosqueOrder')).toBe(true)
        expect(problems).toEqual([])
      },
      START_MS,
    )

    it(
      'sees the page bring the book by itself when the confirmation is late',
      async () => {
        await page.goto(`${shop.url}/livres/sept-pluies`)
        await page.getByLabel('Votre nom').fill(buyer)
        await page.getByRole('textbox', { name: 'Votre téléphone' }).fill('76 12 34 57')
        await page.getByRole('button', { name: /^Payer/ }).click()
        await page.waitForURL(/\/simulateur\/payment\//)
        const payPage = page.url()
        await page.getByRole('button', { name: 'Laisser en attente' }).click()
        await back()
        // She confirms on her phone; the browser stays where it is.
        await fetch(payPage, {
          method: 'POST',
          body: new URLSearchParams({ deed: 'accept', operator: 'OM', phone: '76123457' }),
        })
        // A second notice in five seconds is not asked about at once, but by one of the next looks.
        await page.locator('main[data-status=paid]').waitFor({ timeout: 30_000 })
        expect(problems).toEqual([])
      },
      START_MS,
    )
  })
})
