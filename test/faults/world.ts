import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from '../../src/app.tsx'
import { readConfig } from '../../src/config.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { openInMemory } from '../../src/data/embedded.ts'
import { bringUpToDate } from '../../src/migrations.ts'
import { serviceMail } from '../../src/mail/service.ts'
import { openShop } from '../../src/open.ts'
import type { Shop } from '../../src/shop.ts'
import { simulator } from '../../src/simulator/app.tsx'
import { memoryLedger } from '../../src/simulator/ledger.ts'
import type { SimulatedTransaction } from '../../src/simulator/ledger.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { form } from '../support/form.ts'
import { MAIL_SETTINGS, mailbox } from '../support/mailbox.ts'
import { Crash } from './crash.ts'
import type { Chance } from './chance.ts'
import { KEYS, ONE_PHONE, putBook } from './goods.ts'

const BOOK = new TextEncoder().encode('%PDF-1.4\nUn livre.\n%%EOF\n')
const LINE = ['cut', 'lost', 'said to exist', '500', 'html', 'truncated', 'null', '429'] as const
const START = Date.parse('2026-01-05T08:00:00Z')

export type Notice = { body: string; headers: Record<string, string> }
export type World = Awaited<ReturnType<typeof openWorld>>

/**
 * The whole shop in one process, with the real rooms and real SQL (PGlite), a clock that is moved,
 * and CinetPay played by the simulator behind a line that chance can cut. What CinetPay says to
 * the shop is caught in `notices`, to be delivered late, twice, out of order or never.
 */
export async function openWorld(luck: Chance) {
  const embedded = await openInMemory()
  const connect = () => connectTo('', { ...embedded.options })
  await bringUpToDate(connectTo('', { ...embedded.options, max: 1 }))
  const database = openDatabase(connect)
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-world-'))

  let time = START
  const now = () => new Date(time)
  const atWork: Promise<unknown>[] = []
  const background = (work: Promise<unknown>) => void atWork.push(work.catch(() => {}))
  const notices: Notice[] = []
  const transactions = new Map<string, SimulatedTransaction>()
  const broken: string[] = []
  const seen: Record<string, number> = {}
  const count = (what: string) => (seen[what] = (seen[what] ?? 0) + 1)
  let trouble = 0
  let checks = 0

  const book = memoryLedger()
  const played = simulator({
    ...KEYS,
    url: 'https://checkout.cinetpay.com',
    ledger: {
      ...book,
      add: async (transaction) => {
        transactions.set(transaction.transactionId, transaction)
        return book.add(transaction)
      },
      save: async (transaction) => {
        transactions.set(transaction.transactionId, transaction)
        return book.save(transaction)
      },
    },
    fetch: async (request) => {
      if (request.method === 'POST')
        notices.push({ body: await request.text(), headers: Object.fromEntries(request.headers) })
      return new Response('OK')
    },
    now,
    background,
    pause: async () => {},
  })

  /** CinetPay's line: it breaks before or behind the answer, or answers nonsense. */
  async function overTheLine(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname
    if (path === '/v2/payment') await expectCommitted(request.clone())
    if (path === '/v2/payment/check') checks++
    if (!luck.happens(trouble)) return played.fetch(request)
    const kind = luck.pick(LINE)
    count(`line ${kind}`)
    switch (kind) {
      case 'cut':
        throw new TypeError('fetch failed')
      case 'lost':
        await played.fetch(request)
        throw new TypeError('terminated')
      case 'said to exist':
        await played.fetch(request)
        return Response.json({ code: '624', message: 'UNKNOWN_ERROR' }, { status: 400 })
      case '500':
        return new Response('{"code":"603"}', { status: 500 })
      case 'html':
        return new Response('<h1>Not found</h1>', { status: 404 })
      case 'truncated':
        return new Response((await (await played.fetch(request)).text()).slice(0, -9))
      case 'null':
        return Response.json({ code: '00', message: 'SUCCES', data: null })
      case '429':
        return Response.json({ code: '429', message: 'TOO_MANY_REQUEST' }, { status: 429 })
    }
  }

  async function expectCommitted(request: Request) {
    const { transaction_id: id } = (await request.json()) as { transaction_id: string }
    const rows = await database.sql`select id from payments where transaction_id = ${id}`
    if (rows.length === 0) broken.push(`CinetPay heard of ${id} before it was committed`)
  }

  const box = mailbox(() => {
    if (!luck.happens(trouble)) return undefined
    const kind = luck.pick(['cut', 'lost', 500, 429] as const)
    count(`mail ${kind}`)
    return kind
  })

  const reading = readConfig({
    ...MAIL_SETTINGS,
    MAIL_PER_HOUR: '1000',
    PUBLIC_URL: 'https://livres.example.net',
    APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm',
    CINETPAY_API_KEY: KEYS.apiKey,
    CINETPAY_SITE_ID: KEYS.siteId,
    CINETPAY_SECRET: KEYS.secret,
  })
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  const shop = openShop({
    config: { ...reading.config, rateLimits: false },
    sql: database.sql,
    files: diskStorage(folder),
    log: (event, fields) => {
      if (event === 'request.failed' && fields?.['error'] !== 'Crash')
        broken.push(`an error nobody expected: ${JSON.stringify(fields)}`)
    },
    fetch: overTheLine,
    now,
    background,
    mail: serviceMail(reading.config.mail as never, box.take),
    checksAPass: 1_000,
    visitGapMs: 5_000,
  })
  const bookSha256 = await putBook(shop, BOOK)
  await database.sql`
    insert into settings (section, value, changed_at)
    values ('shop', '{"email": "moussa@example.com"}', ${now()})`

  return {
    shop,
    sql: database.sql,
    appSecret: shop.config.appSecret,
    bookSha256,
    mails: box.mails,
    notices,
    /** Notices that were delivered, to be said again days later. */
    told: [] as Notice[],
    /** What CinetPay holds for true. */
    transactions,
    /** What must never be, and was. */
    broken,
    /** How often each kind of trouble really happened. */
    seen,
    count,
    now,
    advance: (ms: number) => (time += ms),
    checksMade: () => checks,
    setTrouble: (probability: number) => (trouble = probability),
    atProvider: (payPage: string, fields: Record<string, string>) =>
      played.request(new URL(payPage).pathname, form(fields)),
    async request(path: string, init: RequestInit = {}, as: Shop = shop): Promise<Response> {
      try {
        const headers = new Headers(init.headers)
        if (!headers.has('cookie')) headers.set('cookie', ONE_PHONE)
        return await app.request(path, { ...init, headers }, as)
      } catch (error) {
        if (error instanceof Crash) return new Response('crashed', { status: 599 })
        throw error
      } finally {
        await this.settled()
      }
    },
    async settled() {
      for (let waited = 0; waited < atWork.length;) {
        waited = atWork.length
        await Promise.all(atWork)
      }
      atWork.length = 0
    },
    async close() {
      await database.close()
      await embedded.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
