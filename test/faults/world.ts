import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from '../../src/app.tsx'
import { readConfig } from '../../src/config/config.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { openInMemory } from '../../packages/pglite-for-postgres/embedded.ts'
import { bringUpToDate } from '../../src/entries/migrations.ts'
import { serviceMail } from '../../src/mail/service.ts'
import { openShop } from '../../src/entries/open.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import type { SimulatedTransaction } from '../../packages/cinetpay-simulator/ledger.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { form } from '../support/form.ts'
import { MAIL_SETTINGS, mailbox } from '../support/mailbox.ts'
import { readCall, SENT_TWICE, TRACE } from './calls.ts'
import type { AskedFor } from './calls.ts'
import { Crash } from './crash.ts'
import type { Chance } from './chance.ts'
import { KEY_SETTINGS, KEYS, ONE_PHONE, putBook, V1_KEYS } from './goods.ts'
import type { Api } from './goods.ts'
import { AT_CREATION, AT_LOGIN, AT_STATUS, DENIALS, TOKEN_REFUSALS } from './newer-words.ts'
import type { Spoken, Words } from './newer-words.ts'

const BOOK = new TextEncoder().encode('%PDF-1.4\nUn livre.\n%%EOF\n')
const WIRE = ['cut', 'lost', '500', 'html', 'truncated', '429']
const LINE = [...WIRE, 'said to exist', 'null']
/** What the newer API says in place of the truth, by what was asked. */
const WORDS: Record<AskedFor['what'], Record<string, Words>> = {
  login: AT_LOGIN,
  creation: AT_CREATION,
  check: AT_STATUS,
  trace: {},
}
const TOKENS_REFUSED = 0.1
const PAGES = { v1: 'https://secure.cinetpay.co', v2: 'https://checkout.cinetpay.com' }
const START = Date.parse('2026-01-05T08:00:00Z')

export type Notice = { body: string; headers: Record<string, string> }
export type World = Awaited<ReturnType<typeof openWorld>>

let empty: Promise<Blob> | undefined
/** A migrated database to begin worlds with: made once a process, or the one of `known`. */
export function emptyDatabase(known?: Blob): Promise<Blob> {
  return (empty ??= known ? Promise.resolve(known) : makeEmpty())
}

async function makeEmpty() {
  const embedded = await openInMemory()
  const pool = connectTo('', { ...embedded.options, max: 1 })
  await bringUpToDate(pool)
  await pool.end()
  const snapshot = await embedded.snapshot()
  await embedded.close()
  return snapshot
}

/**
 * The whole shop in one process, with the real rooms and real SQL (PGlite), a clock that is moved,
 * and CinetPay played by the simulator behind a line that chance can cut. What CinetPay says to
 * the shop is caught in `notices`, to be delivered late, twice, out of order or never.
 */
export async function openWorld(api: Api, luck: Chance) {
  const embedded = await openInMemory(await emptyDatabase())
  const connect = () => connectTo('', { ...embedded.options })
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
  const refusedAtCreation = new Set<string>()
  let trouble = 0
  let checks = 0
  let denied: { kind: keyof typeof DENIALS; until: number } | undefined
  /** Tokens that are not taken any more, and those of them of which the shop has heard so. */
  const shapes = new Map<string, string>()
  const heardOf = new Set<string>()

  const book = memoryLedger()
  const played = simulator({
    ...KEYS,
    v1: api === 'v1' ? V1_KEYS : null,
    url: PAGES[api],
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
    const body = await request.text()
    const { what, id } = readCall(path, body)
    if (what === 'creation') await expectCommitted(id)
    if (denied && time < denied.until && what !== 'trace') {
      count(`nobody let in: ${denied.kind}`)
      return answered(luck.pick(DENIALS[denied.kind]))
    }
    const authorization = request.headers.get('authorization')
    const refused = authorization && what !== 'login' ? refusalOf(authorization) : undefined
    if (refused) return answered(refused)
    if (what === 'check') checks++
    const { method, headers } = request
    const ask = async (path: string): Promise<Spoken> => {
      const answer = await played.request(path, { method, headers, ...(body !== '' && { body }) })
      return { status: answer.status, text: await answer.text() }
    }
    const answer = async () => {
      if (what === 'trace') return TRACE
      const isSentTwice = api === 'v1' && what === 'creation' && transactions.has(id)
      return isSentTwice ? SENT_TWICE.v1 : ask(path)
    }
    if (!luck.happens(trouble)) return answered(await answer())
    const kind = luck.pick(api === 'v1' ? [...WIRE, ...Object.keys(WORDS[what])] : LINE)
    count(`line ${kind}`)
    switch (kind) {
      case 'cut':
        throw new TypeError('fetch failed')
      case 'lost':
        await answer()
        throw new TypeError('terminated')
      case 'said to exist':
        await answer()
        return Response.json({ code: '624', message: 'UNKNOWN_ERROR' }, { status: 400 })
      case '500':
        return new Response('{"code":"603"}', { status: 500 })
      case 'html':
        return new Response('<h1>Not found</h1>', { status: 404 })
      case 'truncated':
        return new Response((await answer()).text.slice(0, -9))
      case 'null':
        return Response.json({ code: '00', message: 'SUCCES', data: null })
      case '429':
        return Response.json({ code: '429', message: 'TOO_MANY_REQUEST' }, { status: 429 })
      default: {
        if (what === 'creation' && kind.startsWith('refused')) refusedAtCreation.add(id)
        const ofAnotherPayment = async () => {
          const others = [...transactions.values()].filter(
            ({ state, transactionId, fault }) =>
              state === 'ACCEPTED' && transactionId !== id && fault === '',
          )
          if (others.length === 0) return undefined
          return (await ask(path.replace(id, luck.pick(others).transactionId))).text
        }
        return answered(await WORDS[what][kind]!({ answer, ofAnotherPayment }))
      }
    }
  }

  const answered = ({ status, text }: Spoken) => new Response(text, { status })

  /** A token may be refused at any call, and is then never taken again. */
  function refusalOf(token: string): Spoken | undefined {
    if (heardOf.has(token)) broken.push('a token that was refused is shown again')
    const isNew = !shapes.has(token) && luck.happens(trouble && TOKENS_REFUSED)
    if (isNew) shapes.set(token, luck.pick(Object.keys(TOKEN_REFUSALS)))
    const shape = shapes.get(token)
    if (isNew) count(`token refused, ${shape}`)
    return shape === undefined ? undefined : TOKEN_REFUSALS[shape]
  }

  async function expectCommitted(id: string) {
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
    ...KEY_SETTINGS[api],
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
    api,
    /** Where CinetPay's payment pages are. */
    pages: PAGES[api],
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
    refusedAtCreation,
    /** What must never be, and was. */
    broken,
    /** How often each kind of trouble really happened. */
    seen,
    count,
    now,
    advance: (ms: number) => (time += ms),
    checksMade: () => checks,
    setTrouble: (probability: number) => (trouble = probability),
    /** Nobody is let in for so long by the world's clock. */
    deny: (kind: keyof typeof DENIALS, forMs: number) => (denied = { kind, until: time + forMs }),
    atProvider: (payPage: string, fields: Record<string, string>) =>
      played.request(`/payment/${payPage.split('/').at(-1)}`, form(fields)),
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
      for (const token of shapes.keys()) heardOf.add(token)
    },
    async close() {
      await database.close()
      await embedded.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
