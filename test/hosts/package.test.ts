import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apacheIsHere, giveToApp } from '../support/apache.ts'
import { chromiumPath, launch } from '../support/chromium.ts'
import { realPostgres } from '../support/postgres.ts'
import { SIMULATOR_V1_KEYS } from '../support/simulator-process.ts'
import {
  addMigration,
  buildPackage,
  extract,
  filesIn,
  idIn,
  installationCode,
} from './package-tools.ts'
import { buy, fetched, makeOwner, openHostOfSeller, PASSWORD, phone, putOnSale } from './seller.ts'
import type { HostOfSeller } from './seller.ts'

const PICTURES = 'test-results/installer'
const LONG_MS = 180_000
const MAX_ZIP_BYTES = 5_000_000
const isPossible = apacheIsHere && realPostgres && chromiumPath !== undefined

// The whole life of a shop on a shared host, by somebody who has a phone and no shell. Each step
// goes on from the one before.
describe.skipIf(!isPossible)('the cPanel package, under Apache with Passenger', () => {
  const zips = mkdtempSync(join(tmpdir(), 'kiosque-zips-'))
  let zip: string
  let appRoot: string
  let host: HostOfSeller
  let apache: HostOfSeller['apache']
  let database: HostOfSeller['database']
  let browser: Browser
  let page: Page
  let taken = 0
  let orderPage: string
  const problems: string[] = []

  beforeAll(async () => {
    rmSync(PICTURES, { recursive: true, force: true })
    mkdirSync(PICTURES, { recursive: true })
    zip = buildPackage('0.1.0', zips)
    host = await openHostOfSeller(zip)
    ;({ appRoot, apache, database } = host)
    browser = await launch()
    page = await phone(browser)
    page.on('console', (message) => {
      if (message.type() === 'error' && !/422|409|503/.test(message.text()))
        problems.push(message.text())
    })
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    await host?.close()
    rmSync(zips, { recursive: true, force: true })
  }, LONG_MS)

  const picture = async (name: string) => {
    taken++
    const path = `${PICTURES}/${String(taken).padStart(2, '0')}-${name}.png`
    await page.screenshot({ path, fullPage: true })
    const [wide, seen] = (await Promise.all([
      page.locator('html').evaluate((html) => html.scrollWidth),
      page.locator('html').evaluate((html) => html.clientWidth),
    ])) as [number, number]
    expect({ name, isWide: wide > seen }).toEqual({ name, isWide: false })
  }
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const fill = (label: string, value: string) =>
    page.getByLabel(label, { exact: true }).first().fill(value)
  const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor()

  it(
    'is small, the same twice, and brings no node_modules',
    () => {
      const bytes = readFileSync(zip)
      expect(bytes.length).toBeLessThan(MAX_ZIP_BYTES)
      expect(readFileSync(buildPackage('0.1.0', join(zips, 'again'))).equals(bytes)).toBe(true)
      const files = filesIn(appRoot)
      // What draws a stamped copy once is the one exception.
      const foreign = files.filter((name) => /node_modules|pglite|\.node$|\.wasm$/.test(name))
      expect(foreign.map((name) => name.split('/').at(-1))).toEqual(['pdfium.wasm'])
      // Bundled, it would stand in a chunk of any name.
      const scripts = files.filter((name) => name.endsWith('.mjs'))
      const embedded = scripts.filter((name) =>
        readFileSync(join(appRoot, name), 'utf8').includes('PGlite'),
      )
      expect(embedded).toEqual([])
      for (const name of ['passenger.cjs', '.htaccess', 'data', 'tmp'])
        expect(files).toContain(name)
    },
    LONG_MS,
  )

  it(
    'opens on the installer, which only the code in the file opens',
    async () => {
      await page.goto(apache.url)
      await heading('Installer votre boutique')
      expect(new URL(page.url()).pathname).toBe('/installer')
      await picture('code')
      expect(await page.locator('code').textContent()).toContain('data/code-installation.txt')
      expect(statSync(join(appRoot, 'data', 'code-installation.txt')).mode & 0o777).toBe(0o600)
      await fill('Code d’installation', 'AAAA-BBBB-CCCC-DDDD-EEEE')
      await press('Commencer')
      await page.getByText('Ce n’est pas le code du fichier').waitFor()
      await picture('code-faux')
      await page.goto(`${apache.url}/installer/base`)
      await heading('Installer votre boutique')

      await fill('Code d’installation', installationCode(appRoot).toLowerCase())
      await press('Commencer')
      await heading('L’hébergeur')
      await page.getByText('La connexion est protégée').waitFor()
      expect(await page.locator('[data-state=bad]').count()).toBe(0)
      await picture('hebergeur')
    },
    LONG_MS,
  )

  it(
    'takes the address, the database and the keys, and gives back what was wrong',
    async () => {
      await page.getByRole('link', { name: 'Continuer' }).click()
      expect(await page.getByLabel('Adresse de la boutique').inputValue()).toBe(apache.url)
      await picture('adresse')
      await fill('Adresse de la boutique', 'http://livres.example.com')
      await press('Continuer')
      await page.getByText('L’adresse doit commencer par https://').waitFor()
      await picture('adresse-refusee')
      await fill('Adresse de la boutique', apache.url)
      await press('Continuer')

      await heading('La base de données')
      await fill('Serveur', database.host)
      await fill('Port', database.port)
      await fill('Nom de la base', 'moussa_inconnue')
      await fill('Utilisateur', database.user)
      await fill('Mot de passe', database.password)
      await press('Essayer et continuer')
      await page.getByText('Le serveur ne connaît pas de base de ce nom').waitFor()
      expect(await page.getByLabel('Nom de la base').inputValue()).toBe('moussa_inconnue')
      await picture('base-refusee')
      await fill('Nom de la base', database.name)
      await picture('base')
      await press('Essayer et continuer')

      await heading('Les paiements')
      const listed = (address: string, list = '') =>
        fetch(`${host.cinetpayUrl}/faults`, {
          method: 'POST',
          body: new URLSearchParams({ address, listed: list }),
        })
      await listed('unlisted')
      await page.getByLabel('Une clé sk_').check()
      await fill('Clé (sk_live_… ou sk_test_…)', SIMULATOR_V1_KEYS.CINETPAY_API_KEY)
      await fill('Mot de passe de l’API', SIMULATOR_V1_KEYS.CINETPAY_API_PASSWORD)
      await press('Essayer et continuer')
      await page.getByText('CinetPay refuse l’adresse de votre hébergement (code 2011).').waitFor()
      await picture('paiements')
      // The page itself says which address is to be entered.
      const address = await page.locator('code.address').first().textContent()
      await listed('unlisted', address!)
      await press('Essayer et continuer')

      await heading('Les e-mails')
      await picture('courrier')
      await press('Plus tard')
      expect(statSync(join(appRoot, 'data', 'installation.json')).mode & 0o777).toBe(0o600)
    },
    LONG_MS,
  )

  it(
    'makes the owner, opens the shop by itself, and ends with the doctor',
    async () => {
      await picture('responsable')
      await makeOwner(page)
      await page.getByRole('heading', { name: /La boutique s’ouvre|est installée/ }).waitFor()
      await picture('ouverture')
      await heading('Votre boutique est installée')
      await page
        .getByText(/PostgreSQL 1/)
        .first()
        .waitFor()
      expect(await page.locator('.found li').count()).toBeGreaterThan(8)
      await picture('installee')

      expect(statSync(join(appRoot, '.env')).mode & 0o777).toBe(0o600)
      const left = filesIn(join(appRoot, 'data'))
      expect(left.filter((name) => name.startsWith('installation') || /code/.test(name))).toEqual(
        [],
      )
      // Nobody opens the installer any more, whatever becomes of the settings.
      expect((await page.request.get(`${apache.url}/installer`)).status()).toBe(404)
      for (const secret of [PASSWORD, SIMULATOR_V1_KEYS.CINETPAY_API_PASSWORD, database.url])
        expect(apache.errorLog()).not.toContain(secret)
    },
    LONG_MS,
  )

  it(
    'hears the scheduled task with the line that it shows',
    async () => {
      const line = await page.getByLabel('La tâche planifiée (cron)').inputValue()
      const { CRON_SECRET } = parseEnv(readFileSync(join(appRoot, '.env'), 'utf8'))
      expect(line).not.toContain(CRON_SECRET)
      await page.goto(`${apache.url}/admin/version`)
      await page.getByText('Elle ne s’est encore jamais exécutée').waitFor()
      // As the host's clock runs it, and curl ends with an error for any other answer.
      const env = { PATH: process.env['PATH'], CURL_CA_BUNDLE: apache.caFile }
      execFileSync('/bin/sh', ['-c', line], { env })
      await page.reload()
      await page.getByText('Dernière exécution :').waitFor()
      await picture('version')
    },
    LONG_MS,
  )

  it(
    'puts a book on sale, and sells it',
    async () => {
      await putOnSale(page, apache.url)
      orderPage = await buy(page, apache.url)
      await picture('vendu')
      expect(await download()).toBe('%PDF-')
    },
    LONG_MS,
  )

  /** The first bytes of what Awa's link gives. */
  async function download() {
    await page.goto(orderPage)
    return (await fetched(page, 'Télécharger le livre')).subarray(0, 5).toString()
  }

  const runs = async (version: string) => {
    await expect
      .poll(
        async () => {
          await page.goto(`${apache.url}/admin/version`)
          return page.getByText('Cette boutique est la version').textContent()
        },
        { timeout: 60_000, interval: 500 },
      )
      .toContain(version)
  }

  it(
    'is none the worse for a new zip that was cut',
    async () => {
      const next = buildPackage('0.2.0', zips)
      extract(next, appRoot, 12)
      giveToApp(appRoot)
      writeFileSync(join(appRoot, 'tmp', 'restart.txt'), '')
      await runs('0.1.0')
      expect(await page.locator('[data-offer=cut]').count()).toBe(1)
      await page.getByText('n’a pas été extrait en entier').waitFor()
      await picture('zip-coupe')
      expect(await download()).toBe('%PDF-')
    },
    LONG_MS,
  )

  it(
    'goes to the new version by a button, and back',
    async () => {
      extract(join(zips, 'kiosque-cpanel-0.2.0.zip'), appRoot)
      giveToApp(appRoot)
      // Extracting alone changes nothing.
      await runs('0.1.0')
      await page.getByText('La base de données ne change pas').waitFor()
      await picture('mise-a-jour')
      await press('Passer à la version 0.2.0')
      await page.getByText('La version 0.2.0 démarre').waitFor()
      await runs('0.2.0')
      expect(await download()).toBe('%PDF-')

      await page.goto(`${apache.url}/admin/version`)
      await press('Revenir à la version 0.1.0')
      await runs('0.1.0')
      expect(await download()).toBe('%PDF-')
    },
    LONG_MS,
  )

  it(
    'changes the database at the start, and says that there is no way back by a button',
    async () => {
      extract(buildPackage('0.3.0', zips), appRoot)
      addMigration(appRoot, '9999_trial', 'create table trial (id bigint primary key)')
      giveToApp(appRoot)
      await page.goto(`${apache.url}/admin/version`)
      await page.getByText('1 changement de la base de données').waitFor()
      await press('Passer à la version 0.3.0')
      await runs('0.3.0')
      // The way back and no more: 0.2.0 is gone from the disk.
      expect(await page.locator('[data-offer=too-old]').count()).toBe(1)
      const kept = readdirSync(join(appRoot, 'versions'), { withFileTypes: true })
      expect(kept.filter((entry) => entry.isDirectory())).toHaveLength(2)
      await picture('apres-migration')
      expect(await download()).toBe('%PDF-')
    },
    LONG_MS,
  )

  it(
    'steps back by itself from a version that does not start',
    async () => {
      const before = idIn(appRoot)
      extract(buildPackage('0.4.0', zips), appRoot)
      addMigration(appRoot, '9999_trial', 'create table trial (id bigint primary key)')
      addMigration(appRoot, '99999_broken', 'create table books (id bigint)')
      giveToApp(appRoot)
      await page.goto(`${apache.url}/admin/version`)
      await press('Passer à la version 0.4.0')
      await expect.poll(() => wentWrong(), { timeout: 60_000, interval: 500 }).toBe(true)
      await runs('0.3.0')
      expect(before).not.toBe(idIn(appRoot))
      expect(await download()).toBe('%PDF-')
      expect(problems).toEqual([])
    },
    LONG_MS,
  )

  /** Each look is a visit, which Passenger needs to notice the restart. */
  async function wentWrong() {
    await page.request.get(apache.url)
    return apache.errorLog().includes('version.failed')
  }
})
