import { lookUp } from '../../src/lib/look-up.ts'
import { callByFetch } from '../../src/lib/outbound.ts'
import type { Call, Fetch, Reply } from '../../src/lib/outbound.ts'
import { unpack } from '../../src/lib/unpack.ts'
import { KNOWN_WORDS } from './transcript-words.ts'

/**
 * Writes down every call to CinetPay, for people who have an account and would send us what it really
 * answers. Nothing that opens anything, and nothing of a person, is written: of each value only its
 * shape (`<24 of A-F0-9>`), but for the few fields that are CinetPay's own words. Of anything that is
 * not JSON, only type and length are written.
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

/** What is CinetPay's own, by the field's name: kept where it looks as it should. */
const CODES = /^-?\d{1,4}$/
const WORD = /^[A-Za-z_]{1,24}$/
const NUMBER = /^\d{1,9}$/
const KEPT: Partial<Record<string, RegExp>> = {
  code: CODES,
  status: /^(?:-?\d{1,4}|[A-Z_]{1,32})$/,
  token_type: WORD,
  expires_in: NUMBER,
  amount: NUMBER,
  currency: /^[A-Z]{3}$/,
  lang: /^[a-z]{2}$/,
  channel: /^[A-Z_]{1,24}$/,
}
const SENTENCES = new Set(['message', 'description'])
/** Any other name of a field may be a person's value. */
const isName = (name: string) => /^[a-z_]{1,40}$/.test(name)
const nameOf = (name: string) => (isName(name) ? name : `<${shapeOfText(name)}>`)

function shapeOfBody(text: string): string {
  try {
    return JSON.stringify(shapeOf('', JSON.parse(text)))
  } catch {
    return `<${new TextEncoder().encode(text).length} bytes that are not JSON>`
  }
}

function shapeOf(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => shapeOf('', one))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [nameOf(field), shapeOf(field, inner)]),
    )
  if (typeof value !== 'string' && typeof value !== 'number') return value
  const text = String(value)
  if (lookUp(KEPT, name)?.test(text)) return value
  if (SENTENCES.has(name)) return sentenceOf(text)
  if (/^https?:/.test(text) && URL.canParse(text)) return shapeOfAddress(text)
  if (text === '') return text
  return `<${typeof value === 'number' ? 'a number, ' : ''}${shapeOfText(text)}>`
}

const sentenceOf = (text: string) =>
  text
    .slice(0, 300)
    .split(/\s+/)
    .map((word) => {
      const bare = word.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '').toLowerCase()
      return bare === '' || KNOWN_WORDS.has(bare) || isField(bare) ? word : '…'
    })
    .join(' ')
/** A field of theirs, named in a sentence. */
const isField = (word: string) =>
  /^(?:client|merchant|payment|notify|success|failed)_[a-z_]{1,30}$/.test(word)

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

/** The host as it is, and of the path what is known: the rest may be an id or a token. */
function shapeOfAddress(address: string): string {
  const url = new URL(address)
  const path = url.pathname
    .split('/')
    .map((part) => (KNOWN_PATHS.has(part) ? part : `<${shapeOfText(part)}>`))
  const query = [...url.searchParams.keys()].map((name) =>
    KNOWN_QUERIES.has(name) ? `${name}=<…>` : `<${shapeOfText(name)}>=<…>`,
  )
  return url.origin + path.join('/') + (query.length > 0 ? `?${query.join('&')}` : '')
}

const KNOWN_QUERIES = new Set(['commande', 'transaction_id', 'order', 'token'])
const KNOWN_PATHS = new Set([
  '',
  'v1',
  'oauth',
  'login',
  'payment',
  'pay',
  'checkout',
  'return',
  'callback',
  'cdn-cgi',
  'trace',
])
