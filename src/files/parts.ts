import { PIECE_BYTES } from '../storage/storage.ts'
import type { ByteRange, Storage } from '../storage/storage.ts'

/** A stored object of a known size, or bytes in memory. */
export type Part = { key: string; sizeBytes: number } | Uint8Array

/** How a stream ended: everything was taken, the reader went away, or a part could not be read. */
export type Ending = { kind: 'whole' } | { kind: 'cut' } | { kind: 'failed'; error: unknown }

type OpenParts = {
  body: ReadableStream<Uint8Array>
  /** Settles once, when the stream has ended in any way. Never rejects. */
  ended: Promise<Ending>
}

type Cut = { part: Part; range: ByteRange }

/**
 * Opens a range of parts that lie one behind the other. Undefined when the first stored part that the
 * range touches is missing or has another size; a later one, or one that ends early, fails the
 * stream: the reader is cut off, and never takes a short answer for a whole one. One piece is held at
 * a time, in the reader's own buffer if it brings one (`mode: 'byob'`), and `onSent` hears of each as
 * it is taken.
 */
export async function openParts(
  files: Pick<Storage, 'read'>,
  parts: readonly Part[],
  range: ByteRange,
  onSent: (bytes: number) => void = () => {},
): Promise<OpenParts | undefined> {
  const cuts = cutsOf(parts, range)
  let place = 0
  let reader = await readerOf(files, cuts[place]!)
  if (!reader) return undefined
  let leftBytes = cuts[place]!.range.length

  let end: (ending: Ending) => void
  const ended = new Promise<Ending>((resolve) => (end = resolve))
  const nextPiece = async (into: ArrayBufferView | null | undefined): Promise<Piece> => {
    if (leftBytes === 0) {
      reader = await readerOf(files, cuts[++place]!)
      if (!reader) throw new Error('a part is missing, or has another size')
      leftBytes = cuts[place]!.range.length
    }
    const piece = await reader!.read(into ?? undefined)
    if (!piece) throw new Error(`a part ended ${leftBytes} bytes early`)
    if (piece.bytes.length > leftBytes) throw new Error('a part is longer than its range')
    leftBytes -= piece.bytes.length
    return piece
  }
  const source: UnderlyingByteSource = {
    type: 'bytes',
    async pull(controller) {
      try {
        const request = controller.byobRequest
        const { bytes, isInto } = await nextPiece(request?.view)
        onSent(bytes.length)
        if (request && isInto) request.respondWithNewView(bytes)
        else controller.enqueue(bytes)
        if (leftBytes > 0 || place < cuts.length - 1) return
        end({ kind: 'whole' })
        controller.close()
      } catch (error) {
        end({ kind: 'failed', error })
        throw error
      }
    },
    async cancel(reason) {
      end({ kind: 'cut' })
      await reader!.cancel(reason)
    },
  }
  return { body: new ReadableStream(source), ended }
}

/** The slice of each part that is covered by a range over all parts joined together. */
function cutsOf(parts: readonly Part[], { offset, length }: ByteRange): Cut[] {
  const cuts: Cut[] = []
  let start = 0
  for (const part of parts) {
    const sizeBytes = part instanceof Uint8Array ? part.length : part.sizeBytes
    const from = Math.max(offset - start, 0)
    const to = Math.min(offset + length - start, sizeBytes)
    if (from < to) cuts.push({ part, range: { offset: from, length: to - from } })
    start += sizeBytes
  }
  return cuts
}

/** `isInto`: the bytes lie in the reader's own buffer. */
type Piece = { bytes: Uint8Array<ArrayBuffer>; isInto: boolean }

/** Undefined is the end. A buffer passed in is transferred, as streams do. */
type Reader = {
  read(into: ArrayBufferView | undefined): Promise<Piece | undefined>
  cancel(reason: unknown): Promise<void>
}

/** Undefined: the stored part is missing, or its size has changed. */
async function readerOf(files: Pick<Storage, 'read'>, cut: Cut): Promise<Reader | undefined> {
  const { part, range } = cut
  if (part instanceof Uint8Array)
    return inMemory(part.subarray(range.offset, range.offset + range.length))
  const object = await files.read(part.key, range).catch((error: unknown) => {
    if (error instanceof RangeError) return undefined
    throw error
  })
  if (object?.sizeBytes === part.sizeBytes) return stored(object.body)
  await object?.body.cancel()
  return undefined
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)

function inMemory(part: Uint8Array): Reader {
  let left = part
  return {
    async read(into) {
      if (left.length === 0) return undefined
      const next = left.subarray(0, into?.byteLength)
      left = left.subarray(next.length)
      if (!into) return { bytes: next.slice(), isInto: false }
      const place = bytesOf(into)
      place.set(next)
      return { bytes: place.subarray(0, next.length), isInto: true }
    },
    cancel: async () => {},
  }
}

/** Reads into the reader's buffer where the storage can: the disk does, a bucket need not. */
function stored(body: ReadableStream<Uint8Array>): Reader {
  let reader: ReadableStreamDefaultReader<Uint8Array> | ReadableStreamBYOBReader | undefined
  return {
    async read(into) {
      reader ??= into ? readerInto(body) : body.getReader()
      if (reader instanceof ReadableStreamBYOBReader) {
        const { value } = await reader.read(into ? bytesOf(into) : new Uint8Array(PIECE_BYTES))
        return value?.length ? { bytes: value, isInto: into !== undefined } : undefined
      }
      const { done, value } = await reader.read()
      return done ? undefined : { bytes: value as Uint8Array<ArrayBuffer>, isInto: false }
    },
    cancel: (reason) => (reader ?? body).cancel(reason),
  }
}

function readerInto(body: ReadableStream<Uint8Array>) {
  try {
    return body.getReader({ mode: 'byob' })
  } catch {
    return body.getReader()
  }
}
