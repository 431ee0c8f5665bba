import type { Browser, BrowserContext, CDPSession } from 'playwright-core'
import { shift } from '../support/looking.ts'

/** What a visit costs on the wire: bodies as they were sent, and their headers. */
type Call = { path: string; status: number; type: string; wire: number }
type Budget = { what: string; seen: string; most: string; isKept: boolean }

export const BOOK = '/livres/l-oeuvre-du-tailleur'
const KB = 1_024
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, locale: 'fr-FR' }
const BUDGETS = {
  pageBytes: 14 * KB,
  coverBytes: 40 * KB,
  requests: 4,
  scriptBytes: 4 * KB,
  againBytes: KB,
}

export async function measure(browser: Browser, origin: string): Promise<Budget[]> {
  const context = await browser.newContext(PHONE)
  const first = await visit(context, origin + BOOK)
  const again = await visit(context, origin + BOOK)
  await context.close()

  const sum = (calls: Call[]) => calls.reduce((bytes, { wire }) => bytes + wire, 0)
  const isCover = ({ path }: Call) => path.includes('/couverture')
  const rest = first.calls.filter((call) => !isCover(call))
  const scripts = first.calls.filter(({ type }) => type === 'Script')
  const foreign = first.calls.filter(({ path }) => !path.startsWith('/'))
  const bytes = (what: string, seen: number, most: number): Budget => {
    return { what, seen: `${seen} B`, most: `${most} B`, isKept: seen <= most }
  }
  const count = (what: string, seen: number, most: number): Budget => {
    return { what, seen: String(seen), most: String(most), isKept: seen <= most }
  }
  return [
    bytes('first visit, all but the cover', sum(rest), BUDGETS.pageBytes),
    bytes('the cover, 360 px at 2 dppx', sum(first.calls.filter(isCover)), BUDGETS.coverBytes),
    count('requests, the icon with them', first.calls.length, BUDGETS.requests),
    count('requests to other hosts', foreign.length, 0),
    bytes('script', sum(scripts), BUDGETS.scriptBytes),
    count('layout shift', first.moved, 0),
    bytes('a visit again', sum(again.calls), BUDGETS.againBytes),
  ]
}

async function visit(context: BrowserContext, url: string) {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  const calls = await listen(session, new URL(url).origin)
  await page.goto(url, { waitUntil: 'networkidle' })
  const moved = await shift(page)
  await page.close()
  return { calls: [...calls.values()].filter(({ wire }) => wire > 0), moved }
}

/** What each call took from the network; what came from the browser's own store took nothing. */
async function listen(session: CDPSession, origin: string): Promise<Map<string, Call>> {
  const calls = new Map<string, Call>()
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    const path = request.url.startsWith(origin) ? request.url.slice(origin.length) : request.url
    calls.set(requestId, { path, status: 0, type: type ?? '', wire: 0 })
  })
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const call = calls.get(requestId)
    if (call) call.status = response.status
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const call = calls.get(requestId)
    if (call) call.wire = encodedDataLength
  })
  await session.send('Network.enable')
  return calls
}

export function table(budgets: Budget[]): string {
  const rows = budgets.map(({ what, seen, most, isKept }) => [
    what,
    seen,
    most,
    isKept ? 'yes' : 'NO',
  ])
  const all = [['budget', 'seen', 'at most', 'kept'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)))
  return all.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')).join('\n')
}
