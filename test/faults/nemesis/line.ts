import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { AskedFor } from '../calls.ts'
import type { Api } from '../goods.ts'
import { AT_CREATION, AT_LOGIN, AT_STATUS } from '../newer-words.ts'
import type { Asked, Words } from '../newer-words.ts'

/** One call of the shop to CinetPay, and what may be done to it on the way. */
export type Exchange = Asked & {
  res: ServerResponse
  /** A server that has no business with us; whoever calls it followed a redirect. */
  elsewhere: string
}

type Trouble = (exchange: Exchange) => Promise<void> | void
type Body = { code: string; data?: Record<string, unknown> }

export function send(res: ServerResponse, status: number, text: string, type = 'application/json') {
  res.writeHead(status, { 'content-type': type }).end(text)
}

/** A true answer with its words changed. */
const changed =
  (change: (body: Body) => unknown): Trouble =>
  async ({ answer, res }) => {
    const { status, text } = await answer()
    const isJson = text.startsWith('{') && text.endsWith('}')
    send(res, status, isJson ? JSON.stringify(change(JSON.parse(text) as Body)) : text)
  }

const page =
  (status: number): Trouble =>
  ({ res }) =>
    send(res, status, `<!DOCTYPE html><title>${status}</title><h1>${status}</h1>`, 'text/html')

const paymentPage = (address: string) =>
  changed((body) => ({ ...body, data: { ...body.data, payment_url: address } }))

/** Until the other side has had enough. */
async function trickle(res: ServerResponse, piece: string | Buffer, everyMs: number) {
  res.writeHead(200, { 'content-type': 'application/json' })
  while (!res.destroyed) {
    if (!res.write(piece)) await Promise.race([drained(res), pause(everyMs)])
    await pause(everyMs)
  }
}
const drained = (res: ServerResponse) => new Promise((resolve) => res.once('drain', resolve))

const BOMB = gzipSync(Buffer.alloc(32 * 1024 * 1024))
const MEGABYTE = Buffer.alloc(1024 * 1024, ' ')

/** On any call to either API: the line breaks, CinetPay is in trouble, or talks nonsense. */
const WIRE: Record<string, Trouble> = {
  'reset before the deed': ({ res }) => void res.destroy(),
  'answer lost after the deed': async ({ answer, res }) => {
    await answer()
    res.destroy()
  },
  'answer cut in the middle': async ({ answer, res }) => {
    const { text } = await answer()
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length })
    res.write(text.slice(0, text.length / 2), () => res.destroy())
  },
  hang: () => {},
  'slow body': ({ res }) => trickle(res, ' ', 300),
  late: async ({ answer, res }) => {
    await pause(1_500)
    const { status, text } = await answer()
    send(res, status, text)
  },
  'HTML under 200': page(200),
  'HTML 404': page(404),
  '500': ({ res }) => send(res, 500, '{"code":"603","message":"SERVICE_UNAVAILABLE"}'),
  '503': page(503),
  '429': ({ res }) => send(res, 429, '{"code":"429","message":"TOO_MANY_REQUEST"}'),
  'truncated JSON': async ({ answer, res }) => send(res, 200, (await answer()).text.slice(0, -9)),
  'huge body': ({ res }) => trickle(res, MEGABYTE, 20),
  'packed, though nobody asked for it': async ({ answer, res }) => {
    const { status, text } = await answer()
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    res.writeHead(status, headers).end(gzipSync(text))
  },
  'compressed bomb': ({ res }) => {
    res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(BOMB)
  },
  'redirect elsewhere': ({ res, elsewhere }) => {
    res.writeHead(307, { location: elsewhere }).end()
  },
}

const V2_ANYWHERE: Record<string, Trouble> = {
  ...WIRE,
  'data null': changed((body) => ({ ...body, data: null })),
  'data an empty list': changed((body) => ({ ...body, data: [] })),
  'data missing': changed((body) => ({ ...body, data: undefined })),
  'numbers for strings': changed(({ code, data }) => ({
    code: Number(code),
    data: { ...data, amount: Number(data?.['amount']) },
  })),
}

const V2_AT_CREATION: Record<string, Trouble> = {
  ...V2_ANYWHERE,
  'keys refused with 609': ({ res }) => send(res, 400, '{"code":"609","message":"AUTH_NOT_FOUND"}'),
  'refused with 641': ({ res }) => send(res, 400, '{"code":"641","message":"LIMIT_EXCEEDED"}'),
  'made, and said to exist': async ({ answer, res }) => {
    await answer()
    send(res, 400, '{"code":"624","message":"UNKNOWN_ERROR"}')
  },
  'a javascript: page': paymentPage('javascript:alert(1)'),
  'an http: page elsewhere': paymentPage('http://checkout.cinetpay.com/payment/x'),
  'a page on another host': paymentPage('https://checkout.cinetpay.com.example.net/payment/x'),
  'a page behind a user name': paymentPage('https://checkout.cinetpay.com@example.net/payment/x'),
}

const V2_AT_CHECK: Record<string, Trouble> = {
  ...V2_ANYWHERE,
  '00 with data null': changed((body) => ({ ...body, code: '00', data: null })),
  '00 with REFUSED': changed(({ data, ...body }) => ({
    ...body,
    code: '00',
    data: { ...data, status: 'REFUSED' },
  })),
  'ACCEPTED under 662': changed(({ data, ...body }) => ({
    ...body,
    code: '662',
    data: { ...data, status: 'ACCEPTED' },
  })),
  'the answer for another payment': async ({ answer, res, ofAnotherPayment }) => {
    const { status, text } = await answer()
    send(res, status, (await ofAnotherPayment()) ?? text)
  },
}

const spoken = (all: Record<string, Words>): Record<string, Trouble> =>
  Object.fromEntries(
    Object.entries(all).map(([kind, words]) => [
      kind,
      async (exchange: Exchange) => {
        const { status, text } = await words(exchange)
        send(exchange.res, status, text)
      },
    ]),
  )

/** By what was asked. A creation's trouble whose name begins with `refused` is a clear no. */
export const TROUBLES: Record<Api, Record<AskedFor['what'], Record<string, Trouble>>> = {
  v1: {
    login: { ...WIRE, ...spoken(AT_LOGIN) },
    creation: { ...WIRE, ...spoken(AT_CREATION) },
    check: { ...WIRE, ...spoken(AT_STATUS) },
    trace: WIRE,
  },
  v2: { login: {}, creation: V2_AT_CREATION, check: V2_AT_CHECK, trace: {} },
}
