import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cronLine } from '../../src/admin/version/cron-line.ts'
import { envFile } from '../../src/entries/installer/env-file.ts'
import { desk } from '../../src/admin/desk.ts'
import { app } from '../../src/app.tsx'
import { examine } from '../../src/doctor/examine.ts'
import { crawlFrom } from '../support/crawl.ts'
import { signIn } from '../support/desk.ts'
import { form } from '../support/form.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  BUYERS_DEVICE,
  openTestShop,
  V1_SETTINGS,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const canary = (name: string) => `canary-${name}-7Zp2wQx9Rt`
const SECRETS: Record<string, string> = {
  APP_SECRET: canary('app'),
  CRON_SECRET: canary('cron'),
  METRICS_SECRET: canary('metrics'),
  SMTP_URL: `smtps://moussa:${canary('smtp')}@mail.example.net`,
  MAIL_FROM: 'moussa@example.net',
  DATABASE_URL: `postgres://moussa:${canary('database')}@127.0.0.1:5432/shop`,
}
const WITH_V1 = {
  ...V1_SETTINGS,
  CINETPAY_API_KEY: `sk_live_${canary('key')}`,
  CINETPAY_API_PASSWORD: canary('password'),
}
const WITH_V2 = {
  CINETPAY_API_KEY: canary('key'),
  CINETPAY_SITE_ID: '5872868',
  CINETPAY_SECRET: canary('secret'),
}
const BOT = '123456789:canary-bot-7Zp2wQx9Rt_AAAAAAAAAAAAAAA'

describe.each(Object.entries({ v1: WITH_V1, v2: WITH_V2 }))(
  'a secret of the host, with CinetPay’s %s keys',
  (_, keys) => {
    let test: TestShop
    beforeAll(async () => {
      test = await openTestShop({ ...SECRETS, ...keys })
      await aBook(test)
    })
    afterAll(() => test.close())

    /** What a person with these headers gets to see, by links, by every route, and by its faults. */
    async function seenBy(headers: Record<string, string>, starts: string[]) {
      const visit = async (path: string, init: RequestInit = {}) => {
        const all = { ...BUYERS_DEVICE, ...headers, ...init.headers }
        const answer = await test.request(path, { ...init, headers: all })
        const told = JSON.stringify([...answer.headers])
        return { status: answer.status, text: told + (await answer.text()) }
      }
      const pages = await crawlFrom(starts, visit)
      const posts: string[] = []
      for (const { method, path } of [...app.routes, ...desk.routes]) {
        const concrete = path.replace(/:\w+(\{(?:[^{}]|\{[^}]*\})*\})?\??/g, '1')
        if (concrete.includes('*')) continue
        if (method === 'POST' && concrete !== '/admin/sortir') posts.push(concrete)
        else pages.set(`GET ${concrete}`, (await visit(concrete)).text)
      }
      for (const path of posts)
        pages.set(`POST ${path}`, (await visit(path, form({ id: 'x' }, headers))).text)
      return pages
    }
    const found = (pages: Map<string, string>, secret = 'canary-') =>
      [...pages].filter(([, text]) => text.includes(secret)).map(([path]) => path)

    it('stands in no page, no header, no export and no log line, for nobody', async () => {
      const order = await anOrder(test, 'le-livre').catch(() => undefined)
      const starts = [
        '/',
        '/admin',
        '/admin/version',
        '/admin/installee',
        '/healthz',
        '/nulle-part',
      ]
      if (order) {
        await atCinetpay(test, order.payPage, 'accept')
        starts.push(order.page)
      }
      await test.settled()
      const owner = await signIn(test)
      const pages = await seenBy(owner.headers, starts)
      expect(pages.size).toBeGreaterThan(100)
      expect(found(pages)).toEqual([])
      const helper = await signIn(test, 'helper', 'Fatou')
      expect(found(await seenBy(helper.headers, starts))).toEqual([])
      expect(found(await seenBy({}, starts))).toEqual([])
      const told = JSON.stringify(await examine(test.shop)) + test.lines.join('\n')
      expect(told).not.toContain('canary-')
    }, 120_000)

    it('that the seller gave stands in its own form, for the owner alone', async () => {
      const owner = await signIn(test)
      const push = `https://api.telegram.org/bot${BOT}/sendMessage?chat_id=42`
      test.intercept(() => Response.json({ ok: true }))
      const saved = await owner.post('/admin/reglages/alertes', { version: '0', push })
      test.intercept(undefined)
      expect(saved.headers.get('location')).toContain('fait=enregistre')
      const starts = ['/', '/admin', '/admin/reglages', '/admin/version']
      expect(found(await seenBy(owner.headers, starts), BOT)).toEqual([
        '/admin/reglages/alertes',
        'GET /admin/reglages/alertes',
      ])
      const helper = await signIn(test, 'helper', 'Fatou')
      expect(found(await seenBy(helper.headers, starts), BOT)).toEqual([])
      expect(test.lines.join('\n')).not.toContain(BOT)
    }, 120_000)
  },
)

describe('the line for cron', () => {
  it.each([
    ['as the installer writes it', canary('cron')],
    ['with signs of a shell', '$(touch,/tmp/x)`id`&b;c%d#16'],
  ])('sends the secret of .env, %s, past the list of processes', async (_, secret) => {
    const room = await mkdtemp(join(tmpdir(), "kiosque l'ami-"))
    const file = join(room, '.env')
    await writeFile(file, envFile({ APP_SECRET: 'x', CRON_SECRET: secret, PORT: '1' })!)
    let heard: string | undefined
    const server = createServer((request, response) => {
      heard = `${request.method} ${request.url} ${request.headers.authorization}`
      response.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const line = cronLine(`http://127.0.0.1:${port}/cron`, file)
    expect(line).not.toContain(secret)
    // Every % ends a line of a crontab.
    expect(line).not.toContain('%')

    await new Promise<void>((resolve, reject) =>
      execFile('/bin/sh', ['-c', line], (error) => (error ? reject(error) : resolve())),
    )
    server.close()
    await rm(room, { recursive: true })
    expect(heard).toBe(`POST /cron Bearer ${secret}`)
  })
})
