import { isPlainText } from './plain-text.ts'
import { readBytes } from './outbound.ts'

export type UploadReading =
  | { kind: 'read'; fields: ReadonlyMap<string, string>; files: ReadonlyMap<string, File> }
  | { kind: 'too-large' }
  | { kind: 'malformed' }

/**
 * Reads a multipart body of text fields and files, wholly in memory: `maxBytes` is for all of it. A
 * body whose length is announced ends there, as both servers see to; one in chunks is counted.
 * Malformed is what `readForm` calls so, files excepted. A file's name and type are the sender's
 * word; a file field left empty is no file.
 */
export async function readUpload(request: Request, maxBytes: number): Promise<UploadReading> {
  const type = request.headers.get('content-type') ?? ''
  const announced = request.headers.get('content-length')
  if (!type.toLowerCase().startsWith('multipart/form-data')) return { kind: 'malformed' }
  try {
    if (Number(announced ?? 0) > maxBytes) return { kind: 'too-large' }
    if (announced !== null) return collect(await request.formData())
    const bytes = await readBytes(request.body, maxBytes)
    if (!bytes) return { kind: 'too-large' }
    const headers = { 'content-type': type }
    return collect(await new Response(bytes as BodyInit, { headers }).formData())
  } catch {
    return { kind: 'malformed' }
  }
}

function collect(entries: Iterable<[string, string | File]>): UploadReading {
  const fields = new Map<string, string>()
  const files = new Map<string, File>()
  for (const [name, value] of entries) {
    if (!isPlainText(name) || fields.has(name) || files.has(name)) return { kind: 'malformed' }
    if (typeof value !== 'string') {
      if (value.size > 0) files.set(name, value)
    } else if (isPlainText(value)) fields.set(name, value)
    else return { kind: 'malformed' }
  }
  return { kind: 'read', fields, files }
}

/** Small files as bytes, by the names of their fields. */
export async function bytesOf(
  files: ReadonlyMap<string, File>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const all = [...files].map(
    async ([name, file]) => [name, new Uint8Array(await file.arrayBuffer())] as const,
  )
  return new Map(await Promise.all(all))
}
