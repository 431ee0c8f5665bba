import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { desk as deskRouter } from '../../src/admin/desk.ts'
import { app } from '../../src/app.tsx'
import { crawlFrom } from '../support/crawl.ts'
import { signIn } from '../support/desk.ts'
import { form } from '../support/form.ts'
import { aPromotion } from '../support/promotions.ts'
import { noticeFields, notify } from '../support/notices.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  AWA,
  BUYERS_DEVICE,
  leaveOthers,
  openTestShop,
  V1_SETTINGS,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { world } from '../support/simulator.ts'
import { built, SHOP_NODE } from '../support/built.ts'

/** What every object of JavaScript answers to, though nobody put it there. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype)
const WORST = ['__proto__', 'constructor']

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join('src', file), 'utf8'))
/** Every name that the code reads, or writes, behind a question mark. */
const QUERY_NAMES = [
  ...new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/query\('([\w-]+)'\)|[?&]([a-z][a-z_-]*)=/g)].map(
        ([, read, written]) => (read ?? written)!,
      ),
    ),
  ),
]

let test: TestShop
let order: Awaited<ReturnType<typeof anOrder>>
let owner: Awaited<ReturnType<typeof signIn>>

/** As the owner of the desk and the buyer at once, so that every page opens. */
async function visit(path: string, init: RequestInit = {}) {
  const headers = { ...owner.headers, cookie: `${owner.headers.cookie}; ${BUYERS_DEVICE.cookie}` }
  const answer = await test.request(path, { ...init, headers: { ...headers, ...init.headers } })
  return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') }
}

/** Neither a fault of ours, nor a page that shows what was found in the place of a word. */
function faultOf(what: string, { status, text }: { status: number; text: string }) {
  if (status >= 500) return [`${status} ${what}`]
  return /native code|\[object Object\]|>undefined</.test(text) ? [`garbage ${what}`] : []
}

const crawl = () =>
  crawlFrom(['/', '/en', order.page, '/admin', '/sitemap.xml', `${order.page}/debite`], visit)

/** An address for each route of the router: those that no page links to, with hostile names. */
const inRoutes = () =>
  [...app.routes, ...deskRouter.routes]
    .filter(({ method, path }) => ['GET', 'ALL'].includes(method) && !path.includes('*'))
    .flatMap(({ path }) =>
      ['__proto__', 'le-livre', '1', order.key, order.code].map((value) =>
        path.replace(/:\w+(\{(?:[^{}]|\{[^}]*\})*\})?\??/g, () => value),
      ),
    )

type FormOnPage = { action: string; fields: Record<string, string> }

function formsIn(html: string): FormOnPage[] {
  const attribute = (tag: string, name: string) =>
    new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&')
  return [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].flatMap(
    ([, head = '', inside = '']) => {
      if (!/method="post"/i.test(head)) return []
      const fields: Record<string, string> = {}
      for (const [tag] of inside.matchAll(/<(?:input|select|textarea|button)\b[^>]*>/g)) {
        const name = attribute(tag, 'name')
        if (!name || fields[name]) continue
        const option = new RegExp(`name="${name}".*?<option[^>]*value="([^"]+)"`, 's').exec(inside)
        fields[name] =
          attribute(tag, 'value') ||
          (tag.startsWith('<select') ? (option?.[1] ?? '') : likely(name))
      }
      return [{ action: attribute(head, 'action') ?? '', fields }]
    },
  )
}

const LIKELY: Record<string, string> = { ...AWA, amount: '5000', price: '5000', value: '10' }
const likely = (name: string) => LIKELY[name] ?? '1'

describe('a word of a stranger', () => {
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
    await aPromotion(test)
    owner = await signIn(test)
    await anOrder(test, 'le-livre')
    order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
  })
  afterAll(() => test.close())

  it('in the query of any page is answered like any other', async () => {
    const pages = [...(await crawl()).keys()]
    expect(pages.length).toBeGreaterThan(60)
    const faults: string[] = []
    const seen = new Set<string>()
    for (const path of [...pages, ...inRoutes()]) {
      const shape = path.replace(/\d+/g, '0')
      if (seen.has(shape)) continue
      seen.add(shape)
      const questions = [
        ...WORST.map((value) => QUERY_NAMES.map((name) => [name, value])),
        ...QUERY_NAMES.map((name) => [[name, '__proto__']]),
      ]
      for (const question of questions) {
        const address = `${path}?${new URLSearchParams(question as [string, string][]).toString()}`
        faults.push(...faultOf(address.slice(0, 120), await visit(address)))
      }
    }
    expect(faults).toEqual([])
  }, 300_000)

  it('in any field of any form is answered like any other', async () => {
    const faults: string[] = []
    const seen = new Set<string>()
    const pages = await crawl()
    for (const html of pages.values())
      for (const { action, fields } of formsIn(html)) {
        const shape = `${action.replace(/\d+/g, '0')} ${Object.keys(fields).join(' ')}`
        if (seen.has(shape)) continue
        seen.add(shape)
        const changes = Object.keys(fields).flatMap((name) =>
          WORST.map((value) => ({ ...fields, [name]: value })),
        )
        const all = WORST.map((value) =>
          Object.fromEntries(Object.keys(fields).map((name) => [name, value])),
        )
        for (const sent of [...changes, ...all]) {
          owner = await signIn(test)
          const answer = await visit(action, form(sent, owner.headers))
          faults.push(...faultOf(`${action} ${JSON.stringify(sent)}`.slice(0, 160), answer))
        }
      }
    expect(seen.size).toBeGreaterThan(30)
    expect(faults).toEqual([])
  }, 300_000)

  it('in a header or a cookie is answered like any other', async () => {
    const faults: string[] = []
    for (const path of ['/', order.page, `${order.page}/statut`, '/admin', '/admin/entrer'])
      for (const value of INHERITED) {
        const names = ['accept-language', 'user-agent', 'accept', 'accept-encoding', 'x-token']
        const headers = Object.fromEntries(names.map((name) => [name, value]))
        const cookie = `kiosque-appareil=${value}; __Host-kiosque=${value}`
        const answer = await test.request(path, { headers: { ...headers, cookie } })
        const text = await answer.text()
        faults.push(...faultOf(`${path} ${value}`, { status: answer.status, text }))
      }
    expect(faults).toEqual([])
  })
})

describe('a word of CinetPay’s', () => {
  const opened = async (settings: Record<string, string | undefined> = {}) => {
    test = await openTestShop(settings)
    await aBook(test)
    owner = await signIn(test)
  }
  afterEach(() => test.close())

  it.each(WORST)('that is %s is shown as it is, at the desk and to the buyer', async (word) => {
    await opened()
    const faults: string[] = []
    const answers = [
      { code: '00', data: { status: 'ACCEPTED', amount: '5000', currency: 'XOF' } },
      { code: '627', data: { status: 'REFUSED', amount: '5000', currency: 'XOF' } },
      { code: word, data: { status: 'REFUSED', amount: '5000', currency: 'XOF' } },
      { code: '662', data: { status: word, amount: word, currency: word } },
      { code: word, data: null },
    ]
    for (const { code, data } of answers) {
      await leaveOthers(test)
      test.intercept(undefined)
      order = await anOrder(test, 'le-livre')
      test.intercept((request) =>
        request.url.endsWith('/check')
          ? Response.json({
              code,
              message: word,
              data: data && { ...data, payment_method: word, operator_id: word, description: word },
            })
          : undefined,
      )
      await notify(
        test,
        noticeFields(order.transactionId, { payment_method: word, cpm_error_message: word }),
      )
      test.advance(60_000)
      await test.settled()
      const desk = `/admin/commandes/${order.code}`
      for (const path of [order.page, `${order.page}/statut`, desk, `${desk}/preuve`])
        faults.push(...faultOf(`${code} ${path}`, await visit(path)))
    }
    for (const file of ['commandes', 'paiements', 'livres'])
      faults.push(...faultOf(file, await visit(`/admin/chiffres/exports/${file}.csv`)))
    faults.push(...faultOf('figures', await visit('/admin/chiffres')))
    expect(faults).toEqual([])
  })
})

describe('a word in the place of a state', () => {
  afterEach(() => test.close())

  it.each(INHERITED)('%s decides nothing, with the newer API', async (word) => {
    test = await openTestShop(V1_SETTINGS)
    await aBook(test)
    order = await anOrder(test, 'le-livre')
    const asked = `/v1/payment/${order.transactionId}`
    test.intercept((request) =>
      new URL(request.url).pathname === asked
        ? Response.json({ code: '100', status: word, message: word })
        : undefined,
    )
    test.advance(60_000)
    expect((await test.request(order.page)).status).toBe(200)
    await test.settled()
    expect(test.calls).toContain(asked)
    const [row] = await test.sql`select status from payments`
    expect(row!['status']).toBe('pending')
  })
})

describe('a word in the place of a command', () => {
  it.each(WORST)('%s is no command', (word) => {
    const { status, stderr } = spawnSync(SHOP_NODE, [built('cli.mjs'), word], {
      encoding: 'utf8',
    })
    expect(stderr).toContain('Give one of these commands')
    expect(status).toBe(2)
  })
})

describe('a word of a shop’s, at the simulator', () => {
  it.each(WORST)('that is %s is refused, or taken as it is', async (word) => {
    const { app: simulator, create, askCheck } = world()
    const made = (await (await create()).json()) as { data: { payment_url: string } }
    const page = new URL(made.data.payment_url).pathname.replace('/simulateur', '')
    const statuses: number[] = []
    const fields = [
      'apikey', 'site_id', 'transaction_id', 'amount', 'currency', 'channels', 'lang', 'metadata',
      'customer_country', 'customer_phone_number', 'notify_url', 'return_url',
    ] // prettier-ignore
    for (const field of fields) {
      statuses.push((await create({ [field]: word })).status)
      statuses.push((await askCheck({ [field]: word })).status)
    }
    for (const field of ['deed', 'operator', 'fault', 'phone']) {
      const sent = { deed: 'accept', operator: 'OM', phone: '76123456', fault: '', [field]: word }
      statuses.push((await simulator.request(page, form(sent))).status)
    }
    expect(statuses.filter((status) => status >= 500)).toEqual([])
  })
})
