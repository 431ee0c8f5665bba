import * as v from 'valibot'
import { isPlainText } from './form.ts'
import { readBytes } from './outbound.ts'

/** Reads a JSON body of a known shape; undefined for anything else, or anything longer. */
export async function readJsonBody<T extends v.GenericSchema>(
  request: Request,
  schema: T,
  maxBytes: number,
): Promise<v.InferOutput<T> | undefined> {
  try {
    const bytes = await readBytes(request.body, maxBytes)
    const text = bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text === undefined || text.includes('\\u0000') || !isPlainText(text)) return undefined
    const read = v.safeParse(schema, JSON.parse(text))
    return read.success ? read.output : undefined
  } catch {
    return undefined
  }
}
