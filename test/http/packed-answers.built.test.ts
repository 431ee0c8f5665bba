import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outsideOfNode, outsideOfWorkerd } from '../support/outside.ts'
import type { Outside } from '../support/outside.ts'

const MAX_BYTES = 64 * 1024
const text = JSON.stringify({ code: 200, says: 'été '.repeat(300) })
const plain = Buffer.from(text)
const gzip = gzipSync(plain)
const zeros = Buffer.alloc(32 * 1024 * 1024)

type Sent = { encoding: string | string[] | undefined; body: Buffer }

const READ: Record<string, Sent> = {
  'not at all': { encoding: undefined, body: plain },
  'by gzip': { encoding: 'gzip', body: gzip },
  'by x-gzip': { encoding: 'x-gzip', body: gzip },
  'by gzip, told in capitals': { encoding: 'GZIP', body: gzip },
  'by gzip in two members': {
    encoding: 'gzip',
    body: Buffer.concat([gzipSync(plain.subarray(0, 100)), gzipSync(plain.subarray(100))]),
  },
  'by deflate': { encoding: 'deflate', body: deflateSync(plain) },
  'by deflate without its header': { encoding: 'deflate', body: deflateRawSync(plain) },
  'by Brotli': { encoding: 'br', body: brotliCompressSync(plain) },
  'by Brotli, told in capitals': { encoding: 'Br', body: brotliCompressSync(plain) },
  'by gzip, then by Brotli': { encoding: 'gzip, br', body: brotliCompressSync(gzip) },
  'twice, told in two lines': { encoding: ['gzip', 'gzip'], body: gzipSync(gzip) },
  'by nothing, in words': { encoding: 'identity', body: plain },
  'by nothing and by gzip': { encoding: 'identity, gzip', body: gzip },
}

const NOT_READ: Record<string, Sent> = {
  'by who knows what': { encoding: 'compress', body: plain },
  'by a name of every object': { encoding: 'constructor', body: plain },
  'by gzip and who knows what': { encoding: 'zstd, gzip', body: gzip },
  'by gzip, in words alone': { encoding: 'gzip', body: plain },
  'by deflate, in words alone': { encoding: 'deflate', body: plain },
  'by Brotli, in words alone': { encoding: 'br', body: plain },
  'by gzip, and cut': { encoding: 'gzip', body: gzip.subarray(0, -9) },
  'by x-gzip, and cut': { encoding: 'x-gzip', body: gzip.subarray(0, -9) },
  'by deflate, and cut': { encoding: 'deflate', body: deflateSync(plain).subarray(0, -5) },
  'by raw deflate, and cut': { encoding: 'deflate', body: deflateRawSync(plain).subarray(0, -3) },
  'by Brotli, and cut': { encoding: 'br', body: brotliCompressSync(plain).subarray(0, -3) },
  'more often than anybody does': {
    encoding: 'gzip, gzip, gzip, gzip',
    body: gzipSync(gzipSync(gzipSync(gzip))),
  },
}

const TOO_LONG: Record<string, Sent> = {
  'not at all': { encoding: undefined, body: zeros },
  'by gzip': { encoding: 'gzip', body: gzipSync(zeros) },
  'by x-gzip': { encoding: 'x-gzip', body: gzipSync(zeros) },
  'by deflate': { encoding: 'deflate', body: deflateSync(zeros) },
  'by Brotli': { encoding: 'br', body: brotliCompressSync(zeros) },
  'by Brotli, told in capitals': { encoding: 'BR', body: brotliCompressSync(zeros) },
  'twice by gzip': { encoding: 'gzip, gzip', body: gzipSync(gzipSync(zeros)) },
  'by gzip, a byte too long': { encoding: 'gzip', body: gzipSync(Buffer.alloc(MAX_BYTES + 1)) },
}

const EMPTY: Record<string, Sent> = {
  'by gzip': { encoding: 'gzip', body: Buffer.alloc(0) },
  'by Brotli': { encoding: 'br', body: Buffer.alloc(0) },
  'by deflate': { encoding: 'deflate', body: Buffer.alloc(0) },
}

const runtimes: [string, () => Promise<Outside>][] = [
  ['Node', outsideOfNode],
  ['workerd', outsideOfWorkerd],
]

describe.each(runtimes)('an answer that nobody asked to be packed, on %s', (_, open) => {
  let outside: Outside
  let server: Server
  let next: Sent
  beforeAll(async () => {
    server = createServer((_, response) => {
      if (next.encoding !== undefined) response.setHeader('content-encoding', next.encoding)
      response.end(next.body)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    outside = await open()
  })
  afterAll(async () => {
    await outside?.close()
    server.close()
    server.closeAllConnections()
  })

  const ask = (sent: Sent) => {
    next = sent
    const url = `http://localhost:${(server.address() as AddressInfo).port}/`
    const call = { url, method: 'POST', headers: {}, body: 'x' }
    return outside.call(call, { timeoutMs: 10_000, maxBytes: MAX_BYTES })
  }

  it.each(Object.entries(READ))('is read: %s', async (_, sent) => {
    expect(await ask(sent)).toMatchObject({ kind: 'answered', status: 200, text })
  })

  it.each(Object.entries(NOT_READ))('is no answer: %s', async (_, sent) => {
    expect((await ask(sent)).kind).toBe('failed')
  })

  it.each(Object.entries(TOO_LONG))('is too long, however short it came: %s', async (_, sent) => {
    expect(await ask(sent)).toEqual({ kind: 'failed', reason: 'answer too long' })
  })

  it.each(Object.entries(EMPTY))('is empty where nothing came: %s', async (_, sent) => {
    expect(await ask(sent)).toMatchObject({ kind: 'answered', status: 200, text: '' })
  })

  it('is read to the last byte that is allowed', async () => {
    const body = gzipSync(Buffer.alloc(MAX_BYTES, 'x'))
    const answer = await ask({ encoding: 'gzip', body })
    expect(answer).toMatchObject({ kind: 'answered', text: 'x'.repeat(MAX_BYTES) })
  })
})
