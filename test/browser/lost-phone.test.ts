import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { openBadNetwork } from '../support/bad-network.ts'
import type { BadNetwork } from '../support/bad-network.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { aPdf } from '../support/uploads.ts'

const PICTURES = 'test-results/lost-phone'
const HEAVY_BOOK = `${PICTURES}/heavy.pdf`
const SIZE = 50_000_000
const LINE_BYTES_PER_SECOND = 20_000_000
const CUTS = [9_000_000, 14_000_000, 6_000_000]
const LONG_MS = 240_000
const PHONE = { viewport: { width: 360, height: 740 }, locale: 'fr-FR', javaScriptEnabled: false }

describe.skipIf(!chromiumPath)('Awa, without an e-mail address, on a line that breaks', () => {
  let line: BadNetwork
  let shop: Running
  let browser: Browser
  let downloads: string
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    writeFileSync(HEAVY_BOOK, await aPdf(40, SIZE))
    downloads = mkdtempSync(join(tmpdir(), 'kiosque-downloads-'))
    line = await openBadNetwork()
    shop = await onNode({ PUBLIC_URL: line.url })
    line.leadTo(shop.url)
    browser = await launch()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    line?.close()
    await shop?.stop()
    rmSync(downloads, { recursive: true, force: true })
  }, LONG_MS)

  const aPhone = async () =>
    (await browser.newContext({ ...PHONE, acceptDownloads: true })).newPage()
  const look = (page: Page, name: string) =>
    page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
  /** Chromium goes on by itself when a download breaks; playwright gives it up, so Chromium is asked. */
  async function download(page: Page) {
    const chromium = await browser.newBrowserCDPSession()
    const done = new Promise<string>((resolve) => {
      chromium.on('Browser.downloadProgress', ({ state, guid }) => {
        if (state === 'completed') resolve(guid)
      })
    })
    const own = await page.context().newCDPSession(page)
    const { targetInfo } = await own.send('Target.getTargetInfo')
    await chromium.send('Browser.setDownloadBehavior', {
      behavior: 'allowAndName',
      browserContextId: targetInfo.browserContextId!,
      downloadPath: downloads,
      eventsEnabled: true,
    })
    await page.getByRole('link', { name: 'Télécharger le livre' }).click()
    const bytes = readFileSync(join(downloads, await done))
    await chromium.detach()
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
  }

  /** Moussa sends 50 MB and puts them on sale, before the line goes bad. */
  async function sellHeavyBook() {
    const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
    const press = (name: string) => page.getByRole('button', { name }).first().click()
    await page.goto(/http:\/\/\S+\/admin\/installation\/\S+/.exec(shop.output())![0])
    await page.getByLabel('Votre nom').fill('Moussa')
    await page.getByLabel('Votre identifiant').fill('moussa')
    await page.getByLabel('Mot de passe').fill('lagune tambour vendredi 47')
    await press('Ouvrir mon bureau')
    await page.goto(`${line.url}/admin/livres/nouveau`)
    await page.getByLabel('Titre').fill('Atlas du fleuve')
    await page.getByLabel('Auteur').fill('Moussa')
    await page.getByLabel('Description').fill('Cinquante mégaoctets de cartes.')
    await page.getByLabel('Prix', { exact: true }).fill('2500')
    await press('Créer le livre')
    await page.locator('input[type=file]').first().setInputFiles(HEAVY_BOOK)
    await press('Envoyer')
    await page.getByText('Le fichier est en place').waitFor({ timeout: 120_000 })
    await page.getByRole('link', { name: 'Retour au livre' }).click()
    await press('Mettre en vente maintenant')
    await page.getByText('En vente').first().waitFor()
    await page.context().close()
  }

  it(
    'gets her stamped book of 50 MB whole, loses the phone, and finds it with the code',
    async () => {
      await sellHeavyBook()
      line.throttle(LINE_BYTES_PER_SECOND)

      const first = await aPhone()
      await first.goto(`${line.url}/livres/atlas-du-fleuve`)
      await look(first, '1-book')
      await first.getByLabel('Votre nom').fill('Awa Traoré')
      await first.getByRole('textbox', { name: 'Votre téléphone' }).fill('76 12 34 56')
      await first.getByRole('button', { name: /^Payer/ }).click()
      await first.getByRole('button', { name: 'Payer', exact: true }).click()
      await first.getByRole('button', { name: /boutique/ }).click()
      await first.locator('main[data-status=paid]').waitFor()
      await look(first, '2-paid')
      const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await first.locator('main').innerText())![0]

      line.cuts.push(...CUTS)
      const whole = await download(first)
      expect(line.broken()).toBe(CUTS.length)
      const sent = readFileSync(HEAVY_BOOK)
      expect(whole.bytes.length).toBeGreaterThan(sent.length)
      expect(whole.bytes.subarray(0, sent.length).equals(sent)).toBe(true)
      const tail = whole.bytes.subarray(sent.length).toString('latin1')
      expect(tail).toContain('KiosqueOrder')
      await first.reload()
      await look(first, '3-downloaded')
      await first.context().close()

      const second = await aPhone()
      await second.goto(line.url)
      await second
        .getByRole('link', { name: /Retrouver/ })
        .first()
        .click()
      await look(second, '4-find')
      await second.getByRole('textbox', { name: /^Téléphone/ }).fill('76123456')
      // As it was read out over the phone.
      await second
        .getByRole('textbox', { name: /code/i })
        .fill(code.toLowerCase().replace('-', ' '))
      await second.getByRole('button').first().click()
      await second.getByRole('heading', { level: 1 }).waitFor()
      await look(second, '5-found')
      if (!(await second.getByRole('link', { name: 'Télécharger le livre' }).count()))
        await second.getByRole('link', { name: /Atlas/ }).click()
      await second.locator('main[data-status=paid]').waitFor()
      line.cuts.push(20_000_000)
      expect((await download(second)).sha256).toBe(whole.sha256)
    },
    LONG_MS,
  )
})
