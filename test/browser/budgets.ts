import { onNode } from '../support/running.ts'
import { launch } from '../support/chromium.ts'
import { measure, table } from './measure.ts'

/** `npm run budgets`: what a visit of a book's page costs, and whether it is what we promise. */
const shop = await onNode({})
const browser = await launch()
const budgets = await measure(browser, shop.url)
console.log(table(budgets))
await browser.close()
await shop.stop()
process.exit(budgets.every(({ isKept }) => isKept) ? 0 : 1)
