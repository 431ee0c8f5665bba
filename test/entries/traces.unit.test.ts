import { expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { spansTo } from '../../src/entries/node/traces.ts'
import { lineLog } from '../../src/lib/log.ts'
import { SETTINGS } from '../support/settings.ts'

const answered = {
  requestId: 'a1b2c3',
  method: 'POST',
  route: '/livres/:slug/acheter',
  status: 303,
  ms: 12.5,
  spent: { queries: 3, databaseMs: 4.2, providerMs: 7.9 },
}
const trace = { id: '4bf92f3577b34da6a3ce929d0e0e4736', parent: '00f067aa0ba902b7' }

function collector(answer: () => Response | Promise<Response>) {
  const sent: { url: string; headers: Headers; body: string }[] = []
  const lines: string[] = []
  const reading = readConfig({
    ...SETTINGS,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.com/',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20k3y,x-team=livres',
  })
  if (!reading.ok) throw new Error(reading.faults.join())
  const ask = async (request: Request) => {
    sent.push({ url: request.url, headers: request.headers, body: await request.text() })
    return answer()
  }
  const log = lineLog(
    (line) => void lines.push(line),
    () => new Date(),
  )
  return { ...spansTo(reading.config.traces!, ask, log, '0.1.0'), sent, lines }
}
type Span = Record<string, unknown> & {
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[]
}
const spansIn = (body: string) =>
  (JSON.parse(body) as { resourceSpans: [{ scopeSpans: [{ spans: Span[] }] }] }).resourceSpans[0]
    .scopeSpans[0].spans

it('an answer is a span, with what its line says', async () => {
  const { trace: tell, flush, sent } = collector(() => Response.json({}))
  tell({ ...answered, trace })
  tell({ ...answered, status: 500 })
  await flush()
  await flush()
  expect(sent).toHaveLength(1)
  expect(sent[0]!.url).toBe('https://otlp.example.com/v1/traces')
  expect(sent[0]!.headers.get('authorization')).toBe('Bearer k3y')
  expect(sent[0]!.headers.get('x-team')).toBe('livres')
  const [first, second] = spansIn(sent[0]!.body)
  expect(first).toMatchObject({
    traceId: trace.id,
    parentSpanId: trace.parent,
    name: 'POST /livres/:slug/acheter',
    kind: 2,
    status: {},
  })
  expect(first!['spanId']).toMatch(/^[0-9a-f]{16}$/)
  const took =
    BigInt(first!['endTimeUnixNano'] as string) - BigInt(first!['startTimeUnixNano'] as string)
  expect(Number(took) / 1e6).toBeCloseTo(12.5, 2)
  const said = Object.fromEntries(
    first!.attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  )
  expect(said).toEqual({
    'http.request.method': 'POST',
    'http.route': '/livres/:slug/acheter',
    'http.response.status_code': 303,
    'kiosque.request_id': 'a1b2c3',
    'kiosque.database.queries': 3,
    'kiosque.database.ms': 4,
    'kiosque.provider.ms': 8,
  })
  expect(second!['traceId']).toMatch(/^[0-9a-f]{32}$/)
  expect(second).not.toHaveProperty('parentSpanId')
  expect(second).toMatchObject({ status: { code: 2 } })
})

it('a collector that is away costs no memory, and is told once', async () => {
  const { trace: tell, flush, lines, sent } = collector(() => Promise.reject(new Error('away')))
  for (let i = 0; i < 600; i++) tell(answered)
  await flush()
  expect(spansIn(sent[0]!.body)).toHaveLength(512)
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ event: 'traces.failed', level: 'error', spans: 600 }),
  ])
})
