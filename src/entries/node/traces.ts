import { hex, randomBytes } from '../../lib/encoding.ts'
import { callOutside } from '../../lib/outbound.ts'
import type { Fetch } from '../../lib/outbound.ts'
import type { Log } from '../../lib/log.ts'
import type { Answered } from '../../contracts/shop.ts'

/**
 * Spans are sent in batches, and no more than this are held: a collector that is down must not fill
 * the memory.
 */
const MOST_SPANS = 512
const EVERY_MS = 5_000
const LIMITS = { timeoutMs: 10_000, maxBytes: 64 * 1024 }
const KIND_SERVER = 2
const STATUS_ERROR = 2

type Collector = { url: string; headers: Readonly<Record<string, string>> }

/**
 * A span for each answer, by OpenTelemetry's protocol in JSON (OTLP over HTTP, 1.0), with what the
 * request's line says and not a word more. Instrumentation that finds its way into a process by itself
 * writes whole addresses down, and ours hold the keys of orders.
 */
export function spansTo({ url, headers }: Collector, fetch: Fetch, log: Log, version: string) {
  let spans: object[] = []
  let clock: NodeJS.Timeout | undefined
  let lost = 0

  async function flush(): Promise<void> {
    clearTimeout(clock)
    clock = undefined
    if (spans.length === 0) return
    const sent = spans
    spans = []
    const resource = {
      attributes: attributesOf({ 'service.name': 'kiosque', 'service.version': version }),
    }
    const scopeSpans = [{ scope: { name: 'kiosque', version }, spans: sent }]
    const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans }] })
    const call = {
      url,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    }
    const answer = await callOutside(fetch, call, LIMITS)
    if (answer.kind === 'answered' && answer.status < 300) return
    const reason = answer.kind === 'failed' ? answer.reason : `status ${answer.status}`
    log('traces.failed', { reason, spans: sent.length + lost })
    lost = 0
  }

  return {
    flush,
    trace(answered: Answered) {
      if (spans.length >= MOST_SPANS) {
        lost++
        return
      }
      spans.push(spanOf(answered, Date.now()))
      clock ??= setTimeout(() => void flush(), EVERY_MS).unref()
    },
  }
}

function spanOf(answered: Answered, endMs: number) {
  const { requestId, method, route, status, ms, trace, spent } = answered
  const attributes = {
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    'kiosque.request_id': requestId,
    ...(spent && {
      'kiosque.database.queries': spent.queries,
      'kiosque.database.ms': Math.round(spent.databaseMs),
      'kiosque.provider.ms': Math.round(spent.providerMs),
    }),
  }
  return {
    traceId: trace?.id ?? hex(randomBytes(16)),
    spanId: hex(randomBytes(8)),
    ...(trace && { parentSpanId: trace.parent }),
    name: `${method} ${route}`,
    kind: KIND_SERVER,
    startTimeUnixNano: nanoseconds(endMs - ms),
    endTimeUnixNano: nanoseconds(endMs),
    attributes: attributesOf(attributes),
    status: status >= 500 ? { code: STATUS_ERROR } : {},
  }
}

/** As text: JavaScript's numbers are not precise enough. */
const nanoseconds = (ms: number) => String(BigInt(Math.round(ms * 1_000)) * 1_000n)

const attributesOf = (all: Record<string, string | number>) =>
  Object.entries(all).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
  }))
