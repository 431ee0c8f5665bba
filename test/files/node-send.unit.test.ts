import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { sentFromOneBuffer } from '../../src/entries/node/send.ts'
import { bytesAt } from '../support/bytes.ts'

const MB = 1024 * 1024
const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

/** A book that says how it was read, and a server that sends it. */
async function serve({ sizeBytes = 8 * MB, failsAtBytes = Infinity, name = 'accept-ranges' } = {}) {
  const seen = { bytes: 0, pieces: 0, most: 0, given: false, cancelled: false }
  const body = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const request = controller.byobRequest
      if (seen.bytes >= failsAtBytes) throw new Error('the disk is gone')
      const bytes = bytesAt(
        seen.bytes,
        Math.min(request?.view?.byteLength ?? 1_000, sizeBytes - seen.bytes),
      )
      seen.given = request !== null
      seen.bytes += bytes.length
      seen.pieces++
      if (request) {
        new Uint8Array(request.view!.buffer as ArrayBuffer, request.view!.byteOffset).set(bytes)
        request.respond(bytes.length)
      } else controller.enqueue(bytes as Uint8Array<ArrayBuffer>)
      if (seen.bytes === sizeBytes) controller.close()
    },
    cancel: () => void (seen.cancelled = true),
  })
  const headers = { [name]: 'bytes', 'content-length': String(sizeBytes), 'x-book': 'yes' }
  const answer = new Response(body, { status: 206, headers })
  let given: Response | undefined
  const server = createServer((_: IncomingMessage, outgoing: ServerResponse) => {
    given = sentFromOneBuffer(answer, outgoing)
    if (given === answer) outgoing.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => (server.closeAllConnections(), server.close()))
  const asked = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' })
  const [reading] = (await once(asked, 'response')) as [IncomingMessage]
  return { seen, reading, isGivenBack: () => given === answer }
}

const until = async (isSo: () => boolean) => {
  for (let tries = 0; tries < 500 && !isSo(); tries++) await pause(10)
  expect(isSo()).toBe(true)
}

describe('a book on its way out of a Node process', () => {
  it('arrives as it is, read into the buffer that was brought', async () => {
    const { seen, reading } = await serve()
    const parts: Buffer[] = []
    for await (const part of reading) parts.push(part as Buffer)
    expect(reading).toMatchObject({ statusCode: 206, headers: { 'x-book': 'yes' } })
    expect(Buffer.compare(Buffer.concat(parts), bytesAt(0, 8 * MB))).toBe(0)
    expect(seen).toMatchObject({ given: true, pieces: 32 })
  })

  it('is read no further than its reader takes it, and is whole when she goes on', async () => {
    const { seen, reading } = await serve({ sizeBytes: 64 * MB })
    reading.pause()
    let before = -1
    await until(() => {
      const isStill = before === seen.bytes
      before = seen.bytes
      return isStill && before > 0
    })
    expect(seen.bytes).toBeLessThan(32 * MB)
    let place = 0
    for await (const part of reading) {
      const bytes = part as Buffer
      expect(Buffer.compare(bytes, bytesAt(place, bytes.length))).toBe(0)
      place += bytes.length
    }
    expect(place).toBe(64 * MB)
  })

  it('is let go of when its reader goes away', async () => {
    const { seen, reading } = await serve({ sizeBytes: 64 * MB })
    reading.on('error', () => {}).destroy()
    await until(() => seen.cancelled)
  })

  it('breaks off where it cannot be read on', async () => {
    const { reading } = await serve({ failsAtBytes: MB })
    await expect(async () => {
      for await (const _ of reading);
    }).rejects.toThrow('aborted')
  })

  it('leaves alone what is no book', async () => {
    const { isGivenBack, seen } = await serve({ name: 'x-other' })
    expect(isGivenBack()).toBe(true)
    expect(seen.pieces).toBe(0)
  })
})
