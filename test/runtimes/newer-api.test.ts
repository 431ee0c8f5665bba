import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seedDemonstration } from '../../demonstration/seed.ts'
import type { RefusalReason } from '../../src/money/provider.ts'
import { API_FAULT_PARTS } from '../../packages/cinetpay-simulator/api-faults.ts'
import type { ApiFaults } from '../../packages/cinetpay-simulator/api-faults.ts'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { FAULTS } from '../../packages/cinetpay-simulator/faults.ts'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import type { Pack } from '../../packages/cinetpay-simulator/options.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { wordsIn } from '../../src/words/words.ts'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import { AWA, formIn, SETTINGS, V1_KEYS } from '../support/shop.ts'

/**
 * Every fault on the simulator's menu as Awa meets it, with keys of the newer API: a real shop on a
 * runtime, CinetPay on a socket, whatever goes wrong, and the book at the end of it.
 */

const SHOP = SETTINGS.PUBLIC_URL
const words = wordsIn('fr').order
const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
const pack: Pack = (encoding, body) => packers[encoding as keyof typeof packers](body)
const choices = (part: keyof typeof API_FAULT_PARTS) => Object.keys(API_FAULT_PARTS[part].choices)

/** A look right after another is put off for so long. */
const LOOK_GAP_MS = 3_100
const MAX_LOOKS = 5

describe.each(['Node', 'workerd'] as const)('on %s, with the newer API', (runtime) => {
  let folder: string
  const shop = shopOn(async (databaseUrl) => {
    folder = await mkdtemp(join(tmpdir(), 'kiosque-newer-'))
    cinetpay.listen(0, '127.0.0.1')
    await once(cinetpay, 'listening')
    const { port } = cinetpay.address() as AddressInfo
    const settings = {
      PUBLIC_URL: SHOP,
      APP_SECRET: SETTINGS.APP_SECRET,
      CINETPAY_API_URL: `http://127.0.0.1:${port}`,
      ...V1_KEYS,
    }
    return runtime === 'Node'
      ? onNode({ ...settings, DATABASE_URL: databaseUrl, DATA_DIR: folder })
      : onWorkerd(databaseUrl, { bindings: settings })
  })
  beforeAll(async () => {
    const files = diskStorage(join(folder, 'files'))
    if (runtime === 'Node')
      await seedDemonstration({ sql: shop.sql(), files, now: () => new Date() })
    const [path] = /\/livres\/[\w-]+/.exec(await (await visit('/')).text())!
    book = path!
  }, START_MS)
  afterAll(async () => {
    cinetpay.closeAllConnections()
    cinetpay.close()
    await rm(folder, { recursive: true, force: true })
  })
  afterEach(() => choose({}))

  const played = simulator({
    apiKey: 'unused',
    siteId: '1',
    secret: 'unused',
    v1: { apiKey: V1_KEYS.CINETPAY_API_KEY, apiPassword: V1_KEYS.CINETPAY_API_PASSWORD },
    url: 'https://secure.cinetpay.co',
    ledger: memoryLedger(),
    now: () => new Date(),
    pause: async () => {},
    pack,
    fetch: (request) => fetch(new Request(hereOf(request.url), request)),
  })
  const listener = getRequestListener(played.fetch)
  const cinetpay = http.createServer((request, response) => void listener(request, response))

  async function choose(faults: Partial<ApiFaults>) {
    const init = { method: 'POST', body: new URLSearchParams(faults) }
    const answer = await played.request('/faults', init)
    expect(answer.status).toBe(303)
  }

  /** Where the public address leads in this test. */
  function hereOf(address: string) {
    const { origin, pathname, search } = new URL(address, SHOP)
    expect(origin).toBe(SHOP)
    return `${shop.running().url}${pathname}${search}`
  }
  // A person each: limits are not what this is about.
  let buyers = 0
  const visit = (address: string, init: RequestInit = {}) =>
    fetch(hereOf(address), { redirect: 'manual', ...init })
  const send = (address: string, fields: Record<string, string>) =>
    visit(address, { method: 'POST', body: new URLSearchParams(fields) })
  const page = async (address: string) => (await visit(address)).text()
  let book: string

  /** Where the form leads: to CinetPay's page, or to the order's. */
  async function buy() {
    // What people start from one network is bounded.
    await shop.sql()`delete from throttles`
    const form = formIn(await page(book), /acheter$/)
    const phone = `76${String(100_000 + buyers++)}`
    const bought = await send(form.action, { ...form.fields, ...AWA, phone })
    expect(bought.status).toBe(303)
    return bought.headers.get('location')!
  }

  const pathOf = (payPage: string) => new URL(payPage).pathname.replace('/checkout/', '/payment/')

  /** She presses a button at CinetPay, and comes back as its page leads her. */
  async function pay(payPage: string, deed: string, fault = '') {
    const body = new URLSearchParams({ deed, fault })
    const answer = await played.request(pathOf(payPage), { method: 'POST', body })
    const html = await answer.text()
    const link =
      answer.headers.get('location') ?? /href="([^"]*\/payment\/return[^"]*)"/.exec(html)?.[1]
    if (link) return follow(await visit(link.replaceAll('&amp;', '&')))
    if (!html.includes('id="return"')) return undefined
    const back = formIn(html, /payment\/return/)
    return follow(await send(back.action.replaceAll('&amp;', '&'), back.fields))
  }
  const mend = (payPage: string) =>
    played.request(pathOf(payPage), { method: 'POST', body: new URLSearchParams({ deed: 'mend' }) })
  function follow(answer: Response) {
    expect(answer.status).toBe(303)
    return answer.headers.get('location')!
  }

  const stateOf = (html: string) => /data-status="(\w+)"/.exec(html)?.[1]

  /** Where the order's page is; found in the way back that CinetPay was given. */
  async function orderOf(payPage: string) {
    const html = await (await played.request(pathOf(payPage))).text()
    const [, code] = /Transaction <code>(\w+)</.exec(html)!
    const [row] = await shop.sql()<{ code: string }[]>`
      select orders.code
      from payments join orders on orders.id = payments.order_id
      where payments.transaction_id = ${code!}`
    const { orderKey } = await import('../../src/links/keys.ts')
    return `/commande/${await orderKey(SETTINGS.APP_SECRET, { code: row!.code, linkVersion: 1 })}`
  }

  /** Looks again as who comes back does, until it says something that lasts. */
  async function waitFor(state: string, order: string) {
    for (let look = 0; look < MAX_LOOKS; look++) {
      const html = await page(order)
      if (stateOf(html) === state) return html
      await pause(LOOK_GAP_MS)
      await visit(`/payment/return/?commande=${order.split('/').at(-1)}`)
    }
    throw new Error(`still ${stateOf(await page(order))}, not ${state}`)
  }

  async function hasTheBook(html: string) {
    const file = await visit(/href="(\/d\/[^"?]+)"/.exec(html)![1]!)
    expect(new TextDecoder().decode((await file.arrayBuffer()).slice(0, 5))).toBe('%PDF-')
  }

  /** From the order's page, once what was wrong is mended. */
  async function payAfterwards(order: string) {
    await choose({})
    // The button comes when the page has had its time to open.
    const again = await send(`${order}/payer`, { attempts: '1' })
    const payPage = again.headers.get('location')!
    await pay(payPage, 'accept')
    await hasTheBook(await waitFor('paid', order))
  }

  it('a book is bought and read', async () => {
    const order = await pay(await buy(), 'accept')
    await hasTheBook(await page(order!))
  })

  const denials: [string, Partial<ApiFaults>][] = [
    ['the address is refused', { address: 'all' }],
    ['the address is refused, and others’ are not', { address: 'unlisted', listed: '192.0.2.9' }],
    ['it is said under HTTP 200', { address: 'all', errors: 'http-200' }],
    ['it is said in details', { address: 'all', errors: 'nested' }],
    ['the keys are refused', { login: 'keys', token: 'http-401' }],
  ]
  it.each(denials)(
    'nothing is debited and nobody blamed when %s; it is mended, and she pays',
    async (_, faults) => {
      await choose(faults)
      const order = await buy()
      const html = await page(order)
      expect(stateOf(html)).toBe('pending')
      expect(html).toContain(words.denied.title)
      expect(html).toContain(words.denied.text)
      expect(html).not.toContain('opérateur')
      await payAfterwards(order)
    },
  )

  it('the address is let in when it is listed', async () => {
    await choose({ address: 'unlisted', listed: '127.0.0.1' })
    expect(await buy()).toMatch(/^https:/)
  })

  const unfelt: Partial<ApiFaults>[] = [
    ...choices('token').map((token) => ({ token })),
    ...choices('token').map((token) => ({ token, errors: 'http-200' })),
    ...choices('life').map((life) => ({ life })),
    { creation: 'no-id' },
    ...choices('page').map((host) => ({ page: host })),
    ...choices('packed').map((packed) => ({ packed })),
  ]
  it.each(unfelt)('she does not feel %o', async (faults) => {
    await choose(faults)
    const payPage = await buy()
    if (faults.page) expect(new URL(payPage).host).toBe(faults.page)
    await hasTheBook(await page((await pay(payPage, 'accept'))!))
  })

  const lost: Partial<ApiFaults>[] = [
    { token: '1002', renewal: 'none' },
    { login: '502', token: 'http-401' },
    ...choices('creation')
      .filter((creation) => creation !== 'no-id')
      .map((creation) => ({ creation })),
  ]
  it.each(lost)('no page opens with %o; her order is kept, and she pays it', async (faults) => {
    await choose(faults)
    const order = await buy()
    expect(order).toMatch(/^\/commande\//)
    expect(stateOf(await page(order))).toBe('pending')
    await payAfterwards(order)
  })

  const reasons: [deed: string, why: RefusalReason][] = [
    ['balance', 'balance'],
    ['code', 'code'],
    ['fail', 'other'],
    ['expired', 'expired'],
    ['stranger', 'number'],
    ['blocked', 'blocked'],
    ['late-code', 'code-expired'],
    ['cancelled', 'cancelled'],
  ]
  it('her phone says no: she reads why, and pays after all', async () => {
    const said = reasons.flatMap(([deed, why]) =>
      ['', 'check-nested'].map((fault) => [deed, why, fault] as const),
    )
    const bought: [(typeof said)[number], string, string][] = []
    for (const one of said) {
      const payPage = await buy()
      bought.push([one, payPage, await orderOf(payPage)])
    }
    await Promise.all(
      bought.map(async ([[deed, why, fault], payPage, order]) => {
        await pay(payPage, deed, fault)
        const html = await waitFor('failed', order)
        expect([deed, fault, html.includes(words.failed.why[why])]).toEqual([deed, fault, true])
        expect(html).toContain(words.failed.todo[why])
        await pay(payPage, 'accept')
        await hasTheBook(await waitFor('paid', order))
      }),
    )
  }, 120_000)

  it('an operation’s error says nothing, and she pays after it', async () => {
    const payPage = await buy()
    await pay(payPage, 'error')
    const order = await orderOf(payPage)
    expect(stateOf(await page(order))).toBe('pending')
    await pay(payPage, 'accept')
    await hasTheBook(await waitFor('paid', order))
  })

  const wrong = ['check-wrong-amount', 'check-wrong-currency']
  const met = FAULTS.map(({ id }) => id).filter((id) => !wrong.includes(id))
  /** Wrong until CinetPay mends it; the others are no reason to wait. */
  const stays = (id: string) =>
    id.startsWith('check-') && !['check-number-amount', 'check-slow', 'check-nested'].includes(id)

  it.each(['', ...choices('unknown')])(
    'every fault of a payment ends with the book (an unknown id: %j)',
    async (unknown) => {
      await choose({ unknown })
      const faults = unknown === '' ? met : met.filter((id) => id === 'check-unknown')
      const bought: [string, string, string][] = []
      for (const fault of faults) {
        const payPage = await buy()
        bought.push([fault, payPage, await orderOf(payPage)])
      }
      await Promise.all(
        bought.map(async ([fault, payPage, order]) => {
          const back = await pay(payPage, 'accept', fault)
          if (back && fault !== 'unknown-transaction') expect([fault, back]).toEqual([fault, order])
          if (stays(fault)) {
            expect([fault, stateOf(await page(order))]).toEqual([fault, 'pending'])
            await mend(payPage)
          }
          await hasTheBook(await waitFor('paid', order))
        }),
      )
    },
    120_000,
  )

  it.each(wrong)('%s gives nothing, and a person looks', async (fault) => {
    const payPage = await buy()
    await pay(payPage, 'accept', fault)
    const html = await waitFor('review', await orderOf(payPage))
    expect(html).toContain(words.review.title)
    expect(html).not.toContain('href="/d/')
  })
})
