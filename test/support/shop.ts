import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { app } from '../../src/app.tsx'
import { readConfig } from '../../src/config/config.ts'
import { addBook } from '../../demonstration/add-book.ts'
import { driverOptions, openDatabase } from '../../src/data/database.ts'
import type { Pool } from '../../src/data/database.ts'
import type { Payment } from '../../src/data/orders/payments.ts'
import { hex } from '../../src/lib/encoding.ts'
import { lineLog } from '../../src/lib/log.ts'
import { serviceMail } from '../../src/mail/service.ts'
import { openShop } from '../../src/entries/open.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { cachedPage } from '../../src/http/page-cache/ask.ts'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { form } from './form.ts'
import { mailbox } from './mailbox.ts'
import { formIn } from './form-in.ts'
import { testDatabase } from './postgres.ts'
import { KEYS, SETTINGS, V1_KEYS, V1_SETTINGS } from './settings.ts'

export { formIn, KEYS, SETTINGS, V1_KEYS, V1_SETTINGS }

/** Asks as the entries of both runtimes do: the page cache, then the router. */
export async function visit(shop: Shop, path: string, init?: RequestInit): Promise<Response> {
  const request = new Request(/^https?:/.test(path) ? path : `http://localhost${path}`, init)
  return (await cachedPage(request, shop)) ?? app.fetch(request, shop)
}

/**
 * Whoever opens a book's page in a test is another visitor, with a browser of her own: two forms of
 * one page are one purchase, those of two pages are two.
 */
const BOOK_PAGE = /\/livres\/[^/?]+(\?.*)?$/
const BUYING = /\/acheter$/
let browsers = 0

export type TestShop = Awaited<ReturnType<typeof openTestShop>>

/**
 * A whole shop with real parts: PostgreSQL, the disk, and the simulator in CinetPay's place, at
 * CinetPay's addresses. Its clock stands still until it is moved.
 */
export async function openTestShop(settings: Record<string, string | undefined> = {}) {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-test-'))
  const asked: { text: string; parameters: unknown[] }[] = []
  const debug = (_: number, text: string, parameters: unknown[]) =>
    void asked.push({ text, parameters })
  const connect = () =>
    postgres({ ...driverOptions, max: 10, debug, ...database.options }) as unknown as Pool
  const opened = openDatabase(connect)

  let time = Date.parse('2026-11-02T10:00:00Z')
  const now = () => new Date(time)
  const lines: string[] = []
  const atWork: Promise<unknown>[] = []
  const background = (work: Promise<unknown>) => {
    atWork.push(work.catch(() => {}))
  }
  const calls: string[] = []
  let inTheWay:
    ((request: Request) => Response | Promise<Response | undefined> | undefined) | undefined

  const reading = readConfig({ ...SETTINGS, ...settings })
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  const { cinetpay } = reading.config
  const v1 = cinetpay?.generation === 'v1' ? cinetpay : null
  const played = simulator({
    apiKey: KEYS.CINETPAY_API_KEY,
    siteId: KEYS.CINETPAY_SITE_ID,
    secret: KEYS.CINETPAY_SECRET,
    v1,
    url: v1
      ? `https://secure.cinetpay.${v1.isSandbox ? 'net' : 'co'}`
      : 'https://checkout.cinetpay.com',
    ledger: memoryLedger(),
    fetch: async (request) => app.fetch(request, shop),
    now,
    background,
  })
  const box = mailbox()
  const { mail } = reading.config
  const shop = openShop({
    config: reading.config,
    sql: opened.sql,
    files: diskStorage(folder),
    log: lineLog((line) => void lines.push(line), now),
    fetch: async (request) => {
      calls.push(new URL(request.url).pathname)
      return (await inTheWay?.(request)) ?? played.fetch(request)
    },
    now,
    background,
    mail: mail?.kind === 'service' ? serviceMail(mail, box.take) : undefined,
    checksAPass: 1_000,
    // Visits look for due work in the tests that are about it: elsewhere they would get in the way.
    visitGapMs: Infinity,
    // Tests change rows behind the shop's back; those about the kept window set it.
    storefrontGapMs: 0,
  })
  shop.visitorAddress = '198.51.100.7'

  return {
    shop,
    sql: opened.sql,
    /** For a process of its own; of no use where the database is embedded. */
    databaseUrl: database.url,
    /** Where the files lie. */
    folder,
    /** Everything that was logged. */
    lines,
    /** The paths of the calls made to CinetPay. */
    calls,
    /** Every question asked of the database, a round trip each. */
    asked,
    simulator: played,
    /** The mail service, of a shop with MAIL_SETTINGS. */
    mailbox: box,
    advance: (ms: number) => {
      time += ms
    },
    /** Answers CinetPay's calls in its place; undefined lets the simulator answer. */
    intercept: (answer: typeof inTheWay) => {
      inTheWay = answer
    },
    request: async (path: string, init?: RequestInit) => {
      if (BOOK_PAGE.test(path)) browsers += 1
      return visit(shop, path, init)
    },
    post: async (
      path: string,
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ) => {
      const browser = { 'user-agent': `Browser/${browsers}` }
      return visit(
        shop,
        path,
        form(fields, BUYING.test(path) ? { ...browser, ...headers } : headers),
      )
    },
    /** Waits for what goes on behind the answers. */
    async settled() {
      for (let waited = 0; waited < atWork.length;) {
        waited = atWork.length
        await Promise.all(atWork)
      }
    },
    async close() {
      await Promise.all(atWork)
      await opened.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type ABook = {
  slug?: string
  title?: string
  price?: number
  bytes?: Uint8Array
  fileName?: string
}

/** A book on sale; the defaults are valid, a test names what matters to it. */
export async function aBook({ shop }: Pick<TestShop, 'shop'>, book: ABook = {}) {
  const bytes = book.bytes ?? new TextEncoder().encode('%PDF-1.4\nA small book.\n%%EOF\n')
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)))
  const slug = book.slug ?? 'le-livre'
  const cover = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
  await shop.files.put(`books/${slug}.pdf`, new Blob([bytes as BlobPart]).stream(), bytes.length)
  await shop.files.put(`covers/${slug}.svg`, new Blob([cover]).stream(), cover.length)
  await addBook(
    shop.sql,
    {
      slug,
      title: book.title ?? 'Le livre',
      author: 'Une autrice',
      description: 'Un livre.',
      language: 'fr',
      price: book.price ?? 5000,
      currency: 'XOF',
      cover: { key: `covers/${slug}.svg`, type: 'image/svg+xml', width: 400, height: 600 },
      files: [
        {
          name: book.fileName ?? 'Le livre.pdf',
          key: `books/${slug}.pdf`,
          sizeBytes: bytes.length,
          sha256,
          pages: 1,
        },
      ],
    },
    shop.now(),
  )
  return { slug, bytes, sha256 }
}

export const AWA = { name: 'Awa Traoré', phone: '76 12 34 56', country: 'ML', email: '' }

/** The buyer's own phone, for tests that open the page of a paid order again and again. */
export const BUYERS_DEVICE = {
  cookie: '__Host-kiosque-livres=AwaAwaAwaAwaAwaAwaAwaA; kiosque-livres=AwaAwaAwaAwaAwaAwaAwaA',
}

/** Awa fills in the book's form and presses "Payer"; the answer is a redirect. */
export async function buyFrom(test: TestShop, slug: string, buyer: Partial<typeof AWA> = {}) {
  const page = await (await test.request(`/livres/${slug}`)).text()
  const form = formIn(page, /\/acheter$/)
  const fields = { ...form.fields, ...AWA, ...buyer }
  return test.post(form.action, fields, { 'user-agent': `Browser/${++browsers}` })
}

/** An order opened and waiting at CinetPay: where its pages are, and its transaction. */
export async function anOrder(test: TestShop, slug: string, buyer: Partial<typeof AWA> = {}) {
  const answer = await buyFrom(test, slug, buyer)
  return orderAt(test, answer.headers.get('location')!)
}

/** The order that is paid on this page. */
export async function orderAt(test: TestShop, payPage: string) {
  const [row] = await test.sql<{ transactionId: string; code: string }[]>`
    select payments.transaction_id, orders.code
    from payments join orders on orders.id = payments.order_id
    where payments.page_url = ${payPage}`
  const { orderKey } = await import('../../src/links/keys.ts')
  const { appSecret } = test.shop.config
  const key = await orderKey(appSecret, { code: row!.code, linkVersion: 1 })
  return { payPage, page: `/commande/${key}`, key, ...row! }
}

/** Awa on CinetPay's page: chooses an operator and presses one of the buttons. */
export function atCinetpay(
  test: Pick<TestShop, 'simulator'>,
  payPage: string,
  deed: string,
  fault = '',
  phone = '76123456',
) {
  return test.simulator.request(new URL(payPage).pathname.replace('/checkout/', '/payment/'), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ deed, operator: 'OM', phone, fault }).toString(),
  })
}

export const statusOf = async (test: TestShop, page: string) =>
  ((await (await test.request(`${page}/statut`)).json()) as { status: string }).status

/** Payments that earlier tests left waiting: no visit asks about them any more. */
export const leaveOthers = (test: Pick<TestShop, 'sql'>) =>
  test.sql`update payments set next_check_at = null`.then()

/** A payment as the shop's own questions give it to `settle`. */
export async function paymentOf(test: Pick<TestShop, 'sql'>, transactionId: string) {
  const [payment] = await test.sql<Payment[]>`
    select
      id, order_id, transaction_id, provider, provider_transaction_id, status, amount, currency,
      created_at
    from payments
    where transaction_id = ${transactionId}`
  return payment!
}
