import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { DatabaseUnavailable } from '../../src/data/database.ts'
import { processMetrics } from '../../src/entries/node/metrics.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { aBook, AWA, buyFrom, openTestShop, SETTINGS, visit } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const BEARER = { authorization: `Bearer ${SETTINGS.METRICS_SECRET}` }

describe('what a watcher reads', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
  })
  afterAll(() => test.close())

  const scrape = async (shop: Shop = test.shop) => {
    const answer = await app.request('/metrics', { headers: BEARER }, shop)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    return answer.text()
  }
  /** By the name and the labels of its line. */
  const valuesOf = (text: string) =>
    Object.fromEntries(
      [...text.matchAll(/^kiosque_(\S+) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]),
    )

  it('is closed without its secret, and where none is settled', async () => {
    const ask = async (headers: Record<string, string>, shop: Shop = test.shop) =>
      (await app.request('/metrics', { headers }, shop)).status
    expect(await ask({})).toBe(401)
    expect(await ask({ authorization: `Bearer ${SETTINGS.CRON_SECRET}` })).toBe(401)
    const config = { ...test.shop.config, metricsSecret: undefined }
    expect(await ask(BEARER, { ...test.shop, config })).toBe(401)
    expect(await ask({ authorization: 'Bearer undefined' }, { ...test.shop, config })).toBe(401)
  })

  it('is well in a shop that is', async () => {
    const text = await scrape()
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(# (HELP|TYPE) kiosque_\w+ .+|kiosque_\w+(\{\w+="[\w.-]+"\})? [\d.]+)$/,
      )
    expect(valuesOf(text)).toMatchObject({
      database_up: 1,
      payments_due: 0,
      payments_due_oldest_seconds: 0,
      provider_outage_seconds: 0,
      files_damaged: 0,
    })
    // What never was has no age.
    expect(text).not.toContain('backup_age')
    expect(text).not.toContain('scheduler_pass_age')
  })

  it('tells what waits, since when, and for whom', async () => {
    const now = () => test.shop.now()
    expect((await buyFrom(test, 'le-livre', AWA)).status).toBe(303)
    await test.sql`
      insert into provider_outages (provider, failures, since, open_until)
      values ('cinetpay', 3, ${now()}, ${now()})`
    await test.sql`
      insert into messages (key, kind, channel, state, due_at, created_at)
      values ('case-1', 'case', 'push', 'due', ${now()}, ${now()}),
        ('case-2', 'case', 'push', 'failed', null, ${now()})`
    await test.sql`update files set damaged_at = ${now()}`
    expect(valuesOf(await scrape())).toMatchObject({
      orders_opened_5m: 1,
      orders_paid_5m: 0,
      'orders_pending{age="10m"}': 1,
    })
    test.advance(10 * 60_000)
    await test.request('/cron', {
      method: 'POST',
      headers: { authorization: `Bearer ${SETTINGS.CRON_SECRET}` },
    })
    await test.sql`
      update payments set next_check_at = ${new Date(now().getTime() - 90_000)}
      where status = 'pending'`
    expect(valuesOf(await scrape())).toMatchObject({
      payments_due: 1,
      payments_due_oldest_seconds: 90,
      'orders_pending{age="1h"}': 1,
      orders_opened_5m: 0,
      letters_given_up: 1,
      files_damaged: 1,
      scheduler_pass_age_seconds: 0,
    })
  })

  it('has every name that the alerts and the dashboard ask for', async () => {
    await test.sql`
      insert into suitcases (id, kind, state, storage_key, contents, created_at, changed_at)
      values (
        'aaaaaaaaaaaaaaaaaaaaaa', 'backup', 'ready', 'backups/a', '{}', ${test.shop.now()}, ${test.shop.now()})`
    const told = await scrape({ ...test.shop, metrics: processMetrics() })
    const names = new Set([...told.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name))
    const asked = ['alerts.yml', 'dashboard.json'].flatMap((file) =>
      [
        ...readFileSync(`docs/watching/${file}`, 'utf8').matchAll(
          /\b((?:kiosque|nodejs|process)_\w+?)(?:_bucket|_count)?\b/g,
        ),
      ].map(([, name]) => name),
    )
    expect(asked.length).toBeGreaterThan(30)
    expect(asked.filter((name) => !names.has(name))).toEqual([])
  })

  it('goes on telling what it can while the database is away', async () => {
    const refusing = Promise.reject(new DatabaseUnavailable('DEADLINE'))
    const asked = () => ({ then: refusing.then.bind(refusing) })
    const sql = Object.assign(asked, { json: (value: unknown) => value })
    const away = { ...test.shop, sql: sql as never, metrics: processMetrics() }
    await visit(away, '/livez')
    const text = await scrape(away)
    expect(valuesOf(text)).toMatchObject({ database_up: 0 })
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m)
    expect(text).toMatch(
      /^kiosque_http_request_duration_seconds_count\{route="\/livez",status="200"\} 1$/m,
    )
    expect((await visit(away, '/livez')).status).toBe(200)
    expect((await visit(away, '/healthz')).status).toBe(503)
  })
})
