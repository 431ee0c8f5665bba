/** The built shop on a host: Apache, Passenger, PostgreSQL, and CinetPay played outside of it. */
import { createAdaptorServer } from '@hono/node-server'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as http from 'node:http'
import * as https from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { addBook } from '../../demonstration/add-book.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { readRecipe } from '../../packages/pdf/stamp/read-recipe.ts'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { giveToApp, startApache } from '../support/apache.ts'
import type { ApacheOptions } from '../support/apache.ts'
import { form } from '../support/form.ts'
import { testDatabase } from '../support/postgres.ts'
import { atCinetpay, AWA, formIn, KEYS } from '../support/shop.ts'
import { shopFolder } from './shop-folder.ts'

export const SECRETS = {
  APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm',
  CRON_SECRET: 'p3Lk8vHc2Zt6Jq9wEr5y',
  ...KEYS,
}

/** mod_deflate heeds no `no-transform`: a host that compresses everything is told so here. */
const HTACCESS = 'SetEnvIf Request_URI "^/(d|essai-envoi)/|/extrait$" no-gzip dont-vary\n'

type HostOptions = Omit<ApacheOptions, 'appRoot' | 'env' | 'sendFrom'> & {
  settings?: Record<string, string>
  /** Apache's mod_xsendfile is there, and allowed the shop's files. */
  xsendfile?: boolean
}

export type Host = Awaited<ReturnType<typeof openHost>>

export async function openHost({ settings, xsendfile, ...options }: HostOptions = {}) {
  const database = await testDatabase()
  const opened = openDatabase(() => connectTo(database.url))
  const appRoot = await shopFolder()
  const dataDir = join(appRoot, 'data')
  const files = diskStorage(join(dataDir, 'files'))
  mkdirSync(join(dataDir, 'files'), { recursive: true, mode: 0o750 })
  giveToApp(appRoot)

  let hear = async (request: Request): Promise<Response> => ask(request.url, request)
  const atWork: Promise<unknown>[] = []
  const played = simulator({
    apiKey: KEYS.CINETPAY_API_KEY,
    siteId: KEYS.CINETPAY_SITE_ID,
    secret: KEYS.CINETPAY_SECRET,
    url: 'https://checkout.cinetpay.com',
    ledger: memoryLedger(),
    fetch: async (request) => hear(request),
    now: () => new Date(),
    background: (work) => void atWork.push(work.catch(() => {})),
  })
  let checkMs = 0
  let checks = 0
  const told: { path: string; body: Record<string, unknown> }[] = []
  const cinetpay = createAdaptorServer({
    async fetch(request) {
      if (request.url.endsWith('/check')) {
        checks++
        await pause(checkMs)
      }
      const body = (await request.clone().json()) as Record<string, unknown>
      told.push({ path: new URL(request.url).pathname, body })
      return played.fetch(request)
    },
  })
  cinetpay.listen(0, '127.0.0.1')
  await once(cinetpay, 'listening')

  const apache = await startApache({
    ...options,
    appRoot,
    ...(xsendfile && { sendFrom: [join(dataDir, 'files')] }),
    env: ({ url, caFile }) => ({
      PUBLIC_URL: url,
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      CINETPAY_API_URL: `http://127.0.0.1:${(cinetpay.address() as AddressInfo).port}`,
      NODE_ENV: 'production',
      ...(options.tls && { NODE_EXTRA_CA_CERTS: caFile }),
      ...SECRETS,
      ...settings,
    }),
  })
  writeFileSync(join(apache.documentRoot, '.htaccess'), HTACCESS)
  const ca = options.tls ? readFileSync(apache.caFile) : undefined
  const agentOptions = { keepAlive: false, maxSockets: Infinity }
  const agent = ca ? new https.Agent({ ...agentOptions, ca }) : new http.Agent(agentOptions)

  /** Asks Apache, over a connection of its own, from an address of this machine. */
  async function ask(
    path: string,
    init: RequestInit | Request = {},
    localAddress = '127.0.0.1',
  ): Promise<Response> {
    const request = new Request(new URL(path, apache.url), init)
    const body = init.body ? Buffer.from(await request.arrayBuffer()) : undefined
    const headers = {
      ...Object.fromEntries(request.headers),
      ...('headers' in init && !(init instanceof Request) ? (init.headers as object) : {}),
      ...(body && { 'content-length': String(body.length) }),
    }
    const sent = (ca ? https : http).request(request.url, {
      localAddress,
      family: 4,
      servername: 'localhost',
      method: request.method,
      headers,
      agent,
    })
    sent.end(body)
    const [answer] = (await once(sent, 'response')) as [http.IncomingMessage]
    const pairs: [string, string][] = []
    for (let i = 0; i < answer.rawHeaders.length; i += 2)
      pairs.push([answer.rawHeaders[i]!, answer.rawHeaders[i + 1]!])
    const status = answer.statusCode!
    const isEmpty = request.method === 'HEAD' || status === 204 || status === 304
    if (isEmpty) answer.resume()
    const stream = isEmpty ? null : (Readable.toWeb(answer) as ReadableStream)
    return new Response(stream as BodyInit | null, { status, headers: pairs })
  }

  const text = async (path: string, init?: RequestInit) => (await ask(path, init)).text()
  const settled = async () => {
    for (let waited = 0; waited < atWork.length;) {
      waited = atWork.length
      await Promise.all(atWork)
    }
  }
  /** Awa orders it, and pays at CinetPay, which tells the shop; the answer is her way back. */
  async function pay(slug: string, phone: string = AWA.phone) {
    const page = formIn(await text(`/livres/${slug}`), /\/acheter$/)
    const bought = await ask(page.action, form({ ...page.fields, ...AWA, phone }))
    const payPage = bought.headers.get('location')
    const said = await bought.text()
    if (!payPage) throw new Error(`not sold: ${bought.status} ${said.slice(0, 3_000)}`)
    const paid = await atCinetpay({ simulator: played }, payPage, 'accept')
    const back = formIn(await paid.text(), /payment\/return/)
    await settled()
    return back
  }
  async function comeBack({ action, fields }: Awaited<ReturnType<typeof pay>>) {
    const { pathname, search } = new URL(action.replaceAll('&amp;', '&'))
    const returned = await ask(pathname + search, form(fields))
    return new URL(returned.headers.get('location')!, apache.url).pathname
  }

  return {
    ...apache,
    appRoot,
    dataDir,
    sql: opened.sql,
    databaseUrl: database.url,
    ask,
    text,
    settled,
    /** Takes what CinetPay sends to the shop, in the place of Apache. */
    hear(other: typeof hear) {
      hear = other
    },
    /** Puts a PDF on sale, with each buyer's own stamp unless it is `bare`. */
    async sell(slug: string, bytes: Uint8Array, { bare = false } = {}) {
      const key = `books/${slug}.pdf`
      const cover = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
      await files.put(key, new Blob([bytes as BlobPart]).stream(), bytes.length)
      await files.put(`covers/${slug}.svg`, new Blob([cover]).stream(), cover.length)
      giveToApp(join(dataDir, 'files'))
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const recipe = await readRecipe(bytesSource(bytes), 'tenth')
      const stamp = { choice: 'tenth' as const, ...recipe }
      const sizeBytes = bytes.length
      const file = {
        name: 'Le livre.pdf',
        key,
        sizeBytes,
        sha256,
        pages: 1,
        ...(!bare && { stamp }),
      }
      const about = { title: 'Le livre', author: 'Une autrice', description: 'Un livre.' }
      await addBook(
        opened.sql,
        {
          ...about,
          slug,
          language: 'fr',
          price: 5000,
          currency: 'XOF',
          cover: { key: `covers/${slug}.svg`, type: 'image/svg+xml', width: 400, height: 600 },
          files: [file],
        },
        new Date(),
      )
    },
    /** What the shop said to CinetPay. */
    told: () => told,
    /** How often CinetPay was asked about a payment. */
    checks: () => checks,
    /** How long CinetPay takes to answer a check. */
    slowChecks(ms: number) {
      checkMs = ms
    },
    pay,
    comeBack,
    /** Awa buys it, through the pages; the answer is where her order is. */
    buy: async (slug: string, phone?: string) => comeBack(await pay(slug, phone)),
    /** The address of the bytes, as the page of the order has it. */
    async fileOf(order: string) {
      const html = await text(order)
      return /href="(\/d\/[^"?]+)/.exec(html)![1]!
    },
    /** Where the host shows what went wrong, nothing stands that opens anything. */
    tellsNoSecret() {
      const secrets = [...Object.values(SECRETS), database.url, AWA.name]
      expect(secrets.filter((secret) => apache.errorLog().includes(secret))).toEqual([])
      // The pattern of a route may stand there, an address not.
      expect(/\/(?:commande|d)\/(?!:key)/.exec(apache.errorLog())).toBeNull()
    },
    async close() {
      await apache.stop()
      cinetpay.close()
      await opened.close()
      await database.drop()
      rmSync(appRoot, { recursive: true, force: true })
    },
  }
}
