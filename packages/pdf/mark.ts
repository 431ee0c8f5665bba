import { latin1, readUpTo } from '../ranged/source.ts'
import type { RangedSource } from '../ranged/source.ts'

/** Some programs put their own bytes in front of the header; readers look so far. */
export const HEAD_BYTES = 4_096
const TAIL_BYTES = 2_048
const OBJECT = /(?:^|[^\d.])\d{1,7}\s+\d{1,5}\s+obj\b/
const END = /\bstartxref\s+\d|\btrailer\b[^]{0,40}<<|%%EOF/

/** Whether this is a PDF: by its header, or, as readers that miss that one, by how it begins and ends. */
export async function isPdf(source: RangedSource): Promise<boolean> {
  const head = latin1(await readUpTo(source, 0, HEAD_BYTES))
  if (head.includes('%PDF-')) return true
  const tailAt = Math.max(0, source.sizeBytes - TAIL_BYTES)
  const tail = latin1(await readUpTo(source, tailAt, TAIL_BYTES))
  return END.test(tail) && (OBJECT.test(head) || OBJECT.test(tail) || /startxref/.test(tail))
}
