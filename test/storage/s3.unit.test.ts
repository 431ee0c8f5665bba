import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { s3Storage, withBackups } from '../../src/storage/s3.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { bodyOf, bytesAt, firstDifference } from '../support/bytes.ts'
import { startS3 } from '../support/s3-server.ts'

const MB = 1024 * 1024

let s3: Awaited<ReturnType<typeof startS3>>
let storage: Storage
const ask = (request: Request) => fetch(request)
beforeAll(async () => {
  s3 = await startS3(['livres', 'sauvegardes'])
  storage = s3Storage(s3.settings, ask)
})
afterEach(() => {
  s3.state.fault = undefined
})
afterAll(() => s3.close())

/** Counts what is asked, and answers the first ones otherwise. */
function faulty(times: number, answerTo: (answer: ServerResponse, asked: IncomingMessage) => void) {
  const asked: string[] = []
  s3.state.fault = (request, answer) => {
    asked.push(`${request.method} ${request.headers.range ?? ''}`.trim())
    if (asked.length > times) return false
    answerTo(answer, request)
    return true
  }
  return asked
}
const saying = (status: number, code: string) => (answer: ServerResponse) =>
  void answer.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)

describe('a line to the bucket that is cut', () => {
  const sizeBytes = 3 * MB
  beforeAll(() => storage.put('gros', bodyOf(sizeBytes), sizeBytes))
  const part = { offset: 1000, length: sizeBytes - 2000 }

  const cutAfter = (sent: number, etag: string) => (answer: ServerResponse) => {
    const range = `bytes ${part.offset}-${part.offset + part.length - 1}/${sizeBytes}`
    answer.writeHead(206, { etag, 'content-length': part.length, 'content-range': range })
    answer.write(bytesAt(part.offset, sent), () => setTimeout(() => answer.destroy(), 20))
  }

  it('is taken up where it was, and the reader notices nothing', async () => {
    const etag = (await tagOf('gros'))!
    const asked = faulty(1, cutAfter(500_000, etag))
    const object = await storage.read('gros', part)
    expect(await firstDifference(object!.body, part)).toBeUndefined()
    expect(asked[1]).toBe(`GET bytes=501000-${part.offset + part.length - 1}`)
  })

  it('is not taken up with the bytes of another object', async () => {
    faulty(1, cutAfter(500_000, '"another"'))
    const object = await storage.read('gros', part)
    await expect(firstDifference(object!.body, part)).rejects.toThrow('PreconditionFailed')
  })

  it('is not taken up with the whole file, from a proxy that knows no ranges', async () => {
    const etag = (await tagOf('gros'))!
    let asked = 0
    s3.state.fault = (_, answer) => {
      if (++asked === 1) cutAfter(500_000, etag)(answer)
      else answer.writeHead(200, { etag, 'content-length': sizeBytes }).end(bytesAt(0, sizeBytes))
      return true
    }
    const object = await storage.read('gros', part)
    await expect(firstDifference(object!.body, part)).rejects.toMatchObject({
      code: 'RANGE_IGNORED',
    })
  })

  it('is given up when it is cut again and again', async () => {
    const etag = (await tagOf('gros'))!
    s3.state.fault = (_, answer) => {
      cutAfter(0, etag)(answer)
      return true
    }
    const object = await storage.read('gros', part)
    await expect(firstDifference(object!.body, part)).rejects.toThrow(/unavailable|terminated/)
  })

  const tagOf = async (key: string) => {
    let etag: string | null = null
    const watching = s3Storage(s3.settings, async (request) => {
      const response = await fetch(request)
      etag = response.headers.get('etag')
      return response
    })
    await (await watching.read(key))?.body.cancel()
    return etag
  }
})

it('a slow reader holds the bucket back, and not the bytes', async () => {
  await storage.put('lent', bodyOf(24 * MB, { pieceBytes: MB }), 24 * MB)
  let sending: IncomingMessage | undefined
  s3.state.fault = (request) => {
    sending = request
    return false
  }
  const reader = (await storage.read('lent'))!.body.getReader()
  await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 200))
  // What systems hold of a line between two processes of one machine.
  expect(sending!.socket.bytesWritten - sending!.socket.writableLength).toBeLessThan(16 * MB)
  await reader.cancel()
})

describe('a server that fails', () => {
  it('is asked once more, but never twice for what is no longer the same', async () => {
    const once = faulty(1, saying(503, 'SlowDown'))
    await storage.put('un', bodyOf(10), 10)
    expect(once).toEqual(['PUT', 'PUT'])
    const never = faulty(1, saying(503, 'SlowDown'))
    await expect(storage.pieces.begin('un')).rejects.toMatchObject({ code: 'SlowDown' })
    expect(never).toEqual(['POST'])
  })

  it.each([
    [403, 'QuotaExceeded', 'StorageFull'],
    [507, 'XMinioStorageFull', 'StorageFull'],
    [403, 'AccessDenied', 'StorageClosed'],
    [403, 'InvalidAccessKeyId', 'StorageUnavailable'],
    [404, 'NoSuchBucket', 'StorageUnavailable'],
  ])('%i %s is %s', async (status, code, name) => {
    faulty(9, saying(status, code))
    await expect(storage.put('un', bodyOf(10), 10)).rejects.toMatchObject({ name })
  })

  it('is not believed when it says 200, and in the end that it failed', async () => {
    const upload = await storage.pieces.begin('deux')
    const tag = await storage.pieces.put('deux', upload, { number: 0, offset: 0 }, bytesAt(0, 9))
    faulty(1, saying(200, 'InternalError'))
    const finishing = storage.pieces.finish('deux', upload, [tag], 9)
    await expect(finishing).rejects.toMatchObject({ code: 'InternalError' })
    expect(await storage.read('deux')).toBeUndefined()
  })

  it('is not believed when it sends other bytes than were asked for', async () => {
    await storage.put('trois', bodyOf(10), 10)
    faulty(1, (answer) => void answer.writeHead(200, { 'content-length': 10 }).end(bytesAt(0, 10)))
    const reading = storage.read('trois', { offset: 5, length: 2 })
    await expect(reading).rejects.toMatchObject({ code: 'RANGE_IGNORED' })
  })

  it('and knows no ranges gives whole files, and no part of one, whose rest is not fetched', async () => {
    const sizeBytes = 24 * MB
    await storage.put('grand', bodyOf(sizeBytes, { pieceBytes: MB }), sizeBytes)
    const sent: Promise<boolean>[] = []
    s3.state.fault = (request, answer) => {
      delete request.headers.range
      if (request.method !== 'GET') return false
      sent.push(new Promise((ended) => answer.on('close', () => ended(answer.writableFinished))))
      return false
    }
    for (const range of [undefined, { offset: 0, length: sizeBytes }]) {
      const whole = await storage.read('grand', range)
      expect(await firstDifference(whole!.body, { offset: 0, length: sizeBytes })).toBeUndefined()
    }
    for (const offset of [0, 5, sizeBytes - 10]) {
      const reading = storage.read('grand', { offset, length: 10 })
      await expect(reading).rejects.toMatchObject({ code: 'RANGE_IGNORED' })
    }
    expect(await Promise.all(sent)).toEqual([true, true, false, false, false])
  })

  it('is not waited for without end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      let tell = () => {}
      const asked = new Promise<void>((resolve) => (tell = resolve))
      const dead = s3Storage(s3.settings, ({ signal }) => {
        tell()
        return new Promise((_, refuse) =>
          signal.addEventListener('abort', () => refuse(signal.reason)),
        )
      })
      const reading = dead.read('un').catch((error: unknown) => error)
      await asked
      await vi.advanceTimersByTimeAsync(20_000)
      expect(await reading).toMatchObject({ code: 'TIMEOUT' })
    } finally {
      vi.useRealTimers()
    }
  })
})

it('backups lie in a bucket of their own, and everything else in the other', async () => {
  const two = withBackups(storage, s3Storage({ ...s3.settings, bucket: 'sauvegardes' }, ask))
  for (const key of ['backups/2026-01-01.tar', 'books/a']) await two.put(key, bodyOf(9), 9)
  await two.probe()
  expect([...s3.objects.keys()].filter((key) => /2026|books/.test(key))).toEqual([
    '/sauvegardes/backups/2026-01-01.tar',
    '/livres/books/a',
  ])
})
