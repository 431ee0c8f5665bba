import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sessionCookie } from '../src/admin/guard.ts'
import { readConfig } from '../src/config/config.ts'
import { connectTo } from '../src/data/database.ts'
import type { Pool } from '../src/data/database.ts'
import { addSession } from '../test/support/session.ts'
import { orderKey } from '../src/links/keys.ts'
import { newCode } from '../src/lib/crockford.ts'
import { randomToken } from '../src/lib/encoding.ts'
import { sha256Hex } from '../src/lib/hmac.ts'
import { grow } from './grow.ts'
import { inTurns, load, median, ratioOf } from './load.ts'
import type { Asked } from './load.ts'
import type { Program } from './programs.ts'
import type { Options, Row } from './rows.ts'
import { FORM, noticesOf, waitingOrders } from './sales.ts'
import { APP_SECRET, asAfterTheBackup } from './stage.ts'
import type { Stage } from './stage.ts'

const SMALL = { books: 100, orders: 1_000 }
/** Books for each order of the large shop: 100 000 for a million. */
const BOOKS_AN_ORDER = 0.1
const VISITS = 100
const ALONE = { connections: 1, seconds: 0, once: true }

/** The same visits in a small shop and in a large one, a visitor at a time. */
export async function growth(stage: Stage, { rounds, grown }: Options): Promise<Row[]> {
  const small = await openGrown(stage, 'small', SMALL)
  const size = { books: grown * BOOKS_AN_ORDER, orders: grown }
  const large = await openGrown(stage, 'large', size)
  const rows: Row[] = []
  for (const what of Object.keys(small.visits) as (keyof typeof small.visits)[]) {
    const visit = (grown: typeof small) => async () =>
      (await load(grown.shop, await grown.visits[what](), ALONE)).p50
    const seen = await inTurns({ small: visit(small), large: visit(large) }, rounds)
    rows.push({
      what: `${what}, p50 in ms, with ${grown} orders and with ${SMALL.orders}`,
      ours: median(seen.large).toFixed(2),
      floor: median(seen.small).toFixed(2),
      figure: ratioOf(seen.large, seen.small),
      atMost: 1.5,
    })
  }
  await Promise.all([small, large].map((grown) => grown.close()))
  return rows
}

async function openGrown(stage: Stage, name: string, size: typeof SMALL) {
  const databaseUrl = await stage.newDatabase(name)
  await grow((options) => connectTo(databaseUrl, options), size, new Date())
  const sql = connectTo(databaseUrl, { max: 1 })
  await asAfterTheBackup(sql)
  const DATA_DIR = join(stage.folder, name)
  await mkdir(DATA_DIR)
  const shop = await stage.beginShop({ DATABASE_URL: databaseUrl, DATA_DIR })
  const codes = await namedOrders(sql)
  const cookie = await signIn(sql, stage.settings)
  return {
    shop,
    visits: visitsTo(sql, size, codes, cookie),
    async close() {
      await sql.end()
      await stage.end(shop as Program)
    },
  }
}

function visitsTo(sql: Pool, size: typeof SMALL, codes: string[], cookie: string) {
  const each = (make: (place: number) => Asked) => async () =>
    Array.from({ length: VISITS }, (_, place) => make(place))
  const keys = Promise.all(codes.map((code) => orderKey(APP_SECRET, { code, linkVersion: 1 })))
  const desk = (path: (place: number) => string) =>
    each((place) => ({ path: path(place), headers: { cookie } }))
  let visitors = 0
  return {
    'book page': async () => {
      // A number that was changed behind the page cache: what was kept of it is not used again.
      await sql`update books set price = price + 5 where slug = 'livre-1'`
      await new Promise((resolve) => setTimeout(resolve, 1_200))
      return each((place) => ({ path: `/livres/livre-${1 + place * (size.books / VISITS)}` }))()
    },
    notice: async () => noticesOf(await waitingOrders({ sql }, VISITS, 'livre-7')),
    'order page': async () => {
      const given = await keys
      const device = { cookie: 'kiosque-appareil=AwaAwaAwaAwaAwaAwaAwaA' }
      return each((place) => ({ path: `/commande/${given[place]!}`, headers: device }))()
    },
    'search by code': each((place) => {
      const n = ++visitors
      const body = new URLSearchParams({
        phone: `76 ${String(100_000 + place)}`,
        country: 'ML',
        proof: codes[place]!,
      })
      const address = `10.9.${(n >> 8) & 255}.${n & 255}`
      const headers = { ...FORM, '!~passenger-client-address': address }
      return { method: 'POST', path: '/retrouver', headers, body: body.toString() }
    }),
    'list of orders': desk((place) => `/admin/commandes?x=${place}`),
    'search in the list': desk((place) => `/admin/commandes?q=${codes[place]!}`),
  }
}

/** Paid orders all over the year, with codes that have their check digit and phones of their own. */
async function namedOrders(sql: Pool): Promise<string[]> {
  const codes = Array.from({ length: VISITS }, newCode)
  await sql`set session_replication_role = replica`
  const rows = await sql<{ id: number }[]>`
    select id from orders where status = 'paid' order by md5(id::text) limit ${VISITS}`
  for (const [place, { id }] of rows.entries())
    await sql`
      update orders set code = ${codes[place]!}, phone_e164 = ${`+22376${100_000 + place}`}
      where id = ${id}`
  await sql`set session_replication_role = origin`
  return codes
}

async function signIn(sql: Pool, settings: Record<string, string>): Promise<string> {
  const reading = readConfig(settings)
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  const [owner] = await sql<{ id: number }[]>`
    insert into people (name, login, role, created_at) values ('Moussa', 'moussa', 'owner', now())
    returning id`
  const token = randomToken()
  const tokenHash = await sha256Hex(token)
  const expiresAt = new Date(Date.now() + 24 * 3_600_000)
  await addSession(sql, { personId: owner!.id, tokenHash, device: 'bench', expiresAt }, new Date())
  return `${sessionCookie(reading.config)}=${token}`
}
