import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { PIECE_BYTES } from '../../storage/storage.ts'

/**
 * Sends a book, whose pieces lie on a disk, with one buffer for the whole of it: the next piece is
 * read into it when the system has taken the one before. Sent piece by piece in buffers of their
 * own, a hundred slow readers leave up to 64 MB of garbage, which is what V8 allows before it looks.
 * Any other answer is given back as it is.
 */
export function sentFromOneBuffer(response: Response, outgoing: ServerResponse): Response {
  if (!response.headers.has('accept-ranges') || !response.body) return response
  let reader: ReadableStreamBYOBReader
  try {
    reader = response.body.getReader({ mode: 'byob' })
  } catch {
    return response
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  void send(reader, outgoing)
  return RESPONSE_ALREADY_SENT
}

/** A failure on the way breaks the connection, so that nobody takes a part for the whole. */
async function send(reader: ReadableStreamBYOBReader, outgoing: ServerResponse): Promise<void> {
  const gone = new Promise((resolve) => outgoing.once('close', resolve))
  try {
    let buffer = new ArrayBuffer(PIECE_BYTES)
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(buffer))
      if (outgoing.destroyed) return await reader.cancel()
      if (done) return void outgoing.end()
      await Promise.race([gone, new Promise((taken) => outgoing.write(value, taken))])
      buffer = value.buffer
    }
  } catch (error) {
    outgoing.destroy(error as Error)
  }
}
