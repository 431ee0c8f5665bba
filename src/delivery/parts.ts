import type { ByteRange, Storage } from '../storage/storage.ts'

/** A stored object of a known size, or bytes that are at hand. */
export type Part = { key: string; sizeBytes: number } | Uint8Array

/** How a stream ended: all was taken, the reader went away, or a part could not be read. */
export type Ending = { kind: 'whole' } | { kind: 'cut' } | { kind: 'failed'; error: unknown }

export type OpenParts = {
  body: ReadableStream<Uint8Array>
  /** Settles once, when the stream has ended in whichever way. Never rejects. */
  ended: Promise<Ending>
}

type Cut = { part: Part; range: ByteRange }

/**
 * Opens a range of parts that lie one behind the other. Undefined when the first stored part that
 * the range touches is missing or has another size; a later one, or one that ends early, fails the
 * stream: whoever reads is cut off, and never takes a short answer for a whole one. One piece is
 * held at a time, and `onSent` hears of each as it is taken.
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
  const nextPiece = async (): Promise<Uint8Array> => {
    if (leftBytes === 0) {
      reader = await readerOf(files, cuts[++place]!)
      if (!reader) throw new Error('a part is missing, or has another size')
      leftBytes = cuts[place]!.range.length
    }
    const { done, value } = await reader!.read()
    if (done) throw new Error(`a part ended ${leftBytes} bytes early`)
    if (value.length > leftBytes) throw new Error('a part is longer than its range')
    leftBytes -= value.length
    return value
  }
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        const piece = await nextPiece()
        onSent(piece.length)
        controller.enqueue(piece)
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
  return { body: new ReadableStream(source, { highWaterMark: 0 }), ended }
}

/** What of each part lies in a range that is counted over all of them. */
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

type Reader = ReadableStreamDefaultReader<Uint8Array>

/** Undefined: the stored part is missing, or not of the size that it had. */
async function readerOf(files: Pick<Storage, 'read'>, cut: Cut): Promise<Reader | undefined> {
  const { part, range } = cut
  if (part instanceof Uint8Array) {
    const bytes = part.slice(range.offset, range.offset + range.length)
    return new Blob([bytes]).stream().getReader()
  }
  const object = await files.read(part.key, range).catch((error: unknown) => {
    if (error instanceof RangeError) return undefined
    throw error
  })
  if (object?.sizeBytes === part.sizeBytes) return object.body.getReader()
  await object?.body.cancel()
  return undefined
}
