type ExactReading =
  | { kind: 'read'; bytes: Uint8Array }
  /** More bytes than announced, fewer, or a broken connection. */
  | { kind: 'longer' }
  | { kind: 'shorter' }

/** Reads a body of a known size, into no more memory than that. */
export async function readExactly(
  body: ReadableStream<Uint8Array> | null,
  sizeBytes: number,
): Promise<ExactReading> {
  if (!body) return { kind: 'shorter' }
  const bytes = new Uint8Array(sizeBytes)
  const reader = body.getReader()
  let filled = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return filled === sizeBytes ? { kind: 'read', bytes } : { kind: 'shorter' }
      if (filled + value.length > sizeBytes) {
        await reader.cancel().catch(() => {})
        return { kind: 'longer' }
      }
      bytes.set(value, filled)
      filled += value.length
    }
  } catch {
    return { kind: 'shorter' }
  }
}
