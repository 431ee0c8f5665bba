import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StorageFull } from '../../../src/storage/storage.ts'
import { realPostgres } from '../../support/postgres.ts'
import { openUploadRoom, pdfOf, PIECE } from '../../support/upload-room.ts'
import type { UploadRoom } from '../../support/upload-room.ts'

const DAY_MS = 24 * 60 * 60_000

let room: UploadRoom
beforeAll(async () => {
  room = await openUploadRoom()
})
afterAll(() => room.test.close())
beforeEach(() => room.nextBook())

describe('a file in pieces', () => {
  it('is on sale once it is finished, and not before', async () => {
    const whole = await pdfOf(2 * PIECE + 12_345, 7)
    const begun = await room.start(whole)
    expect(begun).toMatchObject({ status: 201, state: 'open', pieceBytes: PIECE, pieces: [] })
    for (const number of [0, 1, 2]) {
      expect(await room.put(begun.page, number, whole)).toBe(200)
      expect(await room.files()).toEqual([])
      expect(await (await room.test.request(`/livres/${room.slug}`)).text()).not.toContain(
        'acheter',
      )
    }
    expect(await room.send.finish(begun.page)).toMatchObject({ status: 200, state: 'published' })
    const [file] = await room.files()
    expect(file).toMatchObject({
      slot: 'livre',
      version: 1,
      name: 'Le livre.pdf',
      mediaType: 'application/pdf',
      sizeBytes: whole.length,
      sha256: createHash('sha256').update(whole).digest('hex'),
      pages: 7,
    })
    const object = await room.test.shop.files.read(file!.storageKey)
    expect(Buffer.compare(Buffer.from(await new Response(object!.body).arrayBuffer()), whole)).toBe(
      0,
    )
    const page = await room.moussa.page(begun.page)
    expect(page).toContain('Le fichier est en place')
    expect(page).toContain('7 pages')
  })

  it('may come in any order, and by PUT', async () => {
    const whole = await pdfOf(2 * PIECE + 1_000)
    const begun = await room.start(whole)
    for (const number of [2, 0, 1]) {
      const bytes = whole.subarray(number * PIECE, (number + 1) * PIECE)
      const answer = await room.send.piece(begun.page, number, bytes, 'PUT')
      expect(await answer.json()).toEqual({ kept: number })
    }
    expect((await room.send.finish(begun.page)).state).toBe('published')
  })

  it('says which pieces are there, a day later as well', async () => {
    const whole = await pdfOf(3 * PIECE)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, whole)
    await room.put(begun.page, 2, whole)
    room.test.advance(DAY_MS / 4)
    const left = await room.send.state(begun.page)
    expect(left.pieces).toEqual([0, 2])
    expect((await room.send.finish(begun.page)).status).toBe(409)
    expect(await room.moussa.page(begun.page)).toContain('66 %')
    await room.put(begun.page, 1, whole)
    expect((await room.send.finish(begun.page)).state).toBe('published')
  })

  it('may have a piece sent twice, the second time for good', async () => {
    const whole = await pdfOf(PIECE + 1_000)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, new Uint8Array(whole.length))
    await room.put(begun.page, 0, whole)
    await Promise.all([room.put(begun.page, 1, whole), room.put(begun.page, 1, whole)])
    expect((await room.send.finish(begun.page)).state).toBe('published')
    expect((await room.files())[0]!.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
  })

  it('takes no piece that is longer, shorter, past the end, or cut', async () => {
    const whole = await pdfOf(PIECE + 1_000)
    const begun = await room.start(whole)
    const statusOf = async (number: number | string, bytes: Uint8Array | ReadableStream) => {
      const answer = await room.send.piece(begun.page, number, bytes)
      await answer.text()
      return answer.status
    }
    expect(await statusOf(0, whole.subarray(0, PIECE - 1))).toBe(400)
    expect(await statusOf(0, whole.subarray(0, PIECE + 1))).toBe(413)
    expect(await statusOf(1, whole.subarray(0, 1_001))).toBe(413)
    expect(await statusOf(0, new Uint8Array())).toBe(400)
    for (const number of [2, 9_999, '-1', '1.5', 'x', '00000']) {
      expect(await statusOf(number, new Uint8Array(10))).toBe(404)
    }
    for (const cutAfter of [0, 1, 70_000, PIECE - 1]) {
      const cut = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(whole.subarray(0, cutAfter))
        },
        pull() {
          throw new Error('the line was cut')
        },
      })
      expect(await statusOf(0, cut)).toBe(400)
    }
    expect((await room.send.state(begun.page)).pieces).toEqual([])
    expect((await room.send.finish(begun.page)).status).toBe(409)
    expect(await room.files()).toEqual([])
  })

  it('is published once, however many finish it at once', async () => {
    const whole = await pdfOf(PIECE + 1_000)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, whole)
    await room.put(begun.page, 1, whole)
    const ends = await Promise.all([1, 2, 3, 4].map(() => room.send.finish(begun.page)))
    expect(ends.every(({ status }) => status === 200 || status === 202)).toBe(true)
    expect((await room.send.finish(begun.page)).state).toBe('published')
    expect(await room.files()).toHaveLength(1)
    expect(await room.put(begun.page, 0, whole)).toBe(409)
  })

  it.runIf(realPostgres)('gets a number of its own when two versions arrive at once', async () => {
    const whole = await pdfOf(20_000)
    const begun = []
    for (let i = 0; i < 8; i++) {
      begun.push(await room.start(whole))
      await room.put(begun[i]!.page, 0, whole)
    }
    const ends = await Promise.all(begun.map(({ page }) => room.send.finish(page)))
    expect(ends.map(({ state }) => state)).toEqual(Array(8).fill('published'))
    expect((await room.files()).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })
})

describe('whoever is killed in the middle', () => {
  it.each([
    ['before the pieces are put together', 'finish'],
    ['while the file is read', 'read'],
  ] as const)('%s leaves nothing to see, and the check may be asked for again', async (_, deed) => {
    const whole = await pdfOf(PIECE + 1_000)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, whole)
    await room.put(begun.page, 1, whole)
    const { files: storage } = room.test.shop
    const broken = { ...storage, pieces: { ...storage.pieces } }
    const fail = () => Promise.reject(new Error('the disk is ill'))
    if (deed === 'finish') broken.pieces.finish = fail
    else broken.read = fail
    room.test.shop.files = broken
    const answer = await room.test.request(`${begun.page}/finir`, {
      method: 'POST',
      headers: room.moussa.headers,
    })
    expect(answer.status).toBe(500)
    expect(await room.files()).toEqual([])
    room.test.shop.files = storage
    expect((await room.send.finish(begun.page)).state).toBe('published')
  })

  it('without a word is waited for, then replaced', async () => {
    const whole = await pdfOf(20_000)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, whole)
    const killed = room.test.shop.now()
    await room.test.sql`
      update uploads set state = 'checking', changed_at = ${killed} where id = ${begun.id}`
    expect((await room.send.finish(begun.page)).status).toBe(202)
    expect(await room.moussa.page(begun.page)).toContain('http-equiv="refresh"')
    room.test.advance(3 * 60_000)
    expect((await room.send.finish(begun.page)).state).toBe('published')
  })

  it('after the pieces were put together is no obstacle', async () => {
    const whole = await pdfOf(20_000)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, whole)
    const [row] = await room.test.sql`
      select storage_key, storage_upload, pieces from uploads where id = ${begun.id}`
    const { storageKey, storageUpload, pieces } = row as Record<string, string>
    const tags = Object.values(pieces!)
    await room.test.shop.files.pieces.finish(storageKey!, storageUpload!, tags, whole.length)
    expect((await room.send.finish(begun.page)).state).toBe('published')
  })

  it('starts anew when the pieces are gone', async () => {
    const whole = await pdfOf(PIECE + 1_000)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, whole)
    await room.put(begun.page, 1, whole)
    for (const name of await room.onDisk()) {
      if (name.endsWith('.pieces')) await rm(`${room.test.folder}/books/${name}`)
    }
    expect((await room.send.finish(begun.page)).status).toBe(409)
    expect((await room.send.state(begun.page)).pieces).toEqual([])
    await room.put(begun.page, 0, whole)
    for (const name of await room.onDisk()) {
      if (name.endsWith('.pieces')) await rm(`${room.test.folder}/books/${name}`)
    }
    expect(await room.put(begun.page, 1, whole)).toBe(409)
    expect((await room.send.state(begun.page)).pieces).toEqual([])
    await room.put(begun.page, 0, whole)
    await room.put(begun.page, 1, whole)
    expect((await room.send.finish(begun.page)).state).toBe('published')
  })
})

describe('a full disk', () => {
  it('is told, and loses nothing of what came before', async () => {
    const whole = await pdfOf(PIECE + 1_000)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, whole)
    const { pieces } = room.test.shop.files
    const { put: keep } = pieces
    pieces.put = () => Promise.reject(new StorageFull('no room'))
    const answer = await room.send.piece(begun.page, 1, whole.subarray(PIECE))
    expect(answer.status).toBe(507)
    expect(((await answer.json()) as { sentence: string }).sentence).toContain('plein')
    pieces.put = keep
    expect((await room.send.state(begun.page)).pieces).toEqual([0])
    await room.put(begun.page, 1, whole)
    expect((await room.send.finish(begun.page)).state).toBe('published')
  })

  it('is known as such from the system', async () => {
    const support = 'test/support/piece-under-limit.ts'
    const command = 'ulimit -f 2048; exec "$0" --import tsx "$@"'
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      command,
      process.execPath,
      support,
      `${room.test.folder}/limited`,
    ])
    expect(stdout).toBe('kept, StorageFull, nothing to see')
  })
})
