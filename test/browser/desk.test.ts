import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { imageSize } from '../../src/lib/image-size.ts'
import { crawlFrom } from '../support/crawl.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { aPdf, aToldEpub } from '../support/uploads.ts'

const PICTURES = 'test-results/desk'
const HEAVY_BOOK = `${PICTURES}/bogolan.pdf`
const HEAVY_BYTES = 24_000_000
const LONG_MS = 120_000
/** A photo of a cover, and what the shop makes of it: at most the budget of a phone. */
const MADE = {
  width: 1600,
  height: 2400,
  maxBytes: 40 * 1_024,
  share: { width: 1200, height: 630 },
}
const ALONE = { width: 480, height: 720, maxBytes: 300_000 }
/** WhatsApp shows no picture above this weight. */
const MAX_SHARE_BYTES = 250_000
/** On a phone, what a page is about begins this far down or higher. */
const CONTENT_TOP_PX = 140
/** What a link of the desk leads to that is no page: files, pictures, what only a script asks for. */
const NO_PAGE =
  /\/(?:couverture|extrait|fichiers|statut|nouveautes\.xml)|\.(?:csv|svg|xml|txt|pdf)$/
const NARROW = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement
  const faults = scrollWidth > clientWidth ? ['wider than the screen: ' + scrollWidth] : []
  for (const dd of document.querySelectorAll('dl:not(.headlines) > dd')) {
    const part = dd.getBoundingClientRect().width / dd.parentElement.clientWidth
    if (part > 0 && part < .4) faults.push('squeezed: ' + dd.textContent)
  }
  return faults
})()`
/** One thing to do stands out on a page; what is folded away is not seen. */
const DESK = `(() => {
  const strong = [...document.querySelectorAll('main :is(button, .button)')].filter(
    (one) => one.checkVisibility() && !one.disabled && !one.matches('.quiet, .danger, .link') && !one.closest('details:not([open])'),
  )
  return strong.length > 1 ? ['several primary: ' + strong.map((one) => one.textContent).join(', ')] : []
})()`
const PASSWORD = 'lagune tambour vendredi 47'

describe.skipIf(!chromiumPath)('Moussa, on a phone 360 px wide', () => {
  let shop: Running
  let browser: Browser
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    writeFileSync(HEAVY_BOOK, await aPdf(53, HEAVY_BYTES))
    shop = await onNode({})
    browser = await launch()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
  }, LONG_MS)

  const ways = [
    ['with script', true, 'fr-FR'],
    ['without script', false, 'en-GB'],
  ] as const
  // One shop, two sellers' evenings: the first opens the desk, the second comes back to it.
  describe.each(ways)('%s', (name, javaScriptEnabled, locale) => {
    let context: BrowserContext
    let page: Page
    let taken = 0
    const problems: string[] = []
    beforeAll(async () => {
      const viewport = { width: 360, height: 740 }
      context = await browser.newContext({ viewport, locale: 'fr-FR', javaScriptEnabled })
      page = await context.newPage()
      page.setDefaultTimeout(15_000)
      page.on('console', (message) => {
        if (message.type() === 'error' && !/422|404/.test(message.text()))
          problems.push(message.text())
      })
      page.on('request', (request) => {
        if (!request.url().startsWith(shop.url)) problems.push(`asks ${request.url()}`)
      })
    })
    afterAll(() => context.close())

    const at = (path: string) => page.goto(shop.url + path)
    const press = (button: string | RegExp) =>
      page.getByRole('button', { name: button }).first().click()
    /** Keeps a picture, and sees that nothing hangs over the edge. */
    async function picture(step: string) {
      const number = String(++taken).padStart(2, '0')
      const path = `${PICTURES}/${name.replace(' ', '-')}-${number}-${step}.png`
      await page.screenshot({ path, fullPage: true })
      const wide = await page.locator('html').evaluate((html) => html.scrollWidth)
      expect([step, Math.max(wide, 360)]).toEqual([step, 360])
    }

    it(
      'gets in',
      async () => {
        if (javaScriptEnabled) {
          const address = /http:\/\/\S+\/admin\/installation\/\S+/.exec(shop.output())![0]
          await page.goto(address)
          await page.getByLabel('Votre nom').fill('Moussa')
          await page.getByLabel('Votre identifiant').fill('moussa')
          await page.getByLabel('Mot de passe').fill(PASSWORD)
          await press('Ouvrir mon bureau')
          await page.getByText('Bienvenue, Moussa').waitFor()
          await picture('bienvenue')
          expect((await page.goto(address))!.status()).toBe(404)
        } else {
          await at('/admin')
          await page.getByLabel('Votre identifiant').fill('moussa')
          await page.getByLabel('Mot de passe').fill(PASSWORD)
          await press('Entrer')
        }
        await at('/admin')
        await page.getByRole('heading', { name: 'Accueil' }).waitFor()
        await picture('accueil')
      },
      LONG_MS,
    )

    it(
      'takes the first steps',
      async () => {
        await at('/admin/premiers-pas')
        await picture('premiers-pas')
        // The step is done for whoever comes second.
        if (javaScriptEnabled)
          await page.getByRole('link', { name: 'Configurer la boutique' }).click()
        else await at('/admin/reglages/boutique')
        await page.getByLabel('Nom de la boutique').fill(`Librairie de Moussa`)
        await page.getByLabel('Numéro WhatsApp').fill('76 00 11 22')
        await press('Enregistrer')
        await page
          .getByText(/enregistré/)
          .first()
          .waitFor()
        await picture('boutique')
        await at('/')
        await page.getByRole('link', { name: 'Librairie de Moussa' }).waitFor()
      },
      LONG_MS,
    )

    const title = `Mon roman ${name}`
    const slug = `mon-roman-${name.replace(' ', '-')}`

    it(
      'puts a book of 24 MB on sale',
      async () => {
        await at('/admin/livres/nouveau')
        await page.getByLabel('Titre').fill(title)
        await page.getByLabel('Auteur').fill('Moussa')
        await page.getByLabel('Description').fill('Une histoire **vraie**.')
        await page.getByLabel('Prix', { exact: true }).fill('2502')
        await press('Créer le livre')
        await page.locator('#price-error').waitFor()
        expect(await page.getByLabel('Titre').inputValue()).toBe(title)
        await picture('livre-refuse')
        await page.getByLabel('Prix', { exact: true }).fill('2500')
        await press('Créer le livre')
        await page.getByText('C’est créé, en brouillon').waitFor()
        await page
          .locator('form:has(#file) input[type=file], input[type=file]')
          .first()
          .setInputFiles(HEAVY_BOOK)
        await press('Envoyer')
        await page.getByText('Le fichier est en place').waitFor({ timeout: 60_000 })
        await page.getByText('53 pages').waitFor()
        await picture('fichier')
        await page.getByRole('link', { name: 'Retour au livre' }).click()
        await press('Mettre en vente maintenant')
        await page.getByText('En vente').first().waitFor()
        await picture('en-vente')
      },
      LONG_MS,
    )

    it(
      'gives it a cover: light on a phone, and whole where it is shared',
      async () => {
        // Where no script makes its sizes, a light picture serves as it is.
        const made = javaScriptEnabled ? MADE : { ...ALONE, share: ALONE }
        const cover = await drawCover(page, made)
        await at(`/admin/livres/${slug}`)
        const form = page.locator('form:has([data-cover])')
        await form
          .locator('input[name=image]')
          .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: cover })
        if (javaScriptEnabled) await form.getByText('prête à partir').waitFor()
        await picture('couverture-prete')
        await press('Envoyer la couverture')
        await page.getByText('La nouvelle couverture').waitFor()
        await picture('couverture')

        await at(`/livres/${slug}`)
        const shared = await page.locator('meta[property="og:image"]').getAttribute('content')
        const share = Buffer.from(await (await fetch(shared!)).arrayBuffer())
        writeFileSync(`${PICTURES}/partage-${name.replace(' ', '-')}.jpg`, share)
        const { width, height } = made.share
        expect(imageSize(share)).toEqual({ type: 'image/jpeg', width, height })
        expect(share.length).toBeLessThan(MAX_SHARE_BYTES)

        for (const deviceScaleFactor of [2, 3]) {
          const viewport = { width: 360, height: 740 }
          const phone = await browser.newContext({ viewport, deviceScaleFactor })
          const buyer = await phone.newPage()
          const answered = buyer.waitForResponse(/\/couverture/)
          await buyer.goto(`${shop.url}/livres/${slug}`)
          const { length } = await (await answered).body()
          console.log(`The cover of a photo, ${name}, ${deviceScaleFactor} dppx: ${length} B`)
          expect(length).toBeLessThanOrEqual(made.maxBytes)
          await phone.close()
        }
        expect(problems).toEqual([])
      },
      LONG_MS,
    )

    it(
      'takes over the chapters of an EPUB, and with script its cover',
      async () => {
        const buffer = Buffer.from(aToldEpub(await drawCover(page, MADE)))
        await at('/admin/livres/nouveau')
        await page
          .getByLabel('Titre')
          .fill(javaScriptEnabled ? 'Neuf pluies' : 'Neuf pluies, encore')
        await page.getByLabel('Auteur').fill('Nafi Tamarin')
        await page.getByLabel('Prix', { exact: true }).fill('2500')
        await press('Créer le livre')
        const input = page.locator('form.upload input[type=file]')
        await input.setInputFiles({ name: 'a.epub', mimeType: 'application/epub+zip', buffer })
        await press('Envoyer')
        await page.getByText('Le fichier est en place').waitFor()
        await picture('epub')
        await page.getByRole('link', { name: 'Reprendre sa table' }).click()
        await press('Enregistrer')
        await page.getByText('C’est enregistré').waitFor()
        if (!javaScriptEnabled) return
        await page.getByRole('link', { name: 'Reprendre la couverture' }).click()
        await page.getByText('prête à partir').waitFor()
        await picture('couverture-du-fichier')
        await press('Envoyer la couverture')
        await page.getByText('La nouvelle couverture').waitFor()
        expect(problems).toEqual([])
      },
      LONG_MS,
    )

    it(
      'sells it, finds the order, refunds it, and the access ends at once',
      async () => {
        const last = javaScriptEnabled ? '4751' : '4752'
        const buyer = await (
          await browser.newContext({ locale: 'fr-FR', javaScriptEnabled })
        ).newPage()
        await buyer.goto(`${shop.url}/livres/${slug}`)
        await buyer.getByLabel('Votre nom').fill('Awa Traoré')
        await buyer
          .getByRole('textbox', { name: 'Votre téléphone' })
          .fill(`76 12 ${last.slice(0, 2)} ${last.slice(2)}`)
        await buyer.getByRole('button', { name: /^Payer/ }).click()
        await buyer.getByRole('button', { name: 'Payer', exact: true }).click()
        if (!javaScriptEnabled) await buyer.getByRole('button', { name: /boutique/ }).click()
        await buyer.locator('main[data-status=paid]').waitFor()
        const orderPage = buyer.url()
        const link = await buyer.getByRole('link', { name: 'Lire dans' }).getAttribute('href')
        const part = { headers: { range: 'bytes=0-9' } }
        expect((await fetch(shop.url + link!, part)).status).toBe(206)

        await at('/admin/commandes')
        await page.getByLabel('Chercher une commande').fill(last)
        await press('Chercher')
        await picture('recherche')
        // The whole row is the link.
        await page.locator('tr', { hasText: 'Awa Traoré' }).click()
        await page.getByText(title).first().waitFor()
        await picture('commande')
        await page.getByText('Noter un remboursement', { exact: false }).first().click()
        const refund = page.locator('form[action$="/rembourser"]')
        await refund.getByLabel(/Pourquoi|Raison|Motif/).fill('Elle s’est trompée de livre')
        await refund.getByRole('button').click()
        await page
          .getByText(/[Rr]emboursée?/)
          .first()
          .waitFor()
        await picture('remboursee')

        expect((await fetch(shop.url + link!, part)).status).toBe(404)
        await buyer.goto(orderPage)
        await buyer.getByText('Cette commande a été remboursée').waitFor()
        await buyer.context().close()
        expect(problems).toEqual([])
      },
      LONG_MS,
    )

    it(
      `finds every page whole on a narrow phone, in ${locale}`,
      async () => {
        const state = await context.storageState()
        const viewport = { width: 320, height: 640 }
        const narrow = await browser.newContext({
          locale,
          javaScriptEnabled,
          viewport,
          storageState: state,
        })
        const own = await narrow.newPage()
        const faults: string[] = []
        const starts = ['/admin', '/admin/commandes?etat=paid&tri=-montant', '/admin/livres/nouveau?type=lot'] // prettier-ignore
        const seen = await crawlFrom(starts, async (path) => {
          if (NO_PAGE.test(path)) return { text: '' }
          await own.goto(shop.url + path)
          const found = (await own.evaluate(NARROW)) as string[]
          if (path.startsWith('/admin')) found.push(...((await own.evaluate(DESK)) as string[]))
          faults.push(...found.map((fault) => `${path}: ${fault}`))
          return { text: await own.content() }
        })
        expect(
          [...seen.keys()].filter((path) => path.startsWith('/admin/')).length,
        ).toBeGreaterThan(40)
        await own.setViewportSize({ width: 360, height: 740 })
        for (const path of [
          '/admin',
          '/admin/commandes',
          '/admin/reglages',
          '/admin/chiffres',
          `/admin/livres/${slug}`,
          [...seen.keys()].find((path) => /commandes\/[0-9A-Z]{8}$/.test(path))!,
        ]) {
          await own.goto(shop.url + path)
          const top = await own
            .locator('main > *')
            .first()
            .evaluate((one) => one.getBoundingClientRect().top)
          if (top > CONTENT_TOP_PX) faults.push(`${path}: begins at ${top} px`)
          await own.evaluate(`document.documentElement.style.fontSize = '200%'`)
          const large = (await own.evaluate(NARROW)) as string[]
          faults.push(...large.map((fault) => `${path}, letters twice as large: ${fault}`))
        }
        await narrow.close()
        expect(faults).toEqual([])
        expect(problems).toEqual([])
      },
      LONG_MS,
    )
  })
})

/** A picture as a telephone takes it: full of what compresses badly. */
async function drawCover(page: Page, { width, height }: typeof ALONE): Promise<Buffer> {
  const url = (await page.evaluate(`(() => {
    const [width, height] = [${width}, ${height}]
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const brush = canvas.getContext('2d')
    let seed = 7
    const draw = (most) => (seed = (seed * 16807) % 2147483647) % most
    for (let i = 0; i < 6000; i++) {
      brush.fillStyle = 'hsl(' + draw(360) + ' 60% ' + (20 + draw(60)) + '%)'
      brush.beginPath()
      brush.arc(draw(width), draw(height), 4 + draw(width / 27), 0, 7)
      brush.fill()
    }
    brush.fillStyle = '#fff'
    brush.font = 'bold ' + width / 8 + 'px serif'
    brush.fillText('Mon roman', width / 8, height / 5)
    return canvas.toDataURL('image/jpeg', 0.9)
  })()`)) as string
  return Buffer.from(url.split(',')[1]!, 'base64')
}
