import { joined } from './gather.ts'
import { unpack } from './unpack.ts'

/** A request to somebody else's server, with a text body. */
export type Call = {
  url: string
  method: string
  headers: Readonly<Record<string, string>>
  body?: string | undefined
  /** IPv4 only, for a service that keeps a list of callers. Workers offer no choice. */
  family?: 4
}

export type Reply = {
  status: number
  /** Undefined: the answer is longer than `maxBytes`. */
  bytes: Uint8Array | undefined
  /** The encoding that still wraps the bytes, as in `Content-Encoding`. */
  packing: string | null
  header: HeaderReader
  /** The request was sent twice: the other side may have handled both. */
  isRepeated: boolean
}
export type HeaderReader = (name: string) => string | null

/**
 * How a runtime calls others. `directly` does the same without the dress of a Request and a
 * Response, where there is a way: on Node, `fetch` works five times as long for one call.
 */
export type Fetch = ((request: Request) => Promise<Response>) & {
  directly?: (call: Call, maxBytes: number, signal: AbortSignal) => Promise<Reply>
}

/**
 * A call to somebody else's server, bounded in time and size. Redirects are not followed: a 307
 * would send the keys in the body to another host. The answer is read as text before anything is
 * concluded from its status. Nothing is thrown for what the other side does.
 */
export async function callOutside(
  fetch: Fetch,
  call: Call,
  limits: { timeoutMs: number; maxBytes: number },
): Promise<OutsideAnswer> {
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  try {
    const send = fetch.directly ?? ((...args) => callByFetch(fetch, ...args))
    const sent = await stopAt(timeout, send(call, limits.maxBytes, timeout))
    const { status, header, isRepeated } = sent
    if (!sent.bytes) return TOO_LONG
    const { bytes, ended } = await unpack(sent.bytes, sent.packing, limits.maxBytes)
    if (ended === 'too-large') return TOO_LONG
    if (ended === 'broken')
      return { kind: 'failed', reason: 'answer packed, and not to be unpacked' }
    const busy = status === 429 && { retryAfterMs: retryAfterMs(header) }
    const text = new TextDecoder().decode(bytes)
    return { kind: 'answered', status, header, isRepeated, text, ...busy }
  } catch (error) {
    if (timeout.aborted) return { kind: 'failed', reason: `no answer in ${limits.timeoutMs} ms` }
    return { kind: 'failed', reason: connectionFault(error) }
  }
}

const TOO_LONG = { kind: 'failed', reason: 'answer too long' } as const

/**
 * What workerd's fetch takes off by itself, leaving the header: these two names, alone and in small
 * letters. It breaks off where they stand before nothing.
 */
const TAKEN_OFF = new Set(['gzip', 'br'])

export async function callByFetch(
  fetch: Fetch,
  { url, method, headers, body }: Call,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Reply> {
  const given = { method, headers, ...(body !== undefined && { body }) }
  const request = new Request(url, { ...given, redirect: 'manual', signal })
  const response = await stopAt(signal, fetch(request))
  const header: HeaderReader = (name) => response.headers.get(name)
  const isEmpty = header('content-length') === '0'
  const bytes = isEmpty ? new Uint8Array() : await readBytes(response.body, maxBytes)
  const encoding = header('content-encoding')
  const packing = encoding !== null && TAKEN_OFF.has(encoding) ? null : encoding
  return { status: response.status, bytes, packing, header, isRepeated: false }
}

export type OutsideAnswer =
  /** `retryAfterMs` comes with status 429: how long to leave them alone. */
  | {
      kind: 'answered'
      status: number
      header: HeaderReader
      text: string
      isRepeated: boolean
      retryAfterMs?: number
    }
  | { kind: 'failed'; reason: string }

const RETRY_WHEN_UNTOLD_MS = 60_000

/** RFC 9110, section 10.2.3: seconds, or a date. */
function retryAfterMs(header: HeaderReader): number {
  const told = header('retry-after') ?? ''
  if (/^\d{1,6}$/.test(told)) return Number(told) * 1000
  const until = Date.parse(told) - Date.parse(header('date') ?? '')
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
  return joined(pieces)
}

/** A stand-in passed as `fetch` may ignore the signal, so we time out ourselves. */
function stopAt<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Why a request failed, in a word that may be logged. */
export function connectionFault(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = (cause as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'unknown'
}
