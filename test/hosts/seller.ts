/** A seller with a browser and no script: what Moussa does in a shop on a host, and Awa after him. */
import { readFileSync, rmSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { giveToApp, hostFolder, startApache } from '../support/apache.ts'
import { freePort } from '../support/cluster.ts'
import { SIMULATOR_KEYS, startSimulator } from '../support/simulator-process.ts'
import { aPdf } from '../support/uploads.ts'
import { emptyDatabase, extract, installationCode } from './package-tools.ts'

export const PASSWORD = 'lagune tambour vendredi 47'
export type HostOfSeller = Awaited<ReturnType<typeof openHostOfSeller>>

/** The zip, extracted under Apache with Passenger; CinetPay is played beside it. */
export async function openHostOfSeller(zip: string, environment: Record<string, string> = {}) {
  const appRoot = hostFolder('package')
  extract(zip, appRoot)
  giveToApp(appRoot)
  const database = await emptyDatabase()
  const port = await freePort()
  const cinetpayUrl = `http://localhost:${port}`
  const apache = await startApache({
    appRoot,
    tls: true,
    env: ({ caFile }) => ({
      CINETPAY_API_URL: cinetpayUrl,
      NODE_EXTRA_CA_CERTS: caFile,
      ...environment,
    }),
  })
  const simulator = await startSimulator(port, { NODE_EXTRA_CA_CERTS: apache.caFile })
  return {
    appRoot,
    apache,
    database,
    cinetpayUrl,
    async close() {
      await simulator.stop()
      await apache.stop()
      await database.drop()
      rmSync(appRoot, { recursive: true, force: true })
    },
  }
}

export async function phone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'fr-FR',
    ignoreHTTPSErrors: true,
    acceptDownloads: true,
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return page
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).first().click()

/** Every step of the installer, to the owner's desk. */
export async function install(page: Page, { appRoot, apache, database }: HostOfSeller) {
  const fill = (label: string, value: string) =>
    page.getByLabel(label, { exact: true }).first().fill(value)
  await page.goto(apache.url)
  await fill('Code d’installation', installationCode(appRoot))
  await press(page, 'Commencer')
  await page.getByRole('link', { name: 'Continuer' }).click()
  await press(page, 'Continuer')
  await fill('Serveur', database.host)
  await fill('Port', database.port)
  await fill('Nom de la base', database.name)
  await fill('Utilisateur', database.user)
  await fill('Mot de passe', database.password)
  await press(page, 'Essayer et continuer')
  await page.getByLabel('API Key, Site ID et Secret Key').check()
  await fill('API Key', SIMULATOR_KEYS.CINETPAY_API_KEY)
  await fill('Site ID', SIMULATOR_KEYS.CINETPAY_SITE_ID)
  await fill('Secret Key', SIMULATOR_KEYS.CINETPAY_SECRET)
  await press(page, 'Continuer')
  await press(page, 'Plus tard')
  await makeOwner(page)
  await page.getByRole('heading', { name: 'Votre boutique est installée' }).first().waitFor()
}

export async function makeOwner(page: Page) {
  await page.getByLabel('Votre nom').fill('Moussa')
  await page.getByLabel('Votre identifiant').fill('moussa')
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await page.getByRole('button').last().click()
}

export async function enter(page: Page, shop: string) {
  await page.goto(`${shop}/admin/entrer`)
  await page.getByLabel('Identifiant').fill('moussa')
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await press(page, /Entrer/)
  await page.waitForURL(/\/admin$/)
}

/** Moussa's novel, from the empty form to the storefront. */
export async function putOnSale(page: Page, shop: string) {
  await page.goto(`${shop}/admin/livres/nouveau`)
  await page.getByLabel('Titre').fill('Mon roman')
  await page.getByLabel('Auteur').fill('Moussa')
  await page.getByLabel('Description').fill('Une histoire vraie.')
  await page.getByLabel('Prix', { exact: true }).fill('2500')
  await press(page, 'Créer le livre')
  await page.getByText('C’est créé, en brouillon').waitFor()
  const buffer = Buffer.from(await aPdf(12, 400_000))
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'roman.pdf', mimeType: 'application/pdf', buffer })
  await press(page, 'Envoyer')
  await page.getByText('Le fichier est en place').waitFor()
  await page.getByRole('link', { name: 'Retour au livre' }).click()
  await press(page, 'Mettre en vente maintenant')
  await page.getByText('En vente').first().waitFor()
}

let buyers = 0

/** Somebody else each time orders the novel and pays; the address of her order's page, which is open. */
export async function buy(page: Page, shop: string): Promise<string> {
  await page.goto(`${shop}/livres/mon-roman`)
  await page.getByLabel('Votre nom').fill(`Awa ${++buyers}`)
  await page.getByRole('textbox', { name: 'Votre téléphone' }).fill('76 12 34 56')
  await press(page, /^Payer/)
  await page.getByRole('button', { name: 'Payer', exact: true }).click()
  await press(page, /boutique/)
  await page.locator('main[data-status=paid]').waitFor()
  return page.url()
}

/** What the link of that name on this page gives, whole. */
export async function fetched(page: Page, name: string | RegExp): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name }).first().click(),
  ])
  return readFileSync((await file.path())!)
}
