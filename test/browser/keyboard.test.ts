import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { chromiumPath, launch } from '../support/chromium.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { aPdf } from '../support/uploads.ts'

// The desk without a mouse: a book from nothing to sold, counted in keys.
const LONG_MS = 180_000
const MOST_TABS = 60
/** What each step may cost beside the letters that are typed; docs/measurements.md tells what it does. */
const MOST_KEYS = { 'a book on sale': 45, 'a sale': 22 }

/** Whether what has the focus is seen: on the screen, under nothing, and marked. */
const SEEN = `(() => {
  const one = document.activeElement
  if (one === document.body) return 'nothing has the focus'
  const { left, top, width, height } = one.getBoundingClientRect()
  const at = document.elementFromPoint(left + width / 2, top + height / 2)
  if (!one.contains(at) && !at?.contains(one)) return 'covered: ' + one.outerHTML.slice(0, 90)
  const { outlineStyle, outlineWidth } = getComputedStyle(one)
  return outlineStyle === 'none' || outlineWidth === '0px' ? 'unmarked: ' + one.outerHTML.slice(0, 90) : ''
})()`

describe.skipIf(!chromiumPath)('Moussa, with a keyboard alone', () => {
  let shop: Running
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let pdf: Buffer
  const told: Record<string, { keys: number; letters: number }> = {}
  let keys = 0
  let letters = 0
  beforeAll(async () => {
    pdf = Buffer.from(await aPdf(3))
    shop = await onNode({})
    browser = await launch()
    const viewport = { width: 1280, height: 800 }
    context = await browser.newContext({ locale: 'fr-FR', viewport, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    // From now on: a wait that begins with the key may come too late to catch the chooser.
    page.on('filechooser', () => {})
    await page.goto(/http:\/\/\S+\/admin\/installation\/\S+/.exec(shop.output())![0])
    await page.getByLabel('Votre nom').fill('Moussa')
    await page.getByLabel('Votre identifiant').fill('moussa')
    await page.getByLabel('Mot de passe').fill('lagune tambour vendredi 47')
    await page.getByRole('button', { name: 'Ouvrir mon bureau' }).click()
    await page.getByText('Bienvenue').waitFor()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
  }, LONG_MS)

  async function press(key: string, times = 1) {
    for (let time = 0; time < times; time++) {
      await page.keyboard.press(key)
      keys++
    }
  }
  async function type(text: string) {
    await page.keyboard.type(text)
    letters += text.length
  }
  const isFocused = (wanted: Locator) =>
    wanted.evaluate((one) => one === one.ownerDocument.activeElement)
  /** From stop to stop, each of which is seen. */
  async function tabTo(wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      await press(key)
      expect(await page.evaluate(SEEN)).toBe('')
      if (await isFocused(wanted)) return
    }
    throw new Error(`not reached: ${String(wanted)}`)
  }
  /** Past the rooms of the desk, by the first stop of every page. */
  async function skip() {
    await tabTo(page.getByRole('link', { name: 'Aller au contenu' }))
    await press('Enter')
  }
  const field = (label: string) => page.getByRole('textbox', { name: label })
  async function follow(wanted: Locator) {
    await tabTo(wanted)
    await Promise.all([page.waitForEvent('load'), press('Enter')])
  }
  /** What a step took, and where the count stands. */
  async function step(name: keyof typeof MOST_KEYS, walk: () => Promise<void>) {
    ;[keys, letters] = [0, 0]
    await page.goto(`${shop.url}/admin`)
    await walk()
    told[name] = { keys, letters }
    console.log(`${name}, by keyboard: ${keys} keys, and ${letters} letters typed`)
    expect([name, Math.max(keys, MOST_KEYS[name])]).toEqual([name, MOST_KEYS[name]])
  }

  it(
    'puts a book on sale, from nothing',
    () =>
      step('a book on sale', async () => {
        await skip()
        await follow(page.getByRole('link', { name: 'Ajouter un livre' }))
        await skip()
        await tabTo(page.locator('#file'))
        const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Space')])
        await chooser.setFiles({ name: 'roman.pdf', mimeType: 'application/pdf', buffer: pdf })
        await tabTo(field('Titre'))
        await type('Mon roman')
        await tabTo(field('Auteur'))
        await type('Moussa Diarra')
        await tabTo(page.getByRole('spinbutton', { name: 'Prix' }).or(page.locator('#price')))
        await type('2500')
        // Enter sends the form, as in any other.
        await Promise.all([page.waitForURL(/\?fait=cree/), press('Enter')])
        await tabTo(page.getByRole('button', { name: 'Mettre en vente maintenant' }))
        await Promise.all([page.waitForEvent('load'), press('Enter')])
        await page.getByText('En vente').first().waitFor()
      }),
    LONG_MS,
  )

  it(
    'sells it to a reader who paid in the street',
    () =>
      step('a sale', async () => {
        await skip()
        await follow(page.getByRole('link', { name: 'Enregistrer une vente hors boutique' }))
        await skip()
        await tabTo(page.getByLabel('Livre', { exact: true }))
        await type('Mon roman')
        await tabTo(field('Nom'))
        await type('Awa Traoré')
        await tabTo(field('Téléphone'))
        await type('76 12 34 56')
        await tabTo(field('Raison'))
        await type('Payé en espèces au marché')
        await tabTo(page.getByRole('button', { name: 'Enregistrer la vente' }))
        await Promise.all([page.waitForURL(/\?fait=vendue/), press('Enter')])
        await page.getByText('La vente est enregistrée').waitFor()
        expect(await page.getByText('Mon roman').count()).toBeGreaterThan(0)
      }),
    LONG_MS,
  )

  it(
    'takes back what a button of the text has written',
    async () => {
      await page.goto(`${shop.url}/admin/livres/mon-roman/modifier`)
      const text = field('Description')
      await text.focus()
      await type('Une histoire vraie')
      await press('Control+a')
      await tabTo(page.getByRole('button', { name: 'Gras' }), 'Shift+Tab')
      await press('Enter')
      expect(await text.inputValue()).toBe('**Une histoire vraie**')
      // The field has the focus, and what was chosen is still chosen.
      expect(await isFocused(text)).toBe(true)
      await page.keyboard.press('Control+z')
      expect(await text.inputValue()).toBe('Une histoire vraie')
      await page.keyboard.press('Control+Shift+z')
      expect(await text.inputValue()).toBe('**Une histoire vraie**')
      for (const name of ['Italique', 'Titre', 'Liste']) {
        await page.keyboard.press('Control+End')
        const before = await text.inputValue()
        await page.getByRole('button', { name }).focus()
        await press('Enter')
        expect(await text.inputValue()).not.toBe(before)
        await page.keyboard.press('Control+z')
        expect(await text.inputValue()).toBe(before)
      }
    },
    LONG_MS,
  )
})
