/**
 * One JSON line for each thing worth knowing, named noun.verb, with chosen fields only: never a
 * secret, a link, a phone number, an e-mail address or a body.
 */
export type Log = (
  event: `${string}.${string}`,
  fields?: Record<string, string | number | boolean | undefined>,
) => void

export function lineLog(write: (line: string) => void, now: () => Date): Log {
  return (event, fields) => write(JSON.stringify({ at: now().toISOString(), event, ...fields }))
}

/**
 * What may be logged of an error that nobody expected. PostgreSQL repeats values in its messages,
 * so of its errors only the names are kept.
 */
export function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error }
  const fault = error as Error & { code?: unknown; severity?: unknown; constraint_name?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return {
    error: error.name,
    ...(typeof fault.code === 'string' && { code: fault.code }),
    ...(typeof fault.constraint_name === 'string' && { constraint: fault.constraint_name }),
    ...(fault.severity === undefined && { message: withoutKeys(error.message).slice(0, 200) }),
    stack: frames
      .slice(0, 4)
      .map((line) => line.trim().replace(/\(.*[/\\]/, '('))
      .join(' '),
  }
}

/** A message may repeat an address: no word as long as a key (22 letters) is kept. */
const withoutKeys = (message: string) => message.replace(/[\w-]{20,}/g, '…')
