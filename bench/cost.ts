import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app } from '../src/app.tsx'
import { readConfig } from '../src/config/config.ts'
import { connectTo, openDatabase } from '../src/data/database.ts'
import { seedDemonstration } from '../src/demonstration/seed.ts'
import { bringUpToDate } from '../src/entries/migrations.ts'
import { openShop } from '../src/entries/open.ts'
import { simulator } from '../simulator/app.tsx'
import { memoryLedger } from '../simulator/ledger.ts'
import { diskStorage } from '../src/storage/disk.ts'
import { startCluster } from '../test/support/cluster.ts'
import { form } from '../test/support/form.ts'
import { formIn } from '../test/support/form-in.ts'

/**
 * `npm run bench:cost -- --sales 1000`: what one whole sale asks of PostgreSQL: statements, those of
 * them that write, bytes of its log, and the processor time of its server, which hardly depends on
 * how busy the machine is otherwise. `docs/en/scale.md` counts with these.
 */
const { values } = parseArgs({ options: { sales: { type: 'string', default: '1000' } } })
const SALES = Number(values.sales)
const AT_ONCE = 4
const TICKS_A_SECOND = 100
const KEYS = {
  CINETPAY_API_KEY: '12912847765bc0db748fdd44.40081707',
  CINETPAY_SITE_ID: '445160',
  CINETPAY_SECRET: '9f2c1e7ad03b4c5588e1b6d2',
}

const cluster = await startCluster({ durable: true })
if (!cluster) throw new Error('No PostgreSQL is to be had: see the README.')
const url = cluster.url('postgres')
await bringUpToDate(connectTo(url, { max: 1 }))
let statements = 0
let writes = 0
const debug = (_: number, query: string) => {
  statements++
  if (/\b(insert into|update|delete from)\b/.test(query)) writes++
}
const database = openDatabase(() => connectTo(url, { debug }), 60_000)
const folder = await mkdtemp(join(tmpdir(), 'kiosque-bench-'))
const reading = readConfig({
  PUBLIC_URL: 'https://livres.example.net',
  APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm',
  ...KEYS,
})
if (!reading.ok) throw new Error(reading.faults.join('\n'))
const config = { ...reading.config, rateLimits: false }
const now = () => new Date()
let atWork: Promise<unknown>[] = []
const background = (work: Promise<unknown>) => void atWork.push(work.catch(() => {}))
const played = simulator({
  apiKey: KEYS.CINETPAY_API_KEY,
  siteId: KEYS.CINETPAY_SITE_ID,
  secret: KEYS.CINETPAY_SECRET,
  v1: null,
  url: 'https://checkout.cinetpay.com',
  ledger: memoryLedger(),
  fetch: async (request) => app.fetch(request, shop),
  now,
  background,
})
const shop = openShop({
  config,
  sql: database.sql,
  files: diskStorage(folder),
  log: () => {},
  fetch: async (request) => played.fetch(request),
  now,
  mail: undefined,
  checksAPass: 1,
  // Chores are counted with nobody's sale.
  visitGapMs: Infinity,
  background,
})
await seedDemonstration(shop)
await database.sql`analyze`

const steps = new Map<string, { statements: number; writes: number }>()
/** Only when one sale is made at a time: what each step asks. */
async function counted<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = { statements, writes }
  const answer = await work()
  await settled()
  const step = steps.get(name) ?? { statements: 0, writes: 0 }
  step.statements += statements - before.statements
  step.writes += writes - before.writes
  steps.set(name, step)
  return answer
}
async function settled() {
  while (atWork.length > 0) {
    const work = atWork
    atWork = []
    await Promise.all(work)
  }
}

const ask = async (path: string, init?: RequestInit) => app.request(path, init, shop)
const text = async (path: string) => (await ask(path)).text()

async function sell(i: number, count: typeof counted) {
  const window = await count('the window', () => text('/'))
  const [, bookPath] = /href="(\/livres\/[^"/]+)"/.exec(window)!
  const page = await count('the book', () => text(bookPath!))
  const { action, fields } = formIn(page, /\/acheter$/)
  const buyer = { name: 'Awa Traoré', country: 'ML', email: '', phone: String(70_000_000 + i) }
  const opened = await count('the form', () => ask(action, form({ ...fields, ...buyer })))
  const payPage = new URL(opened.headers.get('location')!).pathname
  const paid = { deed: 'accept', operator: 'OM', phone: '76123456' }
  const back = await count('the notice, and CinetPay’s word', async () => {
    const path = payPage.replace('/checkout/', '/payment/')
    const html = await (await played.request(path, form(paid))).text()
    await settled()
    return formIn(html, /payment\/return/)
  })
  const returned = await count('the way back', () =>
    ask(back.action.replaceAll('&amp;', '&').slice(config.publicUrl.length), form(back.fields)),
  )
  const orderPath = new URL(returned.headers.get('location')!, config.publicUrl).pathname
  const order = await count('the order page', () => text(orderPath))
  const [, file] = /href="(\/d\/[^"?]+)"/.exec(order)!
  await count('the download', async () => (await ask(file!)).arrayBuffer())
}

const uncounted: typeof counted = (_, work) => work()
const ticksOf = (pid: number | string) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
}
function serverSeconds(): number {
  let ticks = ticksOf(cluster!.pid).ticks
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const found = ticksOf(name)
      if (found.parent === cluster!.pid) ticks += found.ticks
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks / TICKS_A_SECOND
}
const logBytes = async () => {
  const [row] = await database.sql<{ bytes: number }[]>`
    select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as bytes`
  return row!.bytes
}

const ALONE = 20
for (let i = 0; i < ALONE; i++) await sell(i, counted)
for (const [name, step] of steps)
  console.log(
    `${name}: ${step.statements / ALONE} statements, ${step.writes / ALONE} of them write`,
  )
const perSale = [...steps.values()].reduce((sum, step) => sum + step.statements, 0) / ALONE
const writesPerSale = [...steps.values()].reduce((sum, step) => sum + step.writes, 0) / ALONE
console.log(`A sale: ${perSale} statements, ${writesPerSale} of them write`)

const databaseBytes = async () => {
  const [row] = await database.sql<{ bytes: number }[]>`
    select pg_database_size(current_database()) as bytes`
  return row!.bytes
}
const sizeBefore = await databaseBytes()
const before = { seconds: serverSeconds(), bytes: await logBytes(), at: performance.now() }
let next = ALONE
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next < ALONE + SALES) await sell(next++, uncounted)
  }),
)
await settled()
const seconds = serverSeconds() - before.seconds
const bytes = (await logBytes()) - before.bytes
const took = (performance.now() - before.at) / 1000
console.log(
  `${SALES} sales in ${took.toFixed(1)} s, ${AT_ONCE} at once: ` +
    `${((seconds / SALES) * 1000).toFixed(1)} ms of the server's processor and ` +
    `${Math.round(bytes / SALES / 1024)} KiB of its log a sale`,
)
const grown = (await databaseBytes()) - sizeBefore
console.log(`The database grew by ${(grown / SALES / 1024).toFixed(1)} KiB a sale`)
await database.close()
await cluster.stop()
await rm(folder, { recursive: true })
process.exit(0)
