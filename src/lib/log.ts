/**
 * One JSON line for each thing worth knowing, named noun.verb, with chosen fields only: never a
 * secret, a link, a phone number, an e-mail address or a body.
 */
export type Log = (
  event: `${string}.${string}`,
  fields?: Record<string, string | number | boolean | undefined>,
) => void

/**
 * `common` stands in each line. So does its level, by the verb of the event, for platforms that alert
 * by it: an error wants somebody to look, a warning is worth a look when there are many.
 */
export function lineLog(
  write: (line: string) => void,
  now: () => Date,
  common: Record<string, string | number> = {},
): Log {
  return (event, fields) => {
    const level = levelOf(event)
    write(JSON.stringify({ at: now().toISOString(), level, event, ...fields, ...common }))
  }
}

const ERRORS = new Set(
  'failed unavailable unreadable unwritable unrecorded damaged full missing denied'.split(' '),
)
const WARNINGS = new Set(
  'away begin_denied begin_unclear cut delayed differs double forged many mismatch other_provider unclear unreachable without_database'.split(
    ' ',
  ),
)

function levelOf(event: string): 'error' | 'warn' | 'info' {
  const verb = event.slice(event.indexOf('.') + 1)
  if (ERRORS.has(verb)) return 'error'
  return WARNINGS.has(verb) ? 'warn' : 'info'
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

/** A message may repeat an address: words as long as a key (22 letters) are removed. */
const withoutKeys = (message: string) => message.replace(/[\w-]{20,}/g, '…')
