import { StorageUnavailable } from './storage.ts'
import type { ByteRange } from './storage.ts'

/** A server silent for this long counts as dead; a reader may be as slow as they like. */
const SILENCE_MS = 30_000
/** Per body, however long: a connection that breaks more often is not worth waiting for. */
const TAKEN_UP_TIMES = 5

/** A response whose body has not been read. */
export type Opened = { response: Response; stop(): void }

/**
 * The body of an answer, one piece a pull. When the line to the bucket is cut or falls silent, the rest
 * is asked for from where it was, and the reader notices nothing; of another object under the same key
 * nothing is taken (`again` asks for the same entity tag).
 */
export function takenUpAgain(
  first: Opened,
  { offset, length }: ByteRange,
  again: (left: ByteRange) => Promise<Opened>,
): ReadableStream<Uint8Array> {
  const end = offset + length
  let at = offset
  let from = first
  let reader = readerOf(first)
  let times = 0

  async function piece(): Promise<Uint8Array> {
    for (;;) {
      try {
        const { done, value } = await unlessSilent(reader.read(), from.stop)
        if (done || !value) throw new StorageUnavailable('CUT')
        if (value.length > end - at)
          throw new RangeError('the bucket sends more than was asked for')
        return value
      } catch (error) {
        from.stop()
        if (error instanceof RangeError || ++times > TAKEN_UP_TIMES) throw error
        from = await again({ offset: at, length: end - at })
        reader = readerOf(from)
      }
    }
  }

  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      if (at === end) controller.close()
    },
    async pull(controller) {
      const bytes = await piece()
      at += bytes.length
      controller.enqueue(bytes)
      if (at === end) controller.close()
    },
    cancel: () => from.stop(),
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}

const readerOf = ({ response }: Opened) => (response.body ?? new Blob([]).stream()).getReader()

async function unlessSilent<T>(reading: Promise<T>, stop: () => void): Promise<T> {
  const clock = setTimeout(stop, SILENCE_MS)
  try {
    return await reading
  } finally {
    clearTimeout(clock)
  }
}
