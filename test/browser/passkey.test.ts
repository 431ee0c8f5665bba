import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { setupKey } from '../../src/admin/access/keys.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'

const PICTURES = 'test-results/access'
const START_MS = 90_000
const APP_SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'
const PASSWORD = 'savane violon mercredi papaye'

describe.skipIf(!chromiumPath)('Moussa, who gets into his desk on his phone', () => {
  let shop: Running
  let browser: Browser
  let context: BrowserContext
  let page: Page
  /** Another site, with a link to the desk, as WhatsApp's pages have. */
  let elsewhere: Server
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    shop = await onNode({ APP_SECRET })
    browser = await launch()
    context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'fr-FR' })
    page = await context.newPage()
    const phone = await context.newCDPSession(page)
    await phone.send('WebAuthn.enable')
    await phone.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    elsewhere = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html')
      answer.end(`<a href="${shop.url}/admin/acces?de=whatsapp">Mon bureau</a>`)
    }).listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    elsewhere?.close()
    await shop?.stop()
  }, START_MS)

  const picture = (name: string) =>
    page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })

  it(
    'opens it with the address of the console, makes a key, and enters with it',
    async () => {
      await page.goto(`${shop.url}/admin/installation/${await setupKey(APP_SECRET)}`)
      await page.getByLabel('Votre nom').fill('Moussa')
      await page.getByLabel('Votre identifiant').fill('moussa')
      await page.getByLabel('Mot de passe').fill(PASSWORD)
      await picture('1-ouvrir')
      await page.getByRole('button', { name: 'Ouvrir mon bureau' }).click()
      await page.getByText('Bienvenue, Moussa').waitFor()
      await picture('2-bienvenue')
      await page.getByRole('button', { name: 'Ajouter une clé' }).click()
      await page.waitForURL((url) => url.pathname === '/admin')

      await page.goto(`${shop.url}/admin/acces`)
      await page.getByText('pas encore utilisée').waitFor()
      await page.getByRole('button', { name: 'Sortir' }).click()
      await page.waitForURL(/\/admin\/entrer/)
      await page.goto(`${shop.url}/admin/acces`)
      await page.waitForURL(/\/admin\/entrer\?suite=/)
      await picture('3-entrer')
      await page.getByRole('button', { name: 'Entrer avec une clé' }).click()
      await page.waitForURL((url) => url.pathname === '/admin/acces')
      await page.getByText('utilisée le').waitFor()
      await picture('4-mon-acces')
    },
    START_MS,
  )

  it(
    'is let in by a link on another site, though the cookie stays behind at first',
    async () => {
      const { port } = elsewhere.address() as AddressInfo
      await page.goto(`http://127.0.0.1:${port}/`)
      await page.getByRole('link').click()
      await page.getByRole('heading', { name: 'Mon accès' }).waitFor()
      expect(new URL(page.url()).search).toBe('?de=whatsapp')
    },
    START_MS,
  )

  it(
    'is told what to do when the key is refused',
    async () => {
      await page.getByRole('button', { name: 'Sortir' }).click()
      await page.waitForURL(/\/admin\/entrer/)
      await page.route('**/admin/entrer/cle', (route) => route.abort())
      await page.getByRole('button', { name: 'Entrer avec une clé' }).click()
      await page.getByText('La connexion a échoué').waitFor()
      await page.unroute('**/admin/entrer/cle')
    },
    START_MS,
  )

  it(
    'gets in without script too, by password',
    async () => {
      const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' })
      const other = await plain.newPage()
      await other.goto(`${shop.url}/admin/entrer?suite=/admin/acces`)
      expect(await other.getByRole('button', { name: 'clé d’accès' }).count()).toBe(0)
      await other.getByLabel('Votre identifiant').fill('moussa')
      await other.getByLabel('Votre mot de passe').fill(PASSWORD)
      await other.getByRole('button', { name: 'Entrer', exact: true }).click()
      await other.getByRole('heading', { name: 'Mon accès' }).waitFor()
      await plain.close()
    },
    START_MS,
  )
})
