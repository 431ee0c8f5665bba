import * as v from 'valibot'
import { readBytes } from '../lib/outbound.ts'
import { isPlainText } from '../lib/plain-text.ts'

/** The fields that a form sent, each name once. */
export type Fields = ReadonlyMap<string, string>
/** A file's name and type are claims of the sender. An empty file field is left out. */
export type Files = ReadonlyMap<string, File>

type FormReading =
  { kind: 'read'; fields: Fields; files: Files } | { kind: 'too-large' } | { kind: 'malformed' }

type Allowed = {
  /** Also accept the texts and numbers of a JSON object; of nested values, the name alone. */
  json?: boolean
  /**
   * Multipart only, with files held in memory; `perhaps`: without files the form may also be
   * urlencoded.
   */
  files?: boolean | 'perhaps'
}

/**
 * Reads a urlencoded or multipart body of text fields, of at most `maxBytes` in all. Malformed is:
 * another type, bytes that are not UTF-8, a NUL character (PostgreSQL refuses it, which would be an
 * error 500), a file where none is allowed, a name given twice, a multipart body that does not parse,
 * a reader that fails. Nothing at all is a form without fields.
 */
export async function readForm(
  request: Request,
  maxBytes: number,
  { json = false, files = false }: Allowed = {},
): Promise<FormReading> {
  const type = request.headers.get('content-type') ?? ''
  const is = (prefix: string) => type.toLowerCase().startsWith(prefix)
  try {
    const isMultipart = is('multipart/form-data')
    if (files === true && !isMultipart) return { kind: 'malformed' }
    if (files && isMultipart && announcedWithin(request, maxBytes))
      return collect(await request.formData(), true)
    const bytes = await readBody(request, maxBytes)
    if (!bytes) return { kind: 'too-large' }
    if (isMultipart) {
      const headers = { 'content-type': type }
      return collect(await new Response(bytes as BodyInit, { headers }).formData(), files !== false)
    }
    if (type === '' && bytes.length === 0) return collect([])
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (is('application/x-www-form-urlencoded')) return collect(new URLSearchParams(text))
    if (json && is('application/json')) return collect(flatFields(JSON.parse(text)))
  } catch {
    // Treated as malformed, below.
  }
  return { kind: 'malformed' }
}

/** Reads a JSON body of a known shape; undefined for anything else, or for a longer one. */
export async function readJson<T extends v.GenericSchema>(
  request: Request,
  schema: T,
  maxBytes: number,
): Promise<v.InferOutput<T> | undefined> {
  try {
    const bytes = await readBody(request, maxBytes)
    const text = bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text === undefined || text.includes('\\u0000') || !isPlainText(text)) return undefined
    const read = v.safeParse(schema, JSON.parse(text))
    return read.success ? read.output : undefined
  } catch {
    return undefined
  }
}

/** A body of any type, for a caller that looks for one thing in it; empty when it cannot be read. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  try {
    return new TextDecoder().decode(await readBody(request, maxBytes))
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

/** Then it is parsed directly, which saves one copy of the files in memory. */
const announcedWithin = ({ headers }: Request, maxBytes: number) =>
  Number(headers.get('content-length') ?? Infinity) <= maxBytes

/** Whether one of our own scripts asks, which reads JSON instead of a page. */
export const isForScript = ({ headers }: Request) =>
  ['accept', 'content-type'].some((name) => headers.get(name)?.includes('application/json'))

/** Small files as bytes, by field name. */
export async function bytesOf(files: Files): Promise<ReadonlyMap<string, Uint8Array>> {
  const all = [...files].map(
    async ([name, file]) => [name, new Uint8Array(await file.arrayBuffer())] as const,
  )
  return new Map(await Promise.all(all))
}

function flatFields(body: unknown): [string, string][] {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new TypeError('object')
  return Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' || typeof value === 'number' ? String(value) : '',
  ])
}

function collect(entries: Iterable<[string, string | File]>, mayHaveFiles = false): FormReading {
  const fields = new Map<string, string>()
  const files = new Map<string, File>()
  for (const [name, value] of entries) {
    if (!isPlainText(name) || fields.has(name) || files.has(name)) return { kind: 'malformed' }
    if (typeof value === 'string') {
      if (!isPlainText(value)) return { kind: 'malformed' }
      fields.set(name, value)
    } else {
      if (!mayHaveFiles) return { kind: 'malformed' }
      if (value.size > 0) files.set(name, value)
    }
  }
  return { kind: 'read', fields, files }
}
