import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { noticeFields, tokenOf } from '../support/notices.ts'
import { realPostgres } from '../support/postgres.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  AWA,
  formIn,
  openTestShop,
  SETTINGS,
  V1_SETTINGS,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { signIn } from '../support/desk.ts'
import { aPdf, sender } from '../support/uploads.ts'
import type { UploadState } from '../support/uploads.ts'
import type { Order } from './victim.ts'

/** What is sent again comes from the same browser. */
const BROWSER = { 'user-agent': 'Her browser' }
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Each step is a process of its own, twice. */
const LONG_MS = 10 * MINUTE
const PROGRAM = 'dist/crash-victim'

// Every outside wait of a deed is found by doing it once; then a process of its own is killed
// before and after each of them, as by `kill -9`, and people and scheduled work go on as they would. The scenes
// are divided between CinetPay's two APIs: each is asked for a payment, and about one.
describe.skipIf(!realPostgres).each([
  ['v1', V1_SETTINGS],
  ['v2', {}],
] as const)('a process killed at any outside wait (CinetPay’s %s)', (api, keys) => {
  /** A scene of the other API's turn is none of this one's. */
  const of = (one: typeof api) => (api === one ? [one] : [])

  let test: TestShop
  let cinetpay: ReturnType<typeof createAdaptorServer>
  let post: ReturnType<typeof createAdaptorServer>
  /** What the newer API's notices prove themselves with, by transaction. */
  const tokens = new Map<string, string>()
  beforeAll(async () => {
    // As the shop itself is built: most of what this suite takes is processes that start.
    await build({
      entryPoints: ['test/faults/victim.ts'],
      outdir: PROGRAM,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['nodemailer'],
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      logLevel: 'error',
    })
    test = await openTestShop({ ...MAIL_SETTINGS, ...keys })
    await aBook(test)
    test.intercept(async (request) => {
      if (!request.url.endsWith('/v1/payment')) return undefined
      const answer = await test.simulator.fetch(request)
      const begun = (await answer.clone().json()) as Record<string, string>
      tokens.set(begun['merchant_transaction_id']!, begun['notify_token']!)
      return answer
    })
    // Days go by between the scenes: each would begin with another part of a backup. That one is
    // killed everywhere in backup.long.test.ts.
    await test.sql`insert into chores (name, last_at) values ('backup', '2100-01-01')`
    cinetpay = createAdaptorServer({ fetch: test.simulator.fetch })
    post = createAdaptorServer({ fetch: test.mailbox.take })
    for (const server of [cinetpay, post]) {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
    }
  })
  afterAll(async () => {
    cinetpay?.close()
    post?.close()
    await test?.close()
    await rm(PROGRAM, { recursive: true, force: true })
  })

  type Deed = Order['request']
  type Step = { step: string; follows: boolean }
  /** The steps that the process told when it ended; undefined when it was killed. */
  async function victim(request: Deed, kill?: Order['kill']): Promise<Step[] | undefined> {
    const at = (server: typeof cinetpay) =>
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const order: Order = {
      settings: { ...SETTINGS, ...MAIL_SETTINGS, ...(keys as object) },
      databaseUrl: test.databaseUrl,
      folder: test.folder,
      cinetpay: at(cinetpay),
      mailbox: at(post),
      now: test.shop.now().toISOString(),
      ...(request && { request }),
      ...(kill && { kill }),
    }
    const child = spawn(process.execPath, [`${PROGRAM}/victim.mjs`, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (data) => (output += data))
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    if (signal === 'SIGKILL') return undefined
    expect(code).toBe(0)
    return (JSON.parse(output.trim().split('\n').at(-1)!) as { steps: Step[] }).steps
  }

  type Scene = { deed: Deed; recover(): Promise<void> }
  /**
   * Plays the scene whole, then once for each of its steps and each side of it. Killed before a step
   * that begins where another has just ended, with nothing else under way, is killed after that
   * other: the world outside is the same, and it is played once.
   */
  async function killEverywhere(play: () => Promise<Scene>): Promise<string[]> {
    const scene = async () => {
      await drain()
      const played = await play()
      await test.settled()
      // What is done once an hour is done each time.
      await test.sql`delete from chores where name <> 'backup'`
      return played
    }
    const first = await scene()
    const steps = (await victim(first.deed))!
    await first.recover()
    for (const { step, follows } of steps)
      for (const when of follows ? (['after'] as const) : (['before', 'after'] as const)) {
        const { deed, recover } = await scene()
        expect(await victim(deed, { step, when }), `${when} ${step}`).toBeUndefined()
        await recover().catch((error: unknown) => {
          throw new Error(`killed ${when} ${step}: ${String(error)}`, { cause: error })
        })
      }
    return steps.map(({ step }) => step)
  }

  /** What earlier scenes left to do would be done in the middle of this one. */
  async function drain() {
    test.advance(40 * DAY)
    for (let passes = 0; passes < 20; passes++) {
      const { checked, messages } = await pass(test.shop)
      if (checked + messages === 0) break
    }
  }

  const posted = (path: string, fields: Record<string, string>, more = {}): Deed => ({
    path,
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...BROWSER,
      ...more,
    },
    body: Buffer.from(new URLSearchParams(fields).toString()).toString('base64'),
  })

  let buyers = 0
  const newBuyer = () => {
    test.advance(11 * MINUTE)
    buyers++
    const phone = `70${String(buyers).padStart(6, '0')}`
    return { ...AWA, name: `Awa ${buyers}`, phone, email: `awa-${buyers}@example.com` }
  }

  /**
   * Of this buyer there is one order, paid once and granted once, whose ledger says so once, and
   * one letter was sent, by a service that keeps keys.
   */
  async function expectDelivered({ name, email }: ReturnType<typeof newBuyer>) {
    for (let passes = 0; passes < 3; passes++) {
      test.advance(3 * MINUTE)
      await pass(test.shop)
    }
    expect(test.mailbox.mails.filter(({ to }) => to === email)).toHaveLength(1)
    const orders = await test.sql`
      select
        status,
        (select count(*) from grants where order_id = orders.id)::int as grants,
        (select count(*) from payments
         where order_id = orders.id and status = 'accepted')::int as accepted,
        (select count(*) from events
         where order_id = orders.id and kind = 'order.paid')::int as told
      from orders
      where buyer_name = ${name}`
    expect(orders).toEqual([{ status: 'paid', grants: 1, accepted: 1, told: 1 }])
  }

  /** From wherever the answer leads, to CinetPay's page, and there to an accepted payment. */
  async function payFrom(location: string) {
    const path = location.replace(/^https:\/\/livres\.example\.net/, '')
    if (!path.startsWith('/')) {
      await atCinetpay(test, location, 'accept')
      return test.settled()
    }
    test.advance(MINUTE)
    const again = formIn(await (await test.request(path)).text(), /\/payer$/)
    const answer = await test.post(again.action, again.fields)
    await payFrom(answer.headers.get('location')!)
  }

  it.each(of('v1'))(
    'buy: the form is sent again, paid, and one book is delivered',
    async () => {
      const steps = await killEverywhere(async () => {
        const buyer = newBuyer()
        const page = await (await test.request('/livres/le-livre')).text()
        const form = formIn(page, /\/acheter$/)
        const fields = { ...form.fields, ...buyer }
        return {
          deed: posted(form.action, fields),
          recover: async () => {
            const answer = await test.post(form.action, fields, BROWSER)
            expect(answer.status).toBe(303)
            await payFrom(answer.headers.get('location')!)
            await expectDelivered(buyer)
          },
        }
      })
      expect(steps).toEqual(
        expect.arrayContaining([
          'sql insertOrders',
          'cinetpay begin',
          'call /v1/oauth/login',
          'call /v1/payment',
          'sql writePages',
        ]),
      )
    },
    LONG_MS,
  )

  it.each(of('v2'))(
    'pay again: one more payment, and one book',
    async () => {
      const steps = await killEverywhere(async () => {
        const buyer = newBuyer()
        const { page, payPage } = await anOrder(test, 'le-livre', buyer)
        await atCinetpay(test, payPage, 'cancel')
        await test.settled()
        const again = formIn(await (await test.request(page)).text(), /\/payer$/)
        return {
          deed: posted(again.action, again.fields),
          recover: async () => {
            const answer = await test.post(again.action, again.fields)
            await payFrom(answer.headers.get('location')!)
            await expectDelivered(buyer)
          },
        }
      })
      expect(steps).toEqual(expect.arrayContaining(['sql insertPayment', 'cinetpay begin']))
    },
    LONG_MS,
  )

  type Hint = (order: { transactionId: string; key: string }) => Promise<Deed>
  const signedNotice: Hint = async ({ transactionId }) => {
    const fields = noticeFields(transactionId)
    return posted('/payment/callback/', fields, { 'x-token': await tokenOf(fields) })
  }
  const newerNotice: Hint = async ({ transactionId: merchant_transaction_id }) => {
    const notify_token = tokens.get(merchant_transaction_id)!
    return posted('/payment/callback/', { merchant_transaction_id, notify_token })
  }
  const aReturn: Hint = async ({ transactionId, key }) =>
    posted(`/payment/return/?commande=${key}`, { transaction_id: transactionId, token: 'x' })
  const aPass: Hint = async () => (test.advance(3 * MINUTE), undefined)
  const hints: Record<typeof api, [string, Hint][]> = {
    v1: [
      ['a notice', newerNotice],
      ['a cron pass', aPass],
    ],
    v2: [
      ['a notice', signedNotice],
      ['a return', aReturn],
    ],
  }
  it.each(hints[api])(
    'settle, by %s: time passes, and one book is delivered',
    async (_, hint) => {
      const steps = await killEverywhere(async () => {
        const buyer = newBuyer()
        const order = await anOrder(test, 'le-livre', buyer)
        await atCinetpay(test, order.payPage, 'accept', 'no-notice')
        await test.settled()
        return {
          deed: await hint(order),
          recover: async () => {
            for (let passes = 0; passes < 3; passes++) {
              test.advance(3 * MINUTE)
              await pass(test.shop)
            }
            await expectDelivered(buyer)
          },
        }
      })
      expect(steps).toEqual(expect.arrayContaining(['cinetpay check', 'sql acceptPayments']))
    },
    LONG_MS,
  )

  it.each(of('v1'))(
    'outbox: each letter is sent, and once',
    async () => {
      const { mail } = test.shop
      const steps = await killEverywhere(async () => {
        const buyer = newBuyer()
        const { payPage } = await anOrder(test, 'le-livre', buyer)
        test.shop.mail = undefined
        await atCinetpay(test, payPage, 'accept')
        await test.settled()
        test.shop.mail = mail
        return { deed: undefined, recover: () => expectDelivered(buyer) }
      })
      const needed = ['sql claimMessage', 'mail send', 'sql recordOutcome']
      expect(steps).toEqual(expect.arrayContaining(needed))
    },
    LONG_MS,
  )

  describe.each(of('v1'))('upload', () => {
    const NAME = 'Le livre.pdf'
    const scenes: [string, (bytes: Uint8Array) => Record<string, string> | undefined][] = [
      ['its beginning', (bytes) => ({ name: NAME, size: String(bytes.length), slot: 'livre' })],
      ['a piece', () => undefined],
      ['its end', () => undefined],
    ]
    it.each(scenes)(
      '%s: sent on from where it was, and published once',
      async (part, first) => {
        const bytes = await aPdf(3)
        let books = 0
        await killEverywhere(async () => {
          const slug = `envoi-${part.replace(/\W/g, '')}-${++books}`
          await aBook(test, { slug })
          await test.sql`delete from files where book_id = (select id from books where slug = ${slug})`
          const moussa = await signIn(test)
          const send = sender(test.request, moussa.headers)
          const what = { name: NAME, size: String(bytes.length), slot: 'livre' }
          const begin = async () => (await send.start(slug, what)) as UploadState
          const headers = { ...moussa.headers, accept: 'application/json' }
          let begun: UploadState | undefined
          let deed: Deed
          const fields = first(bytes)
          if (fields) deed = posted(`/admin/livres/${slug}/fichiers`, fields, headers)
          else {
            begun = await begin()
            const body = Buffer.from(bytes).toString('base64')
            const octets = { ...headers, 'content-type': 'application/octet-stream' }
            if (part === 'a piece')
              deed = { path: `${begun.page}/0`, method: 'POST', headers: octets, body }
            else {
              await (await send.piece(begun.page, 0, bytes)).text()
              deed = { path: `${begun.page}/finir`, method: 'POST', headers, body: '' }
            }
          }
          return {
            deed,
            recover: async () => {
              test.advance(3 * MINUTE)
              const upload = begun ?? (await begin())
              const { state, pieces } = await send.state(upload.page)
              if (state === 'open' && !pieces!.includes(0))
                await (await send.piece(upload.page, 0, bytes)).text()
              if (state !== 'published') await send.finish(upload.page)
              const files = await test.sql`
              select version, size_bytes from files
              where book_id = (select id from books where slug = ${slug})`
              expect(files).toEqual([{ version: 1, sizeBytes: bytes.length }])
            },
          }
        })
        // What was begun and led nowhere is forgotten, and every file that is known is there.
        test.advance(8 * DAY)
        for (let passes = 0; passes < 20; passes++) await pass(test.shop)
        const kept = await test.sql<{ storageKey: string }[]>`select storage_key from files`
        for (const { storageKey } of kept) {
          const object = await test.shop.files.read(storageKey)
          expect(object).toBeDefined()
          await object!.body.cancel()
        }
      },
      240_000,
    )
  })
})
