import { isPlainText } from '../../lib/form.ts'
import { FORM_OVERHEAD_BYTES, MAX_SIMPLE_BYTES } from '../../files/uploads/limits.ts'

type SimpleReading =
  | { kind: 'read'; fields: ReadonlyMap<string, string>; file: File }
  | { kind: 'too-large' }
  | { kind: 'malformed' }

/**
 * Reads a plain form with one file in it. The announced length is believed, because the server
 * reads no more than that; a body that announces none is refused, for it would be held in memory.
 */
export async function readSimpleForm(request: Request): Promise<SimpleReading> {
  const lengthBytes = Number(request.headers.get('content-length') ?? Number.NaN)
  if (!Number.isSafeInteger(lengthBytes)) return { kind: 'malformed' }
  if (lengthBytes > MAX_SIMPLE_BYTES + FORM_OVERHEAD_BYTES) {
    await request.body?.cancel().catch(() => {})
    return { kind: 'too-large' }
  }
  try {
    const form = await request.formData()
    const file = form.get('file')
    const fields = new Map<string, string>()
    for (const name of ['slot', 'title', 'stamp']) {
      const value = form.get(name) ?? ''
      if (typeof value !== 'string' || !isPlainText(value)) return { kind: 'malformed' }
      fields.set(name, value)
    }
    if (file === null || typeof file === 'string') return { kind: 'malformed' }
    return { kind: 'read', fields, file }
  } catch {
    return { kind: 'malformed' }
  }
}
