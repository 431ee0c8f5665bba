import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { WORKER_CHECKS_A_PASS } from '../../src/entries/worker-limits.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { aBook, anOrder, atCinetpay, buyFrom, openTestShop, SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { WORKER_RUNTIME } from '../../tools/worker-runtime.ts'
import { built } from '../support/built.ts'

const MAX_BUNDLE_BYTES = 1024 * 1024
/** Of the 50 that Cloudflare's free plan allows a request. */
const MAX_CALLS = 40
/** Each connection that the driver may open is one. */
const CONNECTIONS = 5
/** What one call of the contract costs in R2, at most: a probe puts, gets and deletes. */
const R2_CALLS = { put: 1, read: 2, remove: 1, probe: 3 } as const

/** What this pass had not to do: two logins of the newer API, five uploads, a file to read back. */
const ELSEWHERE = 2 + 5 + R2_CALLS.read

describe('the bundle', () => {
  it('is at most 1 MB compressed', async () => {
    const bundle = await readFile(built('worker.mjs'))
    expect(gzipSync(bundle).length).toBeLessThan(MAX_BUNDLE_BYTES)
  })

  it('asks nothing of Node’s system but through nodemailer, whose stubs workerd has', async () => {
    const { outputFiles } = await build({
      entryPoints: ['src/entries/worker.ts'],
      bundle: true,
      format: 'esm',
      conditions: ['workerd', 'worker', 'browser'],
      external: ['node:*', 'cloudflare:*', 'nodemailer'],
      write: false,
      logLevel: 'error',
    })
    const modules = [...outputFiles[0]!.text.matchAll(/from\s*"(node:[a-z_/]+)"/g)].map(
      ([, m]) => m,
    )
    expect(modules.filter((name) => /node:(?:fs|child_process|http|dns|os)/.test(name!))).toEqual(
      [],
    )
  })

  it('runs in the tests as wrangler.toml says', async () => {
    const toml = await readFile('wrangler.toml', 'utf8')
    expect(toml).toContain(`compatibility_date = "${WORKER_RUNTIME.compatibilityDate}"`)
    const flags = WORKER_RUNTIME.compatibilityFlags.map((flag) => `"${flag}"`).join(', ')
    expect(toml).toContain(`compatibility_flags = [${flags}]`)
  })

  it('its stylesheets and scripts are the same as files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosque-assets-'))
    execFileSync('npx', ['tsx', 'tools/worker-assets.ts', folder])
    const names = await readdir(join(folder, 'assets'))
    expect(names.some((name) => name.startsWith('kiosque-'))).toBe(true)
    const test = await openTestShop()
    for (const name of names) {
      const served = await (await test.request(`/assets/${name}`)).text()
      expect(await readFile(join(folder, 'assets', name), 'utf8')).toBe(served)
    }
    expect(await readFile(join(folder, '_headers'), 'utf8')).toContain('immutable')
    await test.close()
    await rm(folder, { recursive: true })
  }, 60_000)
})

describe('calls to others, counted as Cloudflare does', () => {
  let test: TestShop
  let shop: Shop
  let calls = 0
  beforeEach(async () => {
    test = await openTestShop(MAIL_SETTINGS)
    test.shop.config.rateLimits = false
    const { fetch, files, provider, mail } = test.shop
    const count = <A extends unknown[], R>(price: number, work: (...args: A) => R) => {
      return (...args: A) => {
        calls += price
        return work(...args)
      }
    }
    shop = {
      ...test.shop,
      checksAPass: WORKER_CHECKS_A_PASS,
      fetch: count(1, fetch),
      provider: { ...provider, begin: count(1, provider.begin), check: count(1, provider.check) },
      mail: mail && { ...mail, send: count(1, mail.send) },
      files: {
        ...files,
        ...Object.fromEntries(
          Object.entries(R2_CALLS).map(([name, price]) => [
            name,
            count(price, files[name as keyof typeof R2_CALLS] as (...args: never[]) => unknown),
          ]),
        ),
      } as Storage,
    }
  })
  afterEach(() => test.close())

  async function callsOf(path: string, init: RequestInit = {}) {
    calls = 0
    const answer = await app.request(path, init, shop)
    await answer.arrayBuffer()
    await test.settled()
    return { calls: calls + CONNECTIONS, status: answer.status }
  }

  it('no public route makes more than 40', async () => {
    await aBook(test)
    const order = await anOrder(test, 'le-livre')
    const counted: Record<string, number> = {}
    const look = async (name: string, path: string, init?: RequestInit) => {
      const seen = await callsOf(path, init)
      expect(seen.status).toBeLessThan(400)
      counted[name] = seen.calls
    }
    await look('catalog', '/')
    await look('book', '/livres/le-livre')
    await look('waiting', order.page)
    await atCinetpay(test, order.payPage, 'accept')
    await look('return', `/payment/return/?commande=${order.key}`)
    await look('paid', order.page)
    const page = await (await test.request(order.page)).text()
    const file = /href="(\/d\/[^"?]+)"/.exec(page)![1]!
    await look('download', file)
    await look('range', file, { headers: { range: 'bytes=1-5' } })
    await look('health', '/healthz')
    for (const count of Object.values(counted)) expect(count).toBeLessThanOrEqual(MAX_CALLS)
    expect(counted['download']).toBeGreaterThan(CONNECTIONS)
  })

  it('a pass with more to do than it may makes no more than 40, and leaves the rest', async () => {
    await aBook(test)
    for (let i = 0; i < 3 * WORKER_CHECKS_A_PASS; i++) {
      const email = `awa${i}@example.org`
      const bought = await buyFrom(test, 'le-livre', { phone: `76 12 34 ${10 + i}`, email })
      expect(bought.status).toBe(303)
      if (i >= 2 * WORKER_CHECKS_A_PASS) continue
      await atCinetpay(test, bought.headers.get('location')!, 'accept', 'no-notice')
    }
    await test.sql`update payments set next_check_at = created_at`
    test.advance(10_000)
    const headers = { authorization: `Bearer ${SETTINGS.CRON_SECRET}` }
    const seen = await callsOf('/cron', { method: 'POST', headers })
    expect(seen.status).toBe(200)
    expect(seen.calls).toBeGreaterThan(WORKER_CHECKS_A_PASS)
    expect(seen.calls + ELSEWHERE).toBeLessThanOrEqual(MAX_CALLS)
    const [left] = await test.sql`
      select count(*)::int as count from payments where next_check_at <= ${test.shop.now()}`
    expect(left!['count']).toBeGreaterThan(0)
  }, 60_000)
})
