import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { states } from '../gallery/app.tsx'
import { chromiumPath, launch } from '../support/chromium.ts'
import { axeFaults, htmlFaults, watch } from '../support/looking.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { BOOK, measure, table } from './measure.ts'

const START_MS = 120_000

describe.skipIf(!chromiumPath)('the window of the built server', () => {
  let shop: Running
  let browser: Browser
  beforeAll(async () => {
    shop = await onNode({})
    browser = await launch()
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
  }, START_MS)

  it(
    'costs no more than we promise',
    async () => {
      const budgets = await measure(browser, shop.url)
      expect(budgets).toHaveLength(7)
      console.log(table(budgets))
      expect(budgets.filter(({ isKept }) => !isKept)).toEqual([])
    },
    START_MS,
  )

  const pages = [
    '/',
    BOOK,
    `/en${BOOK}`,
    '/recherche?q=pluies',
    '/aide',
    '/retrouver',
    '/nulle-part',
  ]
  it(
    'is sound with its own head, policy and data',
    async () => {
      const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'fr-FR' })
      const taken = watch(page, shop.url)
      const faults: string[] = []
      for (const path of pages) {
        const answer = (await page.goto(shop.url + path))!
        faults.push(...(await htmlFaults(await answer.text())).map((fault) => path + fault))
        faults.push(...(await axeFaults(page)).map((fault) => path + fault))
        // The browser itself reports the 404 that was asked for.
        faults.push(...taken().filter((fault) => !fault.includes('404')))
      }
      await page.close()
      expect(faults).toEqual([])
    },
    START_MS,
  )
})

it('shows every state that a page of an order can be in', () => {
  const names = states.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const word of ['payee', 'attente', 'refusee', 'expiree', 'review', 'refunded', 'revoked'])
    expect(names.filter((name) => name.startsWith(`commande-${word}`))).not.toEqual([])
})
