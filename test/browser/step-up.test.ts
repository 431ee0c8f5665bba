import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { setupKey } from '../../src/admin/access/keys.ts'
import { accessWords } from '../../src/admin/access/words.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Database } from '../../src/data/database.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { axeFaults, htmlFaults, spacingFaults } from '../support/looking.ts'
import { testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'

const PICTURES = 'test-results/step-up'
const LONG_MS = 120_000
const APP_SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'
const PASSWORD = 'savane violon mercredi papaye'
const words = accessWords('fr')
const { stepUp } = words

describe.skipIf(!chromiumPath)('Moussa, asked once more who he is', () => {
  let database: TestDatabase
  let opened: Database
  let shop: Running
  let browser: Browser
  let phone: BrowserContext
  let page: Page
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    database = await testDatabase()
    opened = openDatabase(() => connectTo(database.url))
    shop = await onNode({ DATABASE_URL: database.url, APP_SECRET })
    browser = await launch()
    phone = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'fr-FR' })
    page = await phone.newPage()
    page.setDefaultTimeout(15_000)
    const keys = await phone.newCDPSession(page)
    await keys.send('WebAuthn.enable')
    await keys.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${shop.url}/admin/installation/${await setupKey(APP_SECRET)}`)
    await page.getByLabel('Votre nom').fill('Moussa')
    await page.getByLabel('Votre identifiant').fill('moussa')
    await page.getByLabel('Mot de passe').fill(PASSWORD)
    await page.getByRole('button', { name: 'Ouvrir mon bureau' }).click()
    await page.getByRole('button', { name: words.account.addKey }).click()
    await page.waitForURL((url) => url.pathname === '/admin')
  }, LONG_MS)
  beforeEach(grownOld)
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
    await opened?.close()
    await database?.drop()
  }, LONG_MS)

  /** As if he had entered six minutes ago. */
  async function grownOld() {
    await opened.sql`update sessions set created_at = now() - interval '6 minutes'`
  }
  const helpers = async () =>
    (await opened.sql<{ login: string }[]>`select login from people where role = 'helper'`).map(
      ({ login }) => login,
    )
  const at = (path: string) => page.goto(shop.url + path)
  const asked = (where = page) => where.getByRole('heading', { name: stepUp.title }).waitFor()

  /** Looked at on a phone and on a desk. */
  async function looked(name: string) {
    for (const width of [360, 1200]) {
      await page.setViewportSize({ width, height: 740 })
      await page.screenshot({ path: `${PICTURES}/${name}-${width}.png`, fullPage: true })
      const wide = await page.locator('html').evaluate((html) => html.scrollWidth)
      expect([name, Math.max(wide, width)]).toEqual([name, width])
    }
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await axeFaults(page)).toEqual([])
    const html = await page.content()
    expect(spacingFaults(html)).toEqual([])
  }

  it(
    'answers by password, after a wrong one, and is where he wanted to be',
    async () => {
      await at('/admin/acces/equipe')
      await asked()
      await looked('page')
      const plain = await phone.request.get(`${shop.url}/admin/acces/confirmer`)
      expect(await htmlFaults(await plain.text())).toEqual([])
      await page.getByLabel(words.door.password).fill('ce n’est pas lui')
      await page.getByRole('button', { name: stepUp.go, exact: true }).click()
      await page.getByText(words.errors.present).first().waitFor()
      expect(await page.getByLabel(words.door.password).inputValue()).toBe('')
      await looked('wrong')
      await page.getByLabel(words.door.password).fill(PASSWORD)
      await page.getByRole('button', { name: stepUp.go, exact: true }).click()
      await page.getByRole('heading', { name: words.team.title }).waitFor()
    },
    LONG_MS,
  )

  it(
    'answers by passkey, and what he had typed goes on by itself',
    async () => {
      await at('/admin/acces/confirmer?suite=/admin/acces/equipe')
      await page.getByRole('button', { name: stepUp.withKey }).click()
      await page.getByRole('heading', { name: words.team.title }).waitFor()
      await page.getByLabel(words.team.name).fill('Fatou Diarra')
      await page.getByLabel(words.team.login).fill('fatou')
      await grownOld()
      await page.getByRole('button', { name: words.team.invite }).click()
      await asked()
      await page.getByText(stepUp.kept).waitFor()
      await looked('kept')
      expect(await helpers()).toEqual([])
      await page.getByRole('button', { name: stepUp.withKey }).click()
      await page.getByText(words.team.done['invitation']!).waitFor()
      await page.getByText('Fatou Diarra').first().waitFor()
      expect(await helpers()).toEqual(['fatou'])
    },
    LONG_MS,
  )

  it(
    'is led there by the script of a new key, and comes back to its page',
    async () => {
      await at('/admin/acces')
      await page.getByRole('button', { name: words.account.addKey }).click()
      await asked()
      await page.getByRole('button', { name: stepUp.withKey }).click()
      await page.getByRole('heading', { name: words.account.title }).waitFor()
      // By a key, a new password needs no old one.
      await page.getByLabel(words.account.newPassword).waitFor()
      expect(await page.getByLabel(words.account.presentPassword).count()).toBe(0)
      await page.getByRole('button', { name: words.account.addKey }).click()
      await page.getByText(words.key.already).waitFor()
    },
    LONG_MS,
  )

  it(
    'is told within half a minute that the line is dead',
    async () => {
      await page.clock.install()
      await at('/admin/acces/confirmer')
      const silent = page.waitForRequest('**/confirmer/question')
      await page.route('**/confirmer/question', () => {})
      await page.getByRole('button', { name: stepUp.withKey }).click()
      await silent
      await page.clock.runFor(31_000)
      await page.getByText(words.key.offline).waitFor()
      expect(await page.getByRole('button', { name: stepUp.withKey }).isEnabled()).toBe(true)
      await page.unroute('**/confirmer/question')
    },
    LONG_MS,
  )

  it(
    'needs no script: his password, and the form is sent on',
    async () => {
      const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' })
      const other = await plain.newPage()
      await other.goto(`${shop.url}/admin/entrer?suite=/admin/acces/equipe`)
      await other.getByLabel(words.door.login).fill('moussa')
      await other.getByLabel(words.door.password).fill(PASSWORD)
      await other.getByRole('button', { name: words.door.enter, exact: true }).click()
      await other.getByLabel(words.team.name).fill('Awa l’amie')
      await other.getByLabel(words.team.login).fill('awa')
      await grownOld()
      await other.getByRole('button', { name: words.team.invite }).click()
      await asked(other)
      expect(await other.getByRole('button', { name: stepUp.withKey }).count()).toBe(0)
      await other.getByLabel(words.door.password).fill(PASSWORD)
      await other.getByRole('button', { name: stepUp.go, exact: true }).click()
      await other.getByText(words.team.done['invitation']!).waitFor()
      await other.getByText('Awa l’amie').first().waitFor()
      expect((await helpers()).toSorted()).toEqual(['awa', 'fatou'])
      await plain.close()
    },
    LONG_MS,
  )
})
