import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app } from '../src/app.tsx'
import { sessionCookie } from '../src/admin/guard.ts'
import { readConfig } from '../src/config/config.ts'
import { connectTo, openDatabase } from '../src/data/database.ts'
import { addSession } from '../test/support/session.ts'
import { seedOrders } from '../demonstration/orders/orders.ts'
import { seedDemonstration } from '../demonstration/seed.ts'
import { randomToken } from '../src/lib/encoding.ts'
import { sha256Hex } from '../src/lib/hmac.ts'
import { bringUpToDate } from '../src/entries/migrations.ts'
import { openShop } from '../src/entries/open.ts'
import { diskStorage } from '../src/storage/disk.ts'
import { startCluster } from '../test/support/cluster.ts'

/**
 * `npm run bench:desk -- --orders 100000`: the server time of each page of the desk, one visitor,
 * on a real PostgreSQL with that many orders. The goal is 50 ms.
 */
const { values } = parseArgs({ options: { orders: { type: 'string', default: '100000' } } })
const VISITS = 21
const GOAL_MS = 50

const cluster = await startCluster({ durable: true })
if (!cluster) throw new Error('No PostgreSQL is to be had: see the README.')
const url = cluster.url('postgres')
await bringUpToDate(connectTo(url, { max: 1 }))
const database = openDatabase(() => connectTo(url), 600_000)
const folder = await mkdtemp(join(tmpdir(), 'kiosque-bench-'))
const reading = readConfig({ APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm' })
if (!reading.ok) throw new Error(reading.faults.join('\n'))
const now = () => new Date()
const shop = openShop({
  config: reading.config,
  sql: database.sql,
  files: diskStorage(folder),
  log: () => {},
  fetch: (request) => fetch(request),
  now,
  mail: undefined,
  checksAPass: 1,
  visitGapMs: 5_000,
  background: (work) => void work.catch(() => {}),
})

await seedDemonstration(shop)
const started = Date.now()
await seedOrders(shop, Number(values.orders))
await database.sql`analyze`
console.log(`${values.orders} orders made in ${Math.round((Date.now() - started) / 1000)} s`)

const [owner] = await shop.sql<{ id: number }[]>`
  insert into people (name, login, role, created_at) values ('Moussa', 'moussa', 'owner', now())
  returning id`
const token = randomToken()
const expiresAt = new Date(Date.now() + 3_600_000)
const session = {
  personId: owner!.id,
  tokenHash: await sha256Hex(token),
  device: 'bench',
  expiresAt,
}
await addSession(shop.sql, session, now())
const headers = { cookie: `${sessionCookie(shop.config)}=${token}` }
const [order] = await shop.sql<{ code: string; phoneE164: string; transactionId: string }[]>`
  select orders.code, orders.phone_e164, payments.transaction_id
  from orders join payments on payments.order_id = orders.id
  where orders.status = 'paid'
  order by orders.id
  limit 1`
const { code, phoneE164, transactionId } = order!

const pages = {
  home: '/admin',
  orders: '/admin/commandes',
  'orders, by state': '/admin/commandes?etat=paid',
  'search by code': `/admin/commandes?q=${code}`,
  'search by last digits': `/admin/commandes?q=${phoneE164.slice(-4)}`,
  'search by transaction': `/admin/commandes?q=${transactionId}`,
  'one order': `/admin/commandes/${code}`,
  'to look at': '/admin/a-voir',
  'to remind': '/admin/a-relancer',
  customers: '/admin/clients',
  'customers by name': '/admin/clients?q=traore',
  'customers by digits': `/admin/clients?q=${phoneE164.slice(-4)}`,
  'one customer': `/admin/clients/${code}`,
  books: '/admin/livres',
  'one book': '/admin/livres/sept-pluies',
  promotions: '/admin/promotions',
  'figures, 1 day': '/admin/chiffres?jours=1',
  'figures, 30 days': '/admin/chiffres?jours=30',
  'figures, 365 days': '/admin/chiffres?jours=365',
  exports: '/admin/chiffres/exports',
  'sale by hand': '/admin/commandes/nouvelle',
  access: '/admin/acces',
  settings: '/admin/reglages',
  privacy: '/admin/reglages/vie-privee',
  'first steps': '/admin/premiers-pas',
}
console.log('\nms of server time      median     max   status')
let slow = 0
for (const [name, path] of Object.entries(pages)) {
  const times: number[] = []
  let status = 0
  for (let visit = 0; visit < VISITS; visit++) {
    const from = performance.now()
    const answer = await app.request(path, { headers }, shop)
    await answer.text()
    times.push(performance.now() - from)
    status = answer.status
  }
  times.sort((a, b) => a - b)
  const median = times[Math.floor(VISITS / 2)]!
  if (median > GOAL_MS || status !== 200) slow++
  const figures = [median, times.at(-1)!].map((ms) => ms.toFixed(1).padStart(8)).join('')
  console.log(`${name.padEnd(22)}${figures}   ${status}`)
}
console.log(
  slow === 0 ? `\nEvery page within ${GOAL_MS} ms.` : `\n${slow} pages over ${GOAL_MS} ms.`,
)
await database.close()
await cluster.stop()
await rm(folder, { recursive: true, force: true })
process.exit(slow === 0 ? 0 : 1)
