import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launch } from '../support/chromium.ts'
import { openDesk } from '../support/desk-pages.ts'
import { gallery, states } from './app.tsx'

/**
 * `npm run gallery:sheets`: contact sheets of every state of the storefront and every page of the
 * desk, to be looked at one by one. `-- 'desk-.*-dark'` makes those alone whose name is like it.
 */
const FOLDER = resolve('test-results/sheets')
const SCREEN_PX = 800
const TALLEST_PX = 2_000
const SHEET_PX = 1_840
const only = new RegExp(process.argv[2] ?? '')

type Look = {
  width: number
  language: 'fr' | 'en'
  dark?: boolean
  forced?: boolean
  /** Letters twice as large. */
  large?: boolean
}
const LOOKS: Look[] = [
  { width: 360, language: 'fr' },
  { width: 360, language: 'en', dark: true },
  { width: 360, language: 'fr', forced: true },
  { width: 360, language: 'fr', large: true },
  { width: 768, language: 'en' },
  { width: 1280, language: 'fr' },
  { width: 1280, language: 'en', dark: true },
  { width: 1280, language: 'fr', forced: true },
  { width: 1920, language: 'fr', large: true },
  { width: 1920, language: 'en' },
]

type Subject = { name: string; url: string }

const nameOf = ({ width, language, dark, forced, large }: Look) =>
  [width, language, dark && 'dark', forced && 'forced', large && '200'].filter(Boolean).join('-')

/** Pictures of all subjects in one look, then sheets of them. */
async function lookAt(browser: Browser, context: BrowserContext, set: PictureSet) {
  const { name, subjects, look } = set
  const folder = join(FOLDER, name)
  mkdirSync(folder, { recursive: true })
  const page = await context.newPage()
  for (const [place, { url }] of subjects.entries()) {
    await page.goto(url)
    if (look.large) await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
    await take(page, join(folder, `${place}.jpg`), look.width)
  }
  await page.close()
  const columns = look.width < 700 ? 9 : look.width < 1000 ? 6 : 4
  const perSheet = 2 * columns
  const sheet = await browser.newPage({ viewport: { width: SHEET_PX, height: 600 } })
  for (let from = 0; from < subjects.length; from += perSheet) {
    const tiles = subjects
      .slice(from, from + perSheet)
      .map(
        (subject, place) =>
          `<figure><figcaption>${subject.name}</figcaption><img src="${from + place}.jpg"></figure>`,
      )
    const html = join(folder, 'sheet.html')
    writeFileSync(html, `<style>${sheetStyle(columns)}</style>${tiles.join('')}`)
    await sheet.goto(`file://${html}`)
    const path = join(FOLDER, `${name}-${1 + from / perSheet}.jpg`)
    await sheet.screenshot({ path, type: 'jpeg', quality: 80, fullPage: true })
    console.log(path)
  }
  await sheet.close()
}

type PictureSet = { name: string; subjects: Subject[]; look: Look }

const sheetStyle = (columns: number) =>
  `body{margin:6px;background:#888;display:grid;grid-template-columns:repeat(${columns},1fr);gap:6px;align-items:start}figure{margin:0}figcaption{font:11px sans-serif;height:14px;overflow:hidden}img{width:100%}`

async function take(page: Page, path: string, width: number) {
  const whole = (await page.evaluate('document.documentElement.scrollHeight')) as number
  // As tall as the page: what clings to the edge of the screen stands at its own place.
  await page.setViewportSize({ width, height: Math.min(whole, TALLEST_PX) })
  await page.waitForFunction('[...document.images].every((one) => one.complete)')
  await page.screenshot({ path, type: 'jpeg', quality: 70 })
  await page.setViewportSize({ width, height: SCREEN_PX })
}

const server = createAdaptorServer({ fetch: gallery.fetch }).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const browser = await launch()
const shop = await openDesk(browser)
const deskSubjects = shop.paths.map((path) => ({ name: path, url: shop.url + path }))

for (const look of LOOKS) {
  const context = await browser.newContext({
    locale: look.language === 'fr' ? 'fr-FR' : 'en-GB',
    viewport: { width: look.width, height: SCREEN_PX },
    storageState: shop.storageState,
    colorScheme: look.dark ? 'dark' : 'light',
    forcedColors: look.forced ? 'active' : 'none',
    reducedMotion: 'reduce',
  })
  const storefront = states.map(({ name }) => ({
    name,
    url: `http://127.0.0.1:${port}/etat/${look.language}/${name}`,
  }))
  await shop.enterAgain(context)
  await context.clearCookies({ name: 'kiosque-langue' })
  const sets = { desk: deskSubjects, storefront }
  for (const [what, subjects] of Object.entries(sets)) {
    const name = `${what}-${nameOf(look)}`
    if (only.test(name)) await lookAt(browser, context, { name, subjects, look })
  }
  await context.close()
}
await browser.close()
server.close()
await shop.stop()
