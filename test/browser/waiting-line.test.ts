import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { ServerType } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { gallery } from '../gallery/app.tsx'
import { fr } from '../../src/words/fr.ts'
import { chromiumPath, launch } from '../support/chromium.ts'

const LONG_MS = 60_000

describe.skipIf(!chromiumPath)('Awa, who waits for her payment', () => {
  let server: ServerType
  let browser: Browser
  beforeAll(async () => {
    server = createAdaptorServer({ fetch: gallery.fetch }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    browser = await launch()
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    server?.close()
  }, LONG_MS)

  it(
    'is looked for again when the line says nothing to the first look',
    async () => {
      const page = await browser.newPage({ locale: 'fr-FR' })
      page.setDefaultTimeout(15_000)
      await page.clock.install()
      const { port } = server.address() as AddressInfo
      let looks = 0
      await page.route('**/statut', (route) => {
        looks++
        return looks === 1 ? undefined : route.fulfill({ json: { status: 'other' } })
      })
      await page.goto(`http://127.0.0.1:${port}/etat/fr/commande-attente`)
      const first = page.waitForRequest('**/statut')
      // The gallery's page looks every 100 seconds, and at least every two minutes later on.
      await page.clock.runFor(101_000)
      await first
      // Its answer: what counts the looks has run by then.
      const second = page.waitForResponse('**/statut')
      await page.clock.runFor(21_000)
      await page.getByText(fr.order.pending.unseen).waitFor()
      // The answer makes the page load anew, and takes the clock with it: its run may never end.
      page.clock.runFor(121_000).catch(() => {})
      await second
      expect(looks).toBe(2)
      // The page is not closed by itself: that would wait for the clock's run. The browser's end ends both.
    },
    LONG_MS,
  )
})
