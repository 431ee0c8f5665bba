import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { signIn } from '../support/desk.ts'
import { form } from '../support/form.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import {
  exampleIn,
  portsOfProxyAndShop,
  proxiesAreHere,
  startProxy,
} from '../support/reverse-proxy.ts'
import type { Kind, Proxy } from '../support/reverse-proxy.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { AWA, formIn } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { built, SHOP_NODE } from '../support/built.ts'

const START_MS = 60_000
/** More than one visitor may send with one phone. */
const MANY_FORMS = 20
const KINDS: Kind[] = ['nginx', 'apache']

it.each(KINDS)('both guides give one example for %s', (kind) => {
  expect(exampleIn('fr/faire-tourner', kind)).toBe(exampleIn('en/running', kind))
})

let database: TestDatabase
let shop: Running
let proxy: Proxy
let environment: Record<string, string>

async function open(kind: Kind, settings: Record<string, string>, more = '') {
  const ports = await portsOfProxyAndShop()
  const example = exampleIn('en/running', kind)
  proxy = await startProxy(kind, example.replace('  ProxyPass', `${more}\n  ProxyPass`), ports)
  environment = {
    DATABASE_URL: database.url,
    PUBLIC_URL: proxy.url,
    PORT: String(ports.shopPort),
    // A demonstration on localhost makes its own where it has none; here two processes share it.
    APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm',
    NODE_EXTRA_CA_CERTS: proxy.caFile,
    ...settings,
  }
  shop = await onNode(environment)
}
async function close() {
  await proxy?.stop()
  await shop?.stop()
}

async function formOfBook(from: string) {
  const { text: window } = await proxy.ask('/', {}, from)
  const [, book] = /href="(\/livres\/[^"]+)"/.exec(window)!
  return formIn((await proxy.ask(book!, {}, from)).text, /acheter$/)
}

/** What becomes of a purchase from this address, with the phone that the stranger knows, too. */
async function buy(from: string, headers: Record<string, string>, page = formOfBook(from)) {
  const { action, fields } = await page
  const name = `Awa ${crypto.randomUUID()}`
  const sent = form({ ...fields, ...AWA, name }, headers)
  return (await proxy.ask(action, sent, from)).status
}

/** Forms from one address, until each asks a question. */
async function crowd(from: string, headers: (i: number) => Record<string, string>) {
  const page = formOfBook(from)
  for (let i = 0; i < MANY_FORMS; i++) {
    const status = await buy(from, headers(i), page)
    if (status === 429) return
    expect(status).toBe(303)
  }
  throw new Error(`${MANY_FORMS} forms of one stranger were taken`)
}

/** What `npm run doctor` says of who visits. */
async function doctorOfVisitors() {
  const said = await new Promise<string>((resolve) =>
    execFile(
      SHOP_NODE,
      [built('cli.mjs'), 'doctor'],
      { env: { PATH: process.env['PATH'], ...environment } },
      (_, stdout) => resolve(stdout),
    ),
  )
  return said.split('\n').filter((line) => line.includes("Visitors' addresses"))
}

describe.skipIf(!proxiesAreHere || !realPostgres)('a shop behind a proxy', () => {
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database.drop())

  describe.each(KINDS)('%s, which it trusts', (kind) => {
    beforeAll(() => open(kind, { TRUSTED_PROXIES: '127.0.0.1' }), START_MS)
    afterAll(close, START_MS)

    it('one stranger’s many forms close it to nobody else, whatever addresses he makes up', async () => {
      const [stranger, awa] = {
        nginx: ['127.0.0.2', '127.0.0.3'],
        apache: ['127.0.0.4', '127.0.0.5'],
      }[kind] as [string, string]
      const lies = (i: number) => {
        const other = `203.0.113.${i % 250}`
        const all: Record<string, string>[] = [
          { 'x-forwarded-for': other },
          { 'x-forwarded-for': `${other}, 127.0.0.1` },
          { 'x-forwarded-for': ','.repeat(i) },
          { 'x-forwarded-for': `unknown, [2001:db8::${i}]:443, _hidden` },
          { forwarded: `for=${other}`, 'x-real-ip': other },
          { '!~passenger-client-address': other },
          { 'cf-connecting-ip': other, 'true-client-ip': other },
        ]
        return all[i % all.length]!
      }
      await crowd(stranger, lies)
      expect(await buy(stranger, { 'x-forwarded-for': awa })).toBe(429)
      expect(await buy(awa, {})).toBe(303)
      expect(await buy(awa, { 'x-forwarded-for': stranger })).toBe(303)
    })

    it('the doctor sees that visitors are told apart', async () => {
      expect(await doctorOfVisitors()).toEqual([
        "ok     Visitors' addresses: Each visitor is counted alone.",
      ])
    })

    it('nobody goes around it', async () => {
      const port = environment['PORT']!
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
      await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow('fetch failed')
      expect(shop.output()).toMatch(new RegExp(`Listens on: +127\\.0\\.0\\.1, port ${port}$`, 'm'))
    })
  })

  describe('that it does not trust', () => {
    beforeAll(() => open('apache', {}), START_MS)
    afterAll(close, START_MS)

    it('the desk says it, too', async () => {
      const opened = openDatabase(() => connectTo(database.url))
      const desk = { now: () => new Date(), config: { publicUrl: proxy.url } }
      const { headers } = await signIn({ shop: desk, sql: opened.sql } as unknown as TestShop)
      await opened.close()
      const { text } = await proxy.ask('/admin/diagnostic', { method: 'POST', headers, body: '' })
      const red = text.slice(text.indexOf('id="rouge"'), text.indexOf('id="savoir"'))
      expect(red).toContain('Tous les visiteurs semblent avoir une seule adresse, 127.0.0.1, ')
      expect(red).toContain('Ajoutez 127.0.0.1 à TRUSTED_PROXIES')
    })

    it('the doctor says that all visitors have one address, and what to set', async () => {
      expect(await doctorOfVisitors()).toEqual([
        "WRONG  Visitors' addresses: All visitors seem to have one address, 127.0.0.1, that of the proxy in front: a single nuisance can close the shop to everybody.",
      ])
    })
  })

  describe('that does not say who visits', () => {
    beforeAll(
      () => open('apache', { TRUSTED_PROXIES: '127.0.0.1' }, '  ProxyAddHeaders Off'),
      START_MS,
    )
    afterAll(close, START_MS)

    it('the doctor says so', async () => {
      expect(await doctorOfVisitors()).toEqual([
        "WRONG  Visitors' addresses: All visitors have one address, 127.0.0.1: the proxy in front does not say who visits.",
      ])
    })
  })
})
