import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Sql } from '../../src/data/database.ts'
import type { Probes } from '../../src/contracts/probes.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { openPlayedProxy } from './played-proxy.ts'
import { openTestShop } from './shop.ts'

const DAY_MS = 24 * 60 * 60_000

export const GOOD_DNS: Record<string, string[]> = {
  'example.net': ['v=spf1 include:_spf.example.com ~all', 'google-site-verification=abc'],
  'default._domainkey.example.net': ['v=DKIM1; k=rsa; p=MIGfMA0'],
  '_dmarc.example.net': ['v=DMARC1; p=none'],
}

/**
 * A shop for the doctor: behind a reverse proxy on a real socket, with the database's settings of a host
 * that keeps what it is given (the tests' own server does not, to be fast), in today's time.
 */
export async function openPatient(settings: Record<string, string | undefined> = {}) {
  const test = await openTestShop(settings)
  const facts: Record<string, string | number> = {}
  const dns = { ...GOOD_DNS }
  const probes: Probes = {
    runtime: 'Node 24.11.0',
    txt: async (name) => dns[name] ?? [],
    certificate: async () => ({ expiresAt: new Date(Date.now() + 60.5 * DAY_MS) }),
    openDatabase: (deadlineMs) => openDatabase(() => connectTo(test.databaseUrl), deadlineMs),
  }
  const shop: Shop = { ...test.shop, now: () => new Date(), probes, sql: saying(test.sql, facts) }
  const proxy = await openPlayedProxy(() => shop, test.folder)
  const heal = () => {
    for (const name of Object.keys(facts)) delete facts[name]
    proxy.does(undefined)
    test.intercept((request) => proxy.fetch(request))
  }
  heal()
  return {
    ...test,
    shop,
    proxy,
    probes,
    dns,
    /** What the database says of itself. */
    facts,
    /** Back to the good start, but for what stands in the database. */
    heal,
    async close() {
      await proxy.stop()
      await test.close()
    },
  }
}

function saying(sql: Sql, facts: object): Sql {
  const tag = (first: TemplateStringsArray, ...rest: never[]) => {
    const query = sql(first, ...rest)
    if (!Object.hasOwn(first, 'raw') || !first[0]!.includes("current_setting('fsync')"))
      return query
    const durable = { fsync: 'on', synchronousCommit: 'on', fullPageWrites: 'on' }
    return query.then(([row]) => [{ ...row, ...durable, ...facts }])
  }
  return Object.assign(tag, { json: sql.json }) as unknown as Sql
}
