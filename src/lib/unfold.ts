import { pipeline } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'
import { joined } from './gather.ts'

/**
 * Unfolds what was deflated, up to a size: a thousand bytes may come to a million, and folded twice
 * to a thousand millions. zlib of `node:` on both runtimes: it makes a piece when the one before was
 * taken, where the DecompressionStream of workerd unfolds all that it is given before the first
 * piece is read, whatever memory that takes.
 */
export type Unfolded = {
  /** The bytes before the end, the fault or the limit. */
  bytes: Uint8Array
  ended: 'whole' | 'broken' | 'too-large'
}

const UNFOLDERS = {
  gzip: createGunzip,
  deflate: createInflate,
  'deflate-raw': createInflateRaw,
  br: createBrotliDecompress,
}
export type Folding = keyof typeof UNFOLDERS

export function unfold(format: Folding, folded: Uint8Array, maxBytes: number): Promise<Unfolded> {
  const unfolder = UNFOLDERS[format]()
  const pieces: Uint8Array[] = []
  let sizeBytes = 0
  return new Promise((resolve) => {
    const end = (ended: Unfolded['ended']) => resolve({ bytes: joined(pieces), ended })
    unfolder.on('data', (piece: Uint8Array) => {
      pieces.push(piece)
      sizeBytes += piece.length
      if (sizeBytes <= maxBytes) return
      unfolder.destroy()
      pieces.length = 0
      end('too-large')
    })
    unfolder.on('error', () => end('broken'))
    unfolder.on('end', () => end('whole'))
    unfolder.end(folded)
  })
}

/**
 * The same at once, for whoever may let all else wait: a stream leaves each of its pieces and their
 * sum behind, twice what it unfolds to; this, only the sum. What is broken is read by the stream, up
 * to the fault.
 */
export async function unfoldAtOnce(
  format: 'deflate' | 'deflate-raw',
  folded: Uint8Array,
  maxBytes: number,
): Promise<Unfolded> {
  const unfoldNow = format === 'deflate' ? inflateSync : inflateRawSync
  try {
    return { bytes: unfoldNow(folded, { maxOutputLength: Math.max(1, maxBytes) }), ended: 'whole' }
  } catch (error) {
    // Thrown by both runtimes; workerd's has no code.
    if (error instanceof RangeError) return { bytes: new Uint8Array(), ended: 'too-large' }
    return unfold(format, folded, maxBytes)
  }
}

/** The data was not deflated, or is truncated. */
export class Broken extends Error {
  override name = 'Broken'
}

/** The same in pieces, of which few are held at once. Throws Broken; the source's errors pass through. */
export async function* unfoldPieces(
  format: Folding,
  folded: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const unfolder = UNFOLDERS[format]({ chunkSize: PIECE_BYTES })
  // Its errors are those of `unfolder`, which is read below.
  pipeline(folded, unfolder, () => {})
  try {
    for await (const piece of unfolder) yield piece as Uint8Array
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? new Broken() : error
  }
}

const PIECE_BYTES = 64 * 1024

/** The same for a few bytes, at once: a stream costs ten times as much. Undefined: broken, or larger. */
export function unfoldSmall(folded: Uint8Array, maxBytes: number): Uint8Array | undefined {
  try {
    return inflateRawSync(folded, { maxOutputLength: Math.max(1, maxBytes) })
  } catch {
    return undefined
  }
}
