import { isPlainText } from './plain-text.ts'
import { readBytes } from './outbound.ts'

export type UploadReading =
  | { kind: 'read'; fields: ReadonlyMap<string, string>; files: ReadonlyMap<string, Uint8Array> }
  | { kind: 'too-large' }
  | { kind: 'malformed' }

/**
 * Reads a multipart body of text fields and small files, wholly in memory: `maxBytes` is for all
 * of it. Malformed is what `readForm` calls so, files excepted. A file's name and type are the
 * sender's word and are not given; a file field left empty is no file.
 */
export async function readUpload(request: Request, maxBytes: number): Promise<UploadReading> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.toLowerCase().startsWith('multipart/form-data')) return { kind: 'malformed' }
  try {
    if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return { kind: 'too-large' }
    const bytes = await readBytes(request.body, maxBytes)
    if (!bytes) return { kind: 'too-large' }
    const headers = { 'content-type': type }
    return await collect(await new Response(bytes as BodyInit, { headers }).formData())
  } catch {
    return { kind: 'malformed' }
  }
}

async function collect(entries: Iterable<[string, string | Blob]>): Promise<UploadReading> {
  const fields = new Map<string, string>()
  const files = new Map<string, Uint8Array>()
  for (const [name, value] of entries) {
    if (!isPlainText(name) || fields.has(name) || files.has(name)) return { kind: 'malformed' }
    if (typeof value !== 'string') {
      if (value.size > 0) files.set(name, new Uint8Array(await value.arrayBuffer()))
    } else if (isPlainText(value)) fields.set(name, value)
    else return { kind: 'malformed' }
  }
  return { kind: 'read', fields, files }
}
