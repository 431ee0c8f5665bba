import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apacheIsHere } from '../support/apache.ts'
import { realPostgres } from '../support/postgres.ts'
import { aPdf } from '../support/uploads.ts'
import { openHost } from './host.ts'
import type { Host } from './host.ts'

const START_MS = 120_000
const SIZE = 3_000_000
const SENT_FIELDS = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-length',
  'content-security-policy',
  'content-type',
  'etag',
  'last-modified',
  'x-content-type-options',
  'x-robots-tag',
]
const namesOf = ({ headers }: Response) =>
  Object.fromEntries(SENT_FIELDS.map((name) => [name, headers.get(name)]))
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())
const copiesOf = ({ dataDir }: Host) => {
  const folder = join(dataDir, 'files', '.copies')
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(folder, name))
}
/** Asks for the book until the shop has tried its front, and said what it found. */
async function tried(host: Host, file: string): Promise<string> {
  await (await host.ask(file)).arrayBuffer()
  const said = () => /"event":"xsendfile.tried","trial":"([\w-]+)"/.exec(host.errorLog())?.[1]
  await expect.poll(said, { timeout: 20_000 }).toBeDefined()
  return said()!
}

describe.skipIf(!apacheIsHere || !realPostgres)('with mod_xsendfile', () => {
  let host: Host
  let file: string
  let streamed: { names: object; bytes: Buffer }
  let seam: number
  beforeAll(async () => {
    host = await openHost({
      xsendfile: true,
      deflate: true,
      settings: { SEND_FILE: 'xsendfile' },
    })
    const book = await aPdf(12, SIZE)
    seam = book.length
    await host.sell('le-livre', book)
    file = await host.fileOf(await host.buy('le-livre'))
    const answer = await host.ask(file)
    streamed = { names: namesOf(answer), bytes: await bytesOf(answer) }
  }, START_MS)
  afterAll(() => host?.close(), START_MS)

  it('a book goes through the shop until its front was seen to obey, then past it', async () => {
    expect(await tried(host, file)).toBe('obeys')
    const answer = await host.ask(file, { headers: { 'accept-encoding': 'gzip' } })
    expect(answer.status).toBe(200)
    expect(answer.headers.has('content-encoding')).toBe(false)
    expect(namesOf(answer)).toEqual(streamed.names)
    expect(answer.headers.has('x-sendfile')).toBe(false)
    expect((await bytesOf(answer)).equals(streamed.bytes)).toBe(true)
    expect(streamed.bytes.subarray(-8_000).includes('KiosqueOrder')).toBe(true)

    const [copy] = copiesOf(host)
    expect(statSync(copy!).size).toBe(streamed.bytes.length)
    const marked = Buffer.from(streamed.bytes)
    marked.write('sent by Apache', 100)
    writeFileSync(copy!, marked)
    expect((await bytesOf(await host.ask(file))).equals(marked)).toBe(true)
    const part = await host.ask(file, { headers: { range: 'bytes=100-113' } })
    expect(await part.text()).toBe('sent by Apache')
    writeFileSync(copy!, streamed.bytes)
  })

  it('goes on after a cut, also across the seam between the book and its stamp', async () => {
    const { length } = streamed.bytes
    const cuts = [
      [0, 0],
      [0, 99],
      [seam - 5, seam + 4],
      [seam - 5_000, length - 1],
      [seam, length - 1],
      [length - 10, length - 1],
    ] as const
    for (const [first, last] of cuts) {
      const range = `bytes=${first}-${last === length - 1 ? '' : last}`
      const answer = await host.ask(file, { headers: { range } })
      expect(answer.status).toBe(206)
      expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/${length}`)
      expect({ ...namesOf(answer), 'content-length': '' }).toEqual({
        ...streamed.names,
        'content-length': '',
      })
      expect(answer.headers.get('content-length')).toBe(String(last - first + 1))
      expect((await bytesOf(answer)).equals(streamed.bytes.subarray(first, last + 1))).toBe(true)
    }
    const suffix = await host.ask(file, { headers: { range: 'bytes=-500' } })
    expect((await bytesOf(suffix)).equals(streamed.bytes.subarray(-500))).toBe(true)
  })

  it('keeps to the names of what was begun', async () => {
    const etag = (streamed.names as Record<string, string>)['etag']!
    const ask = async (headers: Record<string, string>, method = 'GET') => {
      const answer = await host.ask(file, { headers, method })
      return { status: answer.status, bytes: await bytesOf(answer), headers: answer.headers }
    }
    const range = 'bytes=1000-'
    expect((await ask({ range, 'if-range': etag })).status).toBe(206)
    const other = await ask({ range, 'if-range': '"another"' })
    expect(other.status).toBe(200)
    expect(other.bytes.equals(streamed.bytes)).toBe(true)
    expect((await ask({ 'if-none-match': etag })).status).toBe(304)
    expect((await ask({ 'if-match': '"another"' })).status).toBe(412)
    const beyond = await ask({ range: 'bytes=99999999-' })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-range')).toBe(`bytes */${streamed.bytes.length}`)
    const several = await ask({ range: 'bytes=0-1,5-6' })
    expect([several.status, several.bytes.length]).toEqual([200, streamed.bytes.length])
    const look = await ask({}, 'HEAD')
    expect(look.headers.get('content-length')).toBe(String(streamed.bytes.length))
    expect(look.headers.get('etag')).toBe(etag)
    expect(look.headers.has('x-sendfile')).toBe(false)
  })

  it('is noted as sent: by whole copies, and by ranges that make one', async () => {
    const order = await host.buy('le-livre', '70 11 22 33')
    const address = await host.fileOf(order)
    const download = async () => {
      const code = /commande\/(\w+)\./.exec(order)![1]!
      const [row] = await host.sql<{ percent: number; isComplete: boolean }[]>`
        select
          100 * length(replace(blocks::text, '0', '')) / 128 as percent,
          completed_at is not null as is_complete
        from downloads
        where order_id = (select id from orders where code = ${code})`
      return row
    }
    const size = Number((await host.ask(address, { method: 'HEAD' })).headers.get('content-length'))
    const half = Math.floor(size / 2)
    await bytesOf(await host.ask(address, { headers: { range: `bytes=0-${half - 1}` } }))
    await expect.poll(download).toMatchObject({ isComplete: false })
    await bytesOf(await host.ask(address, { headers: { range: `bytes=${half}-` } }))
    await expect.poll(download).toEqual({ percent: 100, isComplete: true })
    expect(copiesOf(host)).toHaveLength(2)
  })

  it('needs no copy of a book without a stamp', async () => {
    const bytes = await aPdf(3, SIZE)
    await host.sell('sans-marque', bytes, { bare: true })
    const bare = await host.fileOf(await host.buy('sans-marque', '70 11 22 44'))
    const copies = copiesOf(host).length
    expect((await bytesOf(await host.ask(bare))).equals(Buffer.from(bytes))).toBe(true)
    expect(copiesOf(host)).toHaveLength(copies)
  })

  it('copies that nobody asked for in two hours are swept by a pass', async () => {
    const [old, ...others] = copiesOf(host)
    const then = new Date(Date.now() - 3 * 60 * 60_000)
    utimesSync(old!, then, then)
    const authorization = 'Bearer p3Lk8vHc2Zt6Jq9wEr5y'
    const passed = await host.ask('/cron', { method: 'POST', headers: { authorization } })
    expect(passed.status).toBe(200)
    expect(copiesOf(host)).toEqual(others)
    expect((await bytesOf(await host.ask(file))).equals(streamed.bytes)).toBe(true)
  })
})

describe.skipIf(!apacheIsHere || !realPostgres)('with the setting, and no mod_xsendfile', () => {
  let host: Host
  let file: string
  beforeAll(async () => {
    host = await openHost({ settings: { SEND_FILE: 'xsendfile' } })
    await host.sell('le-livre', await aPdf(12, SIZE))
    file = await host.fileOf(await host.buy('le-livre'))
  }, START_MS)
  afterAll(() => host?.close(), START_MS)

  it('books are streamed, and no visitor learns where they lie', async () => {
    expect(await tried(host, file)).toBe('not-sent')
    const answer = await host.ask(file)
    expect(answer.headers.has('x-sendfile')).toBe(false)
    expect((await bytesOf(answer)).length).toBeGreaterThan(SIZE)
    for (const path of ['/essai-envoi/abc', '/essai-envoi/abc.def', '/essai-envoi/..%2F..%2Fx.y']) {
      const nothing = await host.ask(path)
      expect([nothing.status, nothing.headers.has('x-sendfile')]).toEqual([404, false])
      await nothing.text()
    }
  })
})
