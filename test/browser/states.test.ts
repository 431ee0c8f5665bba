import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { ServerType } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gallery, states } from '../gallery/app.tsx'
import { chromiumPath, launch } from '../support/chromium.ts'
import {
  axeFaults,
  CONTRAST,
  htmlFaults,
  shapeFaults,
  shift,
  spacingFaults,
  watch,
} from '../support/looking.ts'

// Every state of every page, in a real browser: on a phone and on a desk, by day and by night, in
// both languages. For people's eyes there are the contact sheets (`npm run gallery:sheets`).
const LONG_MS = 240_000
const AT_ONCE = 2
const HEIGHT = 740

it.each(['fr', 'en'])(
  'every state is valid HTML in %s',
  async (language) => {
    const faults: string[] = []
    for (const { name } of states) {
      const answer = await gallery.request(`/etat/${language}/${name}`)
      expect(answer.status).toBe(200)
      const html = await answer.text()
      const found = await htmlFaults(html)
      if (language === 'fr') found.push(...spacingFaults(html))
      faults.push(...found.map((fault) => `${name}: ${fault}`))
    }
    expect(faults).toEqual([])
  },
  LONG_MS,
)

describe.skipIf(!chromiumPath)('every state, in a browser', () => {
  let server: ServerType
  let browser: Browser
  let origin: string
  beforeAll(async () => {
    server = createAdaptorServer({ fetch: gallery.fetch }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launch()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    server?.close()
  }, LONG_MS)

  /** Goes through all states with some pages at once; what is found is told by the state's name. */
  async function visitAll(
    settings: { locale: string; javaScriptEnabled: boolean; width: number },
    look: (page: Page) => Promise<string[]>,
  ): Promise<string[]> {
    const { locale, javaScriptEnabled, width } = settings
    const context = await browser.newContext({
      locale,
      javaScriptEnabled,
      viewport: { width, height: HEIGHT },
      reducedMotion: 'reduce',
    })
    const left = [...states]
    const faults: string[] = []
    const work = async () => {
      const page = await context.newPage()
      const taken = watch(page, origin)
      for (let state = left.shift(); state; state = left.shift()) {
        const { name } = state
        await page.goto(`${origin}/etat/${locale.slice(0, 2)}/${name}`)
        const found = [...(await look(page)), ...taken()]
        faults.push(...found.map((fault) => `${name}: ${fault}`))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    await context.close()
    return faults
  }

  // One language on a phone first, the other on a desk: what moves while it is drawn is seen at both.
  const visits = [
    { locale: 'fr-FR', width: 320, other: 1280 },
    { locale: 'en-GB', width: 1280, other: 320 },
  ]
  it.each(visits)(
    'is read by everybody, moves nothing and asks nobody else: $locale, $width px',
    async ({ locale, width, other }) => {
      const visit = { locale, width, javaScriptEnabled: true }
      const faults = await visitAll(visit, async (page) => {
        const moved = await shift(page)
        const found = moved > 0 ? [`moves by ${moved}`] : []
        found.push(...(await axeFaults(page)), ...(await shapeFaults(page)))
        await page.emulateMedia({ colorScheme: 'dark' })
        found.push(...(await axeFaults(page, CONTRAST)).map((fault) => `dark: ${fault}`))
        await page.setViewportSize({ width: other, height: HEIGHT })
        await page.emulateMedia({ colorScheme: 'light' })
        found.push(...(await shapeFaults(page)).map((fault) => `${other}: ${fault}`))
        await page.setViewportSize({ width, height: HEIGHT })
        return found
      })
      expect(faults).toEqual([])
    },
    LONG_MS,
  )

  it(
    'says the same without script, in letters twice as large, in the colours of the system',
    async () => {
      const visit = { locale: 'fr-FR', width: 360, javaScriptEnabled: false }
      const faults = await visitAll(visit, async (page) => {
        const found = await shapeFaults(page)
        await page.emulateMedia({ forcedColors: 'active', contrast: 'more' })
        await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
        found.push(...(await shapeFaults(page)).map((fault) => `200 %: ${fault}`))
        await page.emulateMedia({ forcedColors: 'none', contrast: null })
        return found
      })
      expect(faults).toEqual([])
    },
    LONG_MS,
  )
})
