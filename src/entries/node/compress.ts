import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { isText, LEAST_BYTES, MOST_BYTES, packingFor } from '../../lib/content-encoding.ts'
import type { Packing } from '../../lib/content-encoding.ts'

/**
 * Compresses texts on their way out of a Node process; on Workers the edge does it. Books, ranges and
 * pictures pass as they are: a range counts the bytes of the file, and they are packed already. A
 * server in front that compresses leaves alone what comes with an encoding.
 *
 * Somebody who can put words of theirs into a compressed page can guess a secret in it from its
 * length (BREACH): a page that shows typed words shows the keys of no order.
 */

/** For pages made for each visit. */
const BROTLI_QUALITY = 5
/** For pages that many fetch: a twentieth smaller, in ten times as long. */
const PATIENT = { br: 10, gzip: 9 }
/** Anybody may request stylesheets in other colours. */
const MOST_KEPT = 40

const inBrotli = promisify(brotliCompress)
const inGzip = promisify(gzip)
const kept = new Map<string, Promise<Uint8Array>>()

export async function compressed(request: Request, response: Response): Promise<Response> {
  const { headers, status } = response
  const isWhole = status !== 206 && !headers.has('content-range') && !headers.has('accept-ranges')
  if (!isText(headers.get('content-type')) || !isWhole || headers.has('content-encoding'))
    return response
  headers.append('vary', 'accept-encoding')
  const encoding = packingFor(request.headers.get('accept-encoding'))
  if (!encoding || request.method === 'HEAD') return response
  // Checked last: touching the body turns bytes that could leave as they are into a stream.
  if (!response.body || Number(headers.get('content-length')) > MOST_BYTES) return response

  const plain = new Uint8Array(await response.arrayBuffer())
  const packed = plain.length < LEAST_BYTES ? plain : await pack(plain, encoding, request, headers)
  headers.set('content-length', String(packed.length))
  if (packed !== plain) {
    headers.set('content-encoding', encoding)
    const etag = headers.get('etag')
    // The same page in other bytes: only a weak tag still holds.
    if (etag?.startsWith('"')) headers.set('etag', `W/${etag}`)
  }
  return new Response(packed as BodyInit, { status, headers })
}

function pack(plain: Uint8Array, packing: Packing, request: Request, headers: Headers) {
  if (!headers.get('cache-control')?.includes('immutable'))
    return packing === 'br' ? brotli(plain, BROTLI_QUALITY) : inGzip(plain)
  const key = `${packing} ${new URL(request.url).pathname}`
  const packed = kept.get(key) ?? packForMany(plain, packing)
  if (kept.size < MOST_KEPT) kept.set(key, packed)
  return packed
}

/** For `shop.pack`. */
export const packForMany = (plain: Uint8Array, packing: Packing) =>
  packing === 'br' ? brotli(plain, PATIENT.br) : inGzip(plain, { level: PATIENT.gzip })

const brotli = (plain: Uint8Array, quality: number) =>
  inBrotli(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  })
