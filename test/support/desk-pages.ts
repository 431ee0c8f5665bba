import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { ORDER_STATUSES } from '../../src/data/orders/desk-orders.ts'
import { built } from './built.ts'
import { crawlFrom } from './crawl.ts'
import { onNode } from './running.ts'

/** The desk of a shop with a year of invented sales, and every page of it, as its owner reaches them. */
const ORDERS = '120'
const PASSWORD = 'lagune tambour vendredi 47'
/** Of pages that differ in their subject alone, two are enough. */
const MOST_ALIKE = 2
const kindOf = (path: string) =>
  path
    .replace(/\/[0-9A-Z]{8}(?=\/|$)/, '/:code')
    .replace(/\/livres\/(?!nouveau)[\w-]+/, '/livres/:slug')
const isPage = (path: string) => !/\/(?:couverture|extrait|preuve)|\.\w{3,4}$/.test(path)
const ORDERS_IN = /href="(\/admin\/commandes\/[0-9A-Z]{8})"/g
const ORDER = /href="(\/admin\/commandes\/[0-9A-Z]{8})"/

export type DeskPages = Awaited<ReturnType<typeof openDesk>>

export async function openDesk(browser: Browser) {
  const folder = mkdtempSync(join(tmpdir(), 'kiosque-desk-'))
  const env = { ...process.env, DATA_DIR: folder }
  execFileSync(process.execPath, [built('cli.mjs'), 'seed', '--orders', ORDERS], { env })
  const shop = await onNode({ DATA_DIR: folder })
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  await page.goto(/http:\/\/\S+\/admin\/installation\/\S+/.exec(shop.output())![0])
  await page.getByLabel('Votre nom').fill('Moussa')
  await page.getByLabel('Votre identifiant').fill('moussa')
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await page.getByRole('button', { name: 'Ouvrir mon bureau' }).click()
  await page.getByText('Bienvenue').waitFor()
  await claimADebit(page, shop.url)

  // An order in each state, with its deeds; then whatever has a link.
  const ofStates: string[] = []
  for (const status of ORDER_STATUSES) {
    await page.goto(`${shop.url}/admin/commandes?etat=${status}`)
    const order = ORDER.exec(await page.content())?.[1]
    if (order) ofStates.push(order)
  }
  const paths: string[] = []
  const isKnown = (path: string) =>
    !ofStates.includes(path) &&
    paths.filter((other) => kindOf(other) === kindOf(path)).length >= MOST_ALIKE
  // What asks once more who is there comes first, while it is known.
  const starts = ['/admin/acces/equipe', '/admin/reglages/alertes', ...ofStates, '/admin', '/admin/livres/nouveau?type=lot'] // prettier-ignore
  await crawlFrom(starts, async (path) => {
    if (!path.startsWith('/admin') || !isPage(path) || isKnown(path)) return { text: '' }
    const answer = await page.goto(shop.url + path)
    if (answer!.ok()) paths.push(path)
    return { text: await page.content() }
  })
  let storageState = await context.storageState()
  await context.close()
  return {
    url: shop.url,
    paths,
    /** Who has signed in, as the last of the contexts left it: a confirmed session has another cookie. */
    get storageState() {
      return storageState
    },
    /** Pages that ask who is there open for five minutes more. */
    async enterAgain(where: BrowserContext) {
      const page = await where.newPage()
      await page.goto(`${shop.url}/admin/acces/confirmer?langue=fr&suite=/admin`)
      await page.getByLabel('mot de passe').fill(PASSWORD)
      await page.getByRole('button', { name: 'Continuer', exact: true }).click()
      await page.waitForURL(/\/admin$/)
      await page.close()
      storageState = await where.storageState()
    },
    async stop() {
      await shop.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A buyer tells of a debit on the page of an order, for the desk to answer. */
async function claimADebit(page: Page, url: string) {
  await page.goto(`${url}/admin/commandes?etat=failed`)
  // Buyers of old ones may have been forgotten meanwhile, whose orders have no link.
  for (const [, order] of (await page.content()).matchAll(ORDERS_IN)) {
    await page.goto(url + order!)
    if ((await page.locator('#lien').count()) > 0) break
  }
  const link = await page.locator('#lien').inputValue()
  await page.goto(`${link}/debite`)
  await page.getByLabel('Montant débité').fill('500')
  await page.getByLabel('Votre opérateur').selectOption('orange')
  await page.getByRole('button', { name: 'Vérifier maintenant' }).click()
  await page.getByText('Nous avons prévenu la boutique').waitFor()
}
