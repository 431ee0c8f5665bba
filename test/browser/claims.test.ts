import { mkdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { chromiumPath, launch } from '../support/chromium.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'

const PICTURES = 'test-results/claims'
const LONG_MS = 120_000
const PASSWORD = 'lagune tambour vendredi 47'

describe.skipIf(!chromiumPath)('debited, and no book, on a phone 360 px wide', () => {
  let shop: Running
  let browser: Browser
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    // The older API tells what it waits for.
    shop = await onNode({ SIMULATED_API: 'v2' })
    browser = await launch()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
  }, LONG_MS)

  const ways = [
    ['with script', true, '76 12 34 61'],
    ['without script', false, '76 12 34 62'],
  ] as const
  describe.each(ways)('%s', (name, javaScriptEnabled, phone) => {
    let context: BrowserContext
    let page: Page
    let taken = 0
    const problems: string[] = []
    beforeAll(async () => {
      const viewport = { width: 360, height: 740 }
      context = await browser.newContext({ viewport, locale: 'fr-FR', javaScriptEnabled })
      page = await context.newPage()
      page.setDefaultTimeout(20_000)
      page.on('console', (message) => {
        if (message.type() === 'error' && !/422/.test(message.text())) problems.push(message.text())
      })
    })
    afterAll(() => context.close())

    const press = (button: string | RegExp) =>
      page.getByRole('button', { name: button }).first().click()
    async function picture(step: string) {
      const path = `${PICTURES}/${name.replace(' ', '-')}-${++taken}-${step}.png`
      await page.screenshot({ path, fullPage: true })
      const wide = await page.locator('html').evaluate((html) => html.scrollWidth)
      expect([step, Math.max(wide, 360)]).toEqual([step, 360])
    }
    /** Each time another book: the same form within the hour is the same purchase. */
    async function buy(slug: string) {
      await page.goto(`${shop.url}/livres/${slug}`)
      await page.getByLabel('Votre nom').fill('Awa Traoré')
      await page.getByLabel('Pays du téléphone').selectOption('ML')
      await page.getByRole('textbox', { name: 'Votre téléphone' }).fill(phone)
      await press(/^Payer/)
      await page.waitForURL(/\/simulateur\/payment\//)
      const payPage = page.url()
      await press('Laisser en attente')
      if (!javaScriptEnabled) await press(/boutique/)
      await page.waitForURL(/\/commande\//)
      return payPage
    }
    const accept = (payPage: string) =>
      fetch(payPage, {
        method: 'POST',
        body: new URLSearchParams({ deed: 'accept', operator: 'OM', phone: '76123461' }),
      })
    const status = (wanted: string) => page.locator(`main[data-status=${wanted}]`).waitFor()

    it(
      'the waiting page turns to the book by itself, and is found again by its code',
      async () => {
        const payPage = await buy('sept-pluies')
        await status('pending')
        await page.getByText('CinetPay attend que vous payiez').waitFor()
        await picture('attente')
        await accept(payPage)
        await status('paid')
        const code = (await page.locator('.slip .code').textContent())!
        await picture('paye')

        await page.getByRole('link', { name: 'Retrouver mes livres' }).first().click()
        await page.getByLabel('Pays du téléphone').selectOption('ML')
        await page.getByLabel('Téléphone de la commande').fill('12')
        await press('Retrouver')
        await picture('retrouver-a-corriger')
        await page.getByLabel('Téléphone de la commande').fill(phone)
        const typed = code.toLowerCase().replace('-', ' ').replaceAll('0', 'O')
        await page.getByLabel(/^Code de la commande/).fill(typed)
        await press('Retrouver')
        await status('paid')
        expect(await page.locator('.slip .code').textContent()).toBe(code)
        expect(problems).toEqual([])
      },
      LONG_MS,
    )

    it(
      'who was debited tells it; the seller finds it with its proof, and closes it',
      async () => {
        await buy('cahier-de-caisse-2027')
        const order = page.url()
        await page.getByRole('link', { name: 'J’ai été débité' }).click()
        await press('Vérifier maintenant')
        await page.getByText('Écrivez le montant').waitFor()
        await picture('debite-a-corriger')
        await page.getByLabel('Montant débité').fill('2 500 F')
        await page.getByLabel('Votre opérateur').selectOption('orange')
        await page.getByLabel(/^Référence du SMS/).fill('MP261124.1003.A12345')
        await page.getByLabel(/^Autre chose/).fill('Le SMS est arrivé à 10 h.')
        await press('Vérifier maintenant')
        await page.getByText('Nous avons prévenu la boutique').waitFor()
        await picture('prevenue')

        await page.goto(`${shop.url}/retrouver/debite`)
        await page.getByLabel('Pays du téléphone').selectOption('ML')
        await page.getByLabel('Téléphone débité').fill(`76 99 99 ${javaScriptEnabled ? 11 : 12}`)
        await page.getByLabel('Montant débité').fill('2500')
        await page.getByLabel('Votre opérateur').selectOption('wave')
        await picture('debite-sans-code')
        await press('Vérifier maintenant')
        await page.getByText('Nous avons vérifié').waitFor()
        await picture('verifie')

        if (javaScriptEnabled) {
          const address = /http:\/\/\S+\/admin\/installation\/\S+/.exec(shop.output())![0]
          await page.goto(address)
          await page.getByLabel('Votre nom').fill('Moussa')
          await page.getByLabel('Votre identifiant').fill('moussa')
          await page.getByLabel('Mot de passe').fill(PASSWORD)
          await press('Ouvrir mon bureau')
          await page.getByText('Bienvenue, Moussa').waitFor()
        } else {
          await page.goto(`${shop.url}/admin/entrer`)
          await page.getByLabel('Votre identifiant').fill('moussa')
          await page.getByLabel('Mot de passe').fill(PASSWORD)
          await press('Entrer')
          await page.waitForURL(/\/admin$/)
        }
        await page.goto(`${shop.url}/admin/a-voir`)
        await picture('a-voir')
        await page
          .getByRole('link', { name: /sans commande connue/ })
          .first()
          .click()
        await picture('reclamation-sans-commande')
        const code = order.split('/').at(-1)!.slice(0, 8)
        await page.goto(`${shop.url}/admin/commandes/${code}`)
        await page.getByText('Le SMS est arrivé à 10 h.').waitFor()
        await page.getByText('Texte pour le support de CinetPay').first().click()
        await picture('commande')
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Télécharger le dossier de preuve' }).click(),
        ])
        expect(download.suggestedFilename()).toBe(`preuve-${code}.html`)
        const file = readFileSync((await download.path())!, 'utf8')
        expect(file).toContain('MP261124.1003.A12345')
        const reader = await browser.newPage({ viewport: { width: 360, height: 740 } })
        await reader.setContent(file)
        await reader.screenshot({ path: `${PICTURES}/preuve.png`, fullPage: true })
        await reader.close()

        await page.getByText('Classer la réclamation').first().click()
        await page.getByLabel('Raison').fill('Vu avec Awa')
        await press('Classer la réclamation')
        await page.getByText('La réclamation est classée').waitFor()
        expect(problems).toEqual([])
      },
      LONG_MS,
    )
  })
})
