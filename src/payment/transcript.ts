import { callByFetch } from '../lib/outbound.ts'
import type { Call, Fetch, Reply } from '../lib/outbound.ts'
import { unpack } from '../lib/unpack.ts'

/**
 * Writes down every call to CinetPay, for whoever has an account and would send us what it really
 * answers. Nothing that opens anything, and nothing of a person, is written: of each value only its
 * shape (`<24 of A-F0-9>`), but for the few fields that are CinetPay's own words. What is not JSON
 * is told by its type and length.
 */
export function transcriptOf(fetch: Fetch) {
  const lines: string[] = []
  let last = ''
  let times = 1
  let number = 0

  function write(exchange: string[]) {
    const text = exchange.join('\n')
    if (text === last) {
      times++
      lines[lines.length - 1] = `   (the same ${times} times)`
      return
    }
    last = text
    times = 1
    lines.push(`${++number}. ${text}`, '')
  }

  async function directly(call: Call, maxBytes: number, signal: AbortSignal): Promise<Reply> {
    const asked = [
      `${call.method} ${shapeOfAddress(call.url)}`,
      ...(call.body === undefined ? [] : [`   > ${shapeOfBody(call.body)}`]),
    ]
    try {
      const send = fetch.directly ?? ((...given) => callByFetch(fetch, ...given))
      const reply = await send(call, maxBytes, signal)
      const type = reply.header('content-type') ?? 'no content-type'
      const text = await textOf(reply, maxBytes)
      const told = HEADERS.flatMap((name) => {
        const value = reply.header(name)
        return value === null ? [] : [`   < ${name}: ${value.slice(0, 100)}`]
      })
      const body = text === undefined ? '<not to be read>' : shapeOfBody(text)
      write([...asked, `   < HTTP ${reply.status}, ${type}`, ...told, `   < ${body}`])
      return reply
    } catch (error) {
      write([...asked, `   < no answer: ${error instanceof Error ? error.name : 'unknown'}`])
      throw error
    }
  }

  const recorded: Fetch = Object.assign((request: Request) => fetch(request), { directly })
  return {
    fetch: recorded,
    /** What happened beside the calls. */
    say: (line: string) => void lines.push(line, ''),
    text: () => lines.join('\n'),
  }
}

async function textOf({ bytes, packing }: Reply, maxBytes: number): Promise<string | undefined> {
  const whole = bytes && (await unpack(bytes, packing, maxBytes))
  return whole?.ended === 'whole' ? new TextDecoder().decode(whole.bytes) : undefined
}

const HEADERS = ['content-encoding', 'retry-after', 'server', 'cf-mitigated'] as const

/** Fields that hold CinetPay's own words, or numbers that we sent. */
const KEPT = new Set([
  'code',
  'status',
  'message',
  'description',
  'token_type',
  'expires_in',
  'amount',
  'currency',
  'lang',
  'channel',
  'direct_pay',
  'must_be_redirected',
])

function shapeOfBody(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) =>
      typeof value === 'string' || typeof value === 'number' ? shapeOf(name, value) : value,
    )
  } catch {
    return `<${new TextEncoder().encode(text).length} bytes that are not JSON>`
  }
}

function shapeOf(name: string, value: string | number): string | number {
  const text = String(value)
  if (KEPT.has(name))
    return typeof value === 'number' ? value : text.replace(/\S*@\S*|\+?\d{6,}/g, '…').slice(0, 300)
  if (/^https?:/.test(text) && URL.canParse(text)) return shapeOfAddress(text)
  return `<${typeof value === 'number' ? 'a number, ' : ''}${shapeOfText(text)}>`
}

function shapeOfText(text: string): string {
  const signs: [RegExp, string][] = [
    [/[A-Z]/, 'A-Z'],
    [/[a-z]/, 'a-z'],
    [/\d/, '0-9'],
    [/[^A-Za-z\d]/, 'others'],
  ]
  const found = signs.filter(([sign]) => sign.test(text)).map(([, name]) => name)
  return `${text.length} of ${found.join(' ') || 'nothing'}`
}

/** The host as it is, and of the path its short lower-case words: the rest may be an id or a token. */
function shapeOfAddress(address: string): string {
  const url = new URL(address)
  const path = url.pathname
    .split('/')
    .map((part) => (/^[a-z0-9-]{0,12}$/.test(part) ? part : `<${shapeOfText(part)}>`))
  const query = [...url.searchParams.keys()].map((name) => `${name}=<…>`)
  return url.origin + path.join('/') + (query.length > 0 ? `?${query.join('&')}` : '')
}
