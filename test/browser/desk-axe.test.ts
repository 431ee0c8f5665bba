import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launch } from '../support/chromium.ts'
import { openDesk } from '../support/desk-pages.ts'
import type { DeskPages } from '../support/desk-pages.ts'
import { axeFaults, CONTRAST, htmlFaults, shapeFaults, spacingFaults } from '../support/looking.ts'

// What `states.test.ts` asks of the storefront, of every page of the desk: orders in each state,
// forms before and after they are refused.
const LONG_MS = 580_000
const AT_ONCE = 2
const VISITS = [
  { locale: 'fr-FR', width: 360, scripts: 'come' },
  { locale: 'en-GB', width: 1280, scripts: 'never come' },
]
/** Forms that would be refused as they stand: sent empty, they say what is wrong at each field. */
const ASKING = 'main form[method=post]:has(:is(input, textarea)[required]:not([type=file]))'
const EMPTIED = `(() => {
  const form = document.querySelector('${ASKING}')
  for (const fold of document.querySelectorAll('details')) fold.open = true
  for (const field of form.querySelectorAll('[required]')) if (field.type !== 'file') field.value = ''
})()`
const FOLDS = `for (const fold of document.querySelectorAll('main details')) fold.open = true`

describe.skipIf(!chromiumPath)('every page of the desk', () => {
  let browser: Browser
  let desk: DeskPages
  beforeAll(async () => {
    browser = await launch()
    desk = await openDesk(browser)
  }, LONG_MS)
  afterAll(async () => {
    await browser?.close()
    await desk?.stop()
  }, LONG_MS)

  it('is reached', () => {
    expect(desk.paths.length).toBeGreaterThan(50)
    for (const deed of ['rembourser', 'fermer', 'payee', 'contact', 'lien'])
      expect(desk.paths.some((path) => path.endsWith(`/${deed}`))).toBe(true)
    expect(desk.paths.some((path) => path.startsWith('/admin/reclamations/'))).toBe(true)
  })

  /** By day, by night, with all that is folded opened. */
  async function look(page: Page): Promise<string[]> {
    await page.evaluate(FOLDS)
    const found = [...(await axeFaults(page)), ...(await shapeFaults(page))]
    await page.emulateMedia({ colorScheme: 'dark' })
    found.push(...(await axeFaults(page, CONTRAST)).map((fault) => `dark: ${fault}`))
    await page.emulateMedia({ colorScheme: 'light' })
    return found
  }

  it.each(VISITS)(
    'is read by everybody, its refusals too: $locale, $width px, scripts $scripts',
    async ({ locale, width, scripts }) => {
      const context = await browser.newContext({
        locale,
        storageState: desk.storageState,
        viewport: { width, height: 740 },
        reducedMotion: 'reduce',
      })
      // Scripts that are forbidden would forbid axe, too.
      if (scripts === 'never come') await context.route(/\.js$/, (route) => route.abort())
      await desk.enterAgain(context)
      await context.clearCookies({ name: 'kiosque-langue' })
      const left = [...desk.paths]
      const faults: string[] = []
      const note = (path: string, found: string[]) =>
        faults.push(...found.map((fault) => `${path}: ${fault}`))
      const work = async () => {
        const page = await context.newPage()
        for (let path = left.shift(); path; path = left.shift()) {
          const answer = await page.goto(desk.url + path)
          const html = await answer!.text()
          note(path, await htmlFaults(html))
          if (locale === 'fr-FR') note(path, spacingFaults(html))
          note(path, await look(page))
          if ((await page.locator(ASKING).count()) === 0) continue
          await page.evaluate(EMPTIED)
          const send = page.locator(ASKING).first().locator('button:not([type=button])').first()
          await Promise.all([page.waitForEvent('load'), send.click()])
          const found = await look(page)
          if ((await page.getByRole('alert').count()) !== 1) found.push('says nothing at its top')
          note(`${path}, refused`, found)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      await context.close()
      expect(faults).toEqual([])
    },
    LONG_MS,
  )

  it(
    'begins at the left edge where there is room, on each page alike',
    async () => {
      const context = await browser.newContext({
        storageState: desk.storageState,
        viewport: { width: 1280, height: 740 },
      })
      await desk.enterAgain(context)
      const page = await context.newPage()
      const edges = new Map<number, string[]>()
      for (const path of desk.paths) {
        await page.goto(desk.url + path)
        const { x } = (await page.locator('h1').first().boundingBox())!
        edges.set(x, [...(edges.get(x) ?? []), path])
      }
      await context.close()
      expect([...edges.keys()]).toHaveLength(1)
    },
    LONG_MS,
  )
})
