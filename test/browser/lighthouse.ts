import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { chromiumPath } from '../support/chromium.ts'
import { onNode } from '../support/running.ts'
import { BOOK } from './measure.ts'

/**
 * `npm run lighthouse`: the median of three looks at the storefront and at a book's page, on a phone as
 * Lighthouse simulates one. It weighs 185 MB with 150 packages, so it is no dependency of ours:
 * npm fetches this version into its own store the first time.
 */
const LIGHTHOUSE = 'lighthouse@12.8.2'
const LOOKS = 3
/** "NO_NAVSTART": Chromium gave no trace of the opening. Lighthouse itself says to run it again. */
const WITHOUT_TRACE = /NO_NAVSTART/
const ATTEMPTS = 3
const LEAST = { performance: 99, accessibility: 100, 'best-practices': 100, seo: 100 } as const
type Category = keyof typeof LEAST
const categories = Object.keys(LEAST) as Category[]

type Report = {
  categories: Record<Category, { score: number; auditRefs: { id: string }[] }>
  audits: Record<string, { score: number | null; title: string }>
}

async function look(url: string, attempt = 1): Promise<Report> {
  const options = [
    '--output=json',
    '--quiet',
    `--only-categories=${categories.join(',')}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
  ]
  const run = promisify(execFile)('npx', ['--yes', LIGHTHOUSE, url, ...options], {
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, CHROME_PATH: chromiumPath },
  })
  try {
    return JSON.parse((await run).stdout) as Report
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? error)
    if (!WITHOUT_TRACE.test(said) || attempt === ATTEMPTS) throw error
    console.log(`${url}: no trace, looking again`)
    return look(url, attempt + 1)
  }
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1]!

const shop = await onNode({})
let isKept = true
try {
  for (const path of ['/', BOOK]) {
    const reports: Report[] = []
    for (let i = 0; i < LOOKS; i++) reports.push(await look(shop.url + path))
    for (const category of categories) {
      const scores = reports.map((report) => Math.round(report.categories[category].score * 100))
      const score = median(scores)
      const isGood = score >= LEAST[category]
      isKept &&= isGood
      console.log(`${path.padEnd(32)} ${category.padEnd(16)} ${score}  (${scores.join(', ')})`)
      if (isGood) continue
      const { categories: all, audits } = reports[0]!
      for (const { id } of all[category].auditRefs)
        if ((audits[id]!.score ?? 1) < 1) console.log(`    ${id}: ${audits[id]!.title}`)
    }
  }
} finally {
  await shop.stop()
}
process.exit(isKept ? 0 : 1)
