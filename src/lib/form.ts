import { readBytes } from './outbound.ts'

export type FormReading =
  | { kind: 'read'; fields: ReadonlyMap<string, string> }
  | { kind: 'too-large' }
  | { kind: 'malformed' }

/**
 * Reads a urlencoded or multipart body of text fields; where `json` is allowed, also the texts and
 * numbers of a JSON object (of what lies deeper in it, the name alone). Malformed is: another type, bytes that are
 * not UTF-8, a NUL character (PostgreSQL refuses it, which would be an error 500), a file, a name
 * given twice, a multipart body that does not parse, a reader that fails.
 */
export async function readForm(
  request: Request,
  maxBytes: number,
  allowed: { json: boolean } = { json: false },
): Promise<FormReading> {
  const type = (request.headers.get('content-type') ?? '').toLowerCase()
  try {
    const bytes = await readBody(request, maxBytes)
    if (!bytes) return { kind: 'too-large' }
    if (type.startsWith('application/x-www-form-urlencoded')) {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return collect(new URLSearchParams(text))
    }
    if (allowed.json && type.startsWith('application/json')) {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return collect(flatFields(JSON.parse(text)))
    }
    if (type.startsWith('multipart/form-data')) {
      const headers = { 'content-type': request.headers.get('content-type')! }
      return collect(await new Response(bytes as BodyInit, { headers }).formData())
    }
  } catch {
    return { kind: 'malformed' }
  }
  return { kind: 'malformed' }
}

/** A body of whatever type, for who looks for one thing in it; empty when it cannot be read. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  try {
    return new TextDecoder().decode((await readBody(request, maxBytes)) ?? new Uint8Array())
  } catch {
    return ''
  }
}

/**
 * Undefined: longer than `maxBytes`. A body whose length is announced ends there, as both servers see
 * to; only one that comes in chunks must be counted while it is read, through a stream that Node's
 * server would otherwise not have to make.
 */
async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  const announced = request.headers.get('content-length')
  if (announced === null) return readBytes(request.body, maxBytes)
  if (!(Number(announced) <= maxBytes)) return undefined
  const bytes = new Uint8Array(await request.arrayBuffer())
  return bytes.length <= maxBytes ? bytes : undefined
}

function flatFields(body: unknown): [string, unknown][] {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new TypeError('object')
  return Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' || typeof value === 'number' ? String(value) : '',
  ])
}

function collect(entries: Iterable<[string, unknown]>): FormReading {
  const fields = new Map<string, string>()
  for (const [name, value] of entries) {
    const text = typeof value === 'string' ? value : undefined
    if (text === undefined || !isPlainText(name) || !isPlainText(text) || fields.has(name))
      return { kind: 'malformed' }
    fields.set(name, text)
  }
  return { kind: 'read', fields }
}

/** Text that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
export function isPlainText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
