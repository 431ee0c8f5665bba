/**
 * A call to somebody else's server, bounded in time and size. Redirects are not followed: a 307
 * would send the keys in the body to another host. The answer is read as text before anything is
 * concluded from its status. Nothing is thrown for what the other side does.
 */
export async function callOutside(
  fetch: (request: Request) => Promise<Response>,
  request: Request,
  limits: { timeoutMs: number; maxBytes: number },
): Promise<OutsideAnswer> {
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  try {
    const bounded = new Request(request, { redirect: 'manual', signal: timeout })
    const response = await stopAt(timeout, fetch(bounded))
    const text = await stopAt(timeout, readText(response, limits.maxBytes))
    if (text === undefined) return { kind: 'failed', reason: 'answer too long' }
    const busy = response.status === 429 && { retryAfterMs: retryAfterMs(response.headers) }
    const { status, headers } = response
    return { kind: 'answered', status, headers, text, ...busy }
  } catch (error) {
    if (timeout.aborted) return { kind: 'failed', reason: `no answer in ${limits.timeoutMs} ms` }
    return { kind: 'failed', reason: connectionFault(error) }
  }
}

export type OutsideAnswer =
  /** `retryAfterMs` with status 429: how long they want to be left alone. */
  | { kind: 'answered'; status: number; headers: Headers; text: string; retryAfterMs?: number }
  | { kind: 'failed'; reason: string }

const RETRY_WHEN_UNTOLD_MS = 60_000

/** RFC 9110, section 10.2.3: seconds, or a date. */
function retryAfterMs(headers: Headers): number {
  const told = headers.get('retry-after') ?? ''
  if (/^\d{1,6}$/.test(told)) return Number(told) * 1000
  const until = Date.parse(told) - Date.parse(headers.get('date') ?? '')
  return until > 0 ? until : RETRY_WHEN_UNTOLD_MS
}

/** Reads a body up to a limit; undefined past it. */
export async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (!body) return new Uint8Array()
  const reader = body.getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > maxBytes) {
      await reader.cancel().catch(() => {})
      return undefined
    }
    pieces.push(value)
  }
  const whole = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  const bytes = await readBytes(response.body, maxBytes)
  return bytes && new TextDecoder().decode(bytes)
}

/** A stand-in passed as `fetch` may not heed the signal: the clock is ours. */
function stopAt<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function connectionFault(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = (cause as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'unknown'
}
