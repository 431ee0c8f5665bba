import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apacheIsHere } from '../support/apache.ts'
import { signIn } from '../support/desk.ts'
import { rssMb } from '../support/memory.ts'
import { realPostgres } from '../support/postgres.ts'
import type { TestShop } from '../support/shop.ts'
import { aPdf, sender } from '../support/uploads.ts'
import type { UploadState } from '../support/uploads.ts'
import { openHost } from './host.ts'
import type { Host } from './host.ts'

const MB = 1024 * 1024
const START_MS = 120_000
const SEND_MS = 300_000
/** The largest file that the desk takes, and the largest of its form without script. */
const LARGEST = 500 * MB
const LARGEST_FORM = 32 * MB
/** Of the shop's process: Passenger hands it a piece at a time. */
const MAX_GROWTH_MB = 120

describe.skipIf(!apacheIsHere || !realPostgres)('the seller sends a book', () => {
  let host: Host
  let headers: Record<string, string>
  let send: ReturnType<typeof sender>
  beforeAll(async () => {
    host = await openHost()
    const shop = { now: () => new Date(), config: { publicUrl: host.url } }
    const signedIn = await signIn({ shop, sql: host.sql } as unknown as TestShop)
    headers = signedIn.headers
    send = sender(host.ask, headers)
    await host.sell('le-livre', await aPdf(1))
    await host.text('/')
  }, START_MS)
  afterAll(() => host?.close(), START_MS)

  const watched = async <T>(work: () => Promise<T>) => {
    const [pid] = host.appPids()
    const before = rssMb(pid!)
    let highest = before
    const clock = setInterval(() => (highest = Math.max(highest, rssMb(pid!))), 20)
    const started = Date.now()
    const result = await work().finally(() => clearInterval(clock))
    const figures = {
      seconds: (Date.now() - started) / 1000,
      beforeMb: Math.round(before),
      growthMb: Math.round(highest - before),
    }
    return { result, figures }
  }

  it(
    'of 500 MB in pieces, in little memory',
    async () => {
      const book = hugePdf(LARGEST)
      const { result, figures } = await watched(async () => {
        const what = { name: 'Le gros.pdf', size: String(LARGEST), slot: 'livre', title: '' }
        const begun = (await send.start('le-livre', what)) as UploadState
        for (let at = 0, n = 0; at < LARGEST; at += begun.pieceBytes, n++) {
          const answer = await send.piece(begun.page, n, book(at, begun.pieceBytes))
          expect(answer.status).toBe(200)
          await answer.text()
        }
        return send.finish(begun.page)
      })
      console.log(`500 MB through Passenger: ${JSON.stringify(figures)}`)
      expect(result.state).toBe('published')
      const [file] = await host.sql`select size_bytes, pages from files order by id desc limit 1`
      expect(file).toEqual({ sizeBytes: LARGEST, pages: 1 })
      expect(figures.growthMb).toBeLessThan(MAX_GROWTH_MB)
    },
    SEND_MS,
  )

  it(
    'of 30 MB in one form, which Passenger takes whole before the shop sees it',
    async () => {
      const fields = new FormData()
      fields.set('slot', 'livre')
      const bytes = hugePdf(LARGEST_FORM - MB)(0, LARGEST_FORM)
      fields.set('file', new File([bytes as BlobPart], 'Le moyen.pdf'))
      const body = new Response(fields)
      const { result, figures } = await watched(async () =>
        host.ask('/admin/livres/le-livre/fichiers/simple', {
          method: 'POST',
          headers: { ...headers, 'content-type': body.headers.get('content-type')! },
          body: await body.arrayBuffer(),
        }),
      )
      console.log(`31 MB in a form through Passenger: ${JSON.stringify(figures)}`)
      expect(result.status).toBe(303)
      const [file] = await host.sql`select name, size_bytes from files order by id desc limit 1`
      expect(file).toEqual({ name: 'Le moyen.pdf', sizeBytes: LARGEST_FORM - MB })
    },
    SEND_MS,
  )
})

/** A PDF of one page, filled up to a size with a stream that no page shows; made where it is read. */
function hugePdf(sizeBytes: number) {
  const filling = Buffer.alloc(MB, 'kiosque ')
  const tailOf = (streamBytes: number) => {
    const objects = [
      '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n',
      '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n',
      '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>\nendobj\n',
    ]
    let text = '\nendstream\nendobj\n'
    const offsets = ['0000000000 65535 f \n']
    for (const object of objects) {
      const at = headOf(streamBytes).length + streamBytes + text.length
      offsets.push(`${String(at).padStart(10, '0')} 00000 n \n`)
      text += object
    }
    const at = headOf(streamBytes).length + streamBytes + text.length
    offsets.push(`${String(FIRST.length).padStart(10, '0')} 00000 n \n`)
    const end = `trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`
    return `${text}xref\n0 5\n${offsets.join('')}${end}`
  }
  // All numbers are as long as these: the length of head and tail is settled.
  const around = headOf(sizeBytes - 1_000).length + tailOf(sizeBytes - 1_000).length
  const streamBytes = sizeBytes - around
  const head = Buffer.from(headOf(streamBytes))
  const tail = Buffer.from(tailOf(streamBytes))
  return (at: number, length: number): Uint8Array => {
    const piece = Buffer.alloc(Math.min(length, sizeBytes - at))
    for (let to = 0; to < piece.length; to += MB) filling.copy(piece, to)
    head.copy(piece, 0, Math.min(at, head.length))
    const tailAt = sizeBytes - tail.length
    if (at + piece.length > tailAt)
      tail.copy(piece, Math.max(0, tailAt - at), Math.max(0, at - tailAt))
    return piece
  }
}

const FIRST = '%PDF-1.4\n'
const headOf = (streamBytes: number) => `${FIRST}4 0 obj\n<</Length ${streamBytes}>>\nstream\n`
