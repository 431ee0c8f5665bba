import { address, optional, shaped } from '../lib/variables.ts'

/** Where spans are sent, by the names that OpenTelemetry gives these variables. */
export type TraceSettings = { url: string; headers: Readonly<Record<string, string>> }

const HEADERS = /^[\w-]+=[\x21-\x2b\x2d-\x7e ]*(?:,[\w-]+=[\x21-\x2b\x2d-\x7e ]*)*$/

export const TraceVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(address('OTEL_EXPORTER_OTLP_ENDPOINT')),
  OTEL_EXPORTER_OTLP_HEADERS: optional(
    shaped(
      HEADERS,
      'OTEL_EXPORTER_OTLP_HEADERS is a list of headers, such as authorization=Bearer%20k3y,x-team=livres.',
    ),
  ),
}
type RawTraces = Partial<Record<keyof typeof TraceVariables, string | undefined>>

/** For variables that no rule refuses. Signs in a value may be written as in an address (%20). */
export function tracesOf(raw: RawTraces): TraceSettings | undefined {
  const endpoint = raw.OTEL_EXPORTER_OTLP_ENDPOINT
  if (!endpoint) return undefined
  const pairs = (raw.OTEL_EXPORTER_OTLP_HEADERS || '').split(',').filter(Boolean)
  const headers = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), unescaped(pair.slice(at + 1))]
  })
  return {
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: Object.fromEntries(headers),
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
