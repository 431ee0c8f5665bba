import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { aPdf, sender } from '../support/uploads.ts'
import { walk } from './walk.ts'

const SEND_MS = 60_000
const NOTED_MS = 10_000

/** Node has its files on a disk, the Worker in R2. */
const runtimes: [string, (databaseUrl: string) => Promise<Running>][] = [
  ['Node, from the disk', (url) => onNode({ DATABASE_URL: url })],
  ['workerd, from R2', onWorkerd],
]

describe.each(runtimes)('on %s', (_, start) => {
  const shop = shopOn(start)
  /** The buyer's copy: what was sent by the seller, and behind the seam her stamp. */
  let whole: Uint8Array
  let seam: number
  let link: string
  let etag: string
  let modified: string
  beforeAll(async () => {
    const bought = await walk(shop.running().url)
    const code = /commande\/(\w+)\./.exec(bought.orderPage)![1]!
    const [book] = await shop.sql()<{ slug: string }[]>`
      select slug from books join orders on orders.book_id = books.id where code = ${code}`
    const headers = await shop.deskHeaders()
    const original = await aPdf(4, 12_000_000)
    seam = original.length
    const { end } = await sender(shop.visit, headers).whole(book!.slug, original)
    expect(end.state).toBe('published')
    const order = await (await fetch(new URL(bought.orderPage, shop.running().url))).text()
    link = new URL(/href="(\/d\/[^"?]+)"/.exec(order)![1]!, shop.running().url).href
    const head = await fetch(link, { method: 'HEAD' })
    etag = head.headers.get('etag')!
    modified = head.headers.get('last-modified')!
    whole = new Uint8Array(await (await fetch(link)).arrayBuffer())
    expect(Buffer.compare(whole.subarray(0, seam), original)).toBe(0)
    expect(whole.length).toBeGreaterThan(seam)
    await rowWith(({ completedAt }) => completedAt !== null)
    await shop.sql()`delete from downloads`
  }, SEND_MS + START_MS)

  const row = async () => {
    const [row] = await shop.sql()<
      { blocks: string; resumes: number; completedAt: Date | null; sentBytes: number }[]
    >`select blocks, resumes, completed_at, sent_bytes from downloads
      where file_id = (select max(id) from files)`
    return row
  }
  /** What is written behind the answers takes a moment. */
  async function rowWith(ready: (found: NonNullable<Awaited<ReturnType<typeof row>>>) => boolean) {
    for (const until = Date.now() + NOTED_MS; Date.now() < until;) {
      const found = await row()
      if (found !== undefined && ready(found)) return
      await pause(50)
    }
    throw new Error('not noted in time')
  }

  it('has a strong tag, a date, and says all that a client needs to go on', async () => {
    const head = await fetch(link, { method: 'HEAD' })
    expect(Object.fromEntries(head.headers)).toMatchObject({
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      'accept-ranges': 'bytes',
      'content-length': String(whole.length),
      'content-type': 'application/pdf',
      'cache-control': 'private, no-cache, no-transform',
    })
    expect(new Date(modified).toUTCString()).toBe(modified)
    expect(await row()).toBeUndefined()
  })

  type Dispute = [
    name: string,
    headers: (size: number) => Record<string, string>,
    status: number,
    part?: (size: number) => [offset: number, length: number],
  ]
  const cases: Dispute[] = [
    ['nothing', () => ({}), 200],
    ['the first 500', () => ({ range: 'bytes=0-499' }), 206, () => [0, 500]],
    ['one byte', () => ({ range: 'bytes=7-7' }), 206, () => [7, 1]],
    ['from a byte on', (size) => ({ range: `bytes=${size - 9}-` }), 206, (size) => [size - 9, 9]],
    ['the last byte', (size) => ({ range: `bytes=${size - 1}-` }), 206, (size) => [size - 1, 1]],
    ['the last 500', () => ({ range: 'bytes=-500' }), 206, (size) => [size - 500, 500]],
    [
      'across the seam',
      () => ({ range: `bytes=${seam - 5}-${seam + 4}` }),
      206,
      () => [seam - 5, 10],
    ],
    ['more than all, from the end', () => ({ range: 'bytes=-99999999' }), 206, (size) => [0, size]],
    [
      'to past the end',
      (size) => ({ range: `bytes=${size - 5}-${size + 5}` }),
      206,
      (size) => [size - 5, 5],
    ],
    [
      'across the middle',
      (size) => ({ range: `bytes=1-${size - 2}` }),
      206,
      (size) => [1, size - 2],
    ],
    ['past the end', (size) => ({ range: `bytes=${size}-` }), 416],
    ['none from the end', () => ({ range: 'bytes=-0' }), 416],
    ['two ranges', () => ({ range: 'bytes=0-1,5-6' }), 200],
    ['another unit', () => ({ range: 'pages=1-2' }), 200],
    ['a range turned round', () => ({ range: 'bytes=9-1' }), 200],
    ['If-Range, the same', () => ({ range: 'bytes=0-9', 'if-range': etag }), 206, () => [0, 10]],
    ['If-Range, another', () => ({ range: 'bytes=0-9', 'if-range': '"x"' }), 200],
    ['If-Range, weak', () => ({ range: 'bytes=0-9', 'if-range': `W/${etag}` }), 200],
    [
      'If-Range, the date',
      () => ({ range: 'bytes=0-9', 'if-range': modified }),
      206,
      () => [0, 10],
    ],
    [
      'If-Range, another date',
      () => ({ range: 'bytes=0-9', 'if-range': 'Sun, 06 Nov 1994 08:49:37 GMT' }),
      200,
    ],
    [
      'If-Range, another, and past the end',
      () => ({ range: 'bytes=99999999-', 'if-range': '"x"' }),
      200,
    ],
    ['If-Match, the same', () => ({ range: 'bytes=5-9', 'if-match': etag }), 206, () => [5, 5]],
    ['If-Match, any', () => ({ 'if-match': '*' }), 200],
    ['If-Match, another', () => ({ range: 'bytes=5-9', 'if-match': '"x"' }), 412],
    ['If-Unmodified-Since, kept', () => ({ 'if-unmodified-since': modified }), 200],
    [
      'If-Unmodified-Since, not kept',
      () => ({ 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' }),
      412,
    ],
    ['If-None-Match, the same', () => ({ 'if-none-match': etag }), 304],
    ['If-None-Match, weak', () => ({ 'if-none-match': `W/${etag}` }), 304],
    ['If-None-Match, another', () => ({ 'if-none-match': '"x"' }), 200],
    ['If-Modified-Since', () => ({ 'if-modified-since': modified }), 304],
  ]
  it.each(cases)('is asked for %s', async (_, headersFor, status, partOf) => {
    const size = whole.length
    const headers = headersFor(size)
    const answer = await fetch(link, { headers })
    const body = new Uint8Array(await answer.arrayBuffer())
    expect(answer.status).toBe(status)
    expect(answer.headers.get('etag')).toBe(etag)
    const [offset, length] = partOf?.(size) ?? [0, status === 200 ? size : 0]
    expect(Buffer.compare(body, whole.subarray(offset, offset + length))).toBe(0)
    if (length > 0) expect(answer.headers.get('content-length')).toBe(String(length))
    const range = status === 206 ? `bytes ${offset}-${offset + length - 1}/${size}` : null
    expect(answer.headers.get('content-range')).toBe(status === 416 ? `bytes */${size}` : range)

    // HEAD knows no ranges, and says the rest alike.
    const head = await fetch(link, { method: 'HEAD', headers })
    expect(await head.text()).toBe('')
    const forHead = status === 206 || status === 416 ? 200 : status
    expect(head.status).toBe(forHead)
    if (forHead === 200) expect(head.headers.get('content-length')).toBe(String(size))
  })

  it('a download that is cut is noted as far as it came, and as whole once it is', async () => {
    await shop.sql()`delete from downloads`
    const received = await cutAfter(link, 3_000_000)
    await rowWith(({ sentBytes }) => sentBytes > 0)
    expect((await row())!.completedAt).toBeNull()
    const headers = { range: `bytes=${received.length}-`, 'if-range': etag }
    const rest = new Uint8Array(await (await fetch(link, { headers })).arrayBuffer())
    expect(Buffer.compare(Buffer.concat([received, rest]), whole)).toBe(0)
    await rowWith(({ completedAt }) => completedAt !== null)
    expect((await row())!.resumes).toBe(1)
  })
})

/** Reads about so many bytes, then hangs up. */
function cutAfter(link: string, bytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let received = 0
    const request = get(link, (answer) => {
      answer.on('data', (piece: Buffer) => {
        pieces.push(piece)
        received += piece.length
        if (received >= bytes) answer.destroy()
      })
      answer.on('close', () => resolve(Buffer.concat(pieces)))
      answer.on('error', () => {})
    })
    request.on('error', reject)
  })
}
