import { ONE_PHONE } from '../goods.ts'

/** What a browser shows: where it is led, and the words. */
export type Seen = { status: number; location: string; text: string; bytes: Uint8Array }

const PATIENCE_MS = 15_000
/** The line to the shop breaks, or the shop says that it cannot now. */
const NOT_NOW = new Set([502, 503, 504])

export type Browser = ReturnType<typeof openBrowser>

/** One buyer's browser, without script, with one cookie. */
export function openBrowser(shopUrl: string) {
  /** Undefined where a person would see nothing, or an apology, and try again. */
  async function visit(path: string, init: RequestInit = {}): Promise<Seen | undefined> {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const sent = { cookie: ONE_PHONE, ...(init.headers as Record<string, string>) }
      const options: RequestInit = { ...init, headers: sent, signal, redirect: 'manual' }
      const answer = await fetch(shopUrl + path, options)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      if (NOT_NOW.has(answer.status)) return undefined
      const { status, headers } = answer
      const location = headers.get('location') ?? ''
      return { status, location, bytes, text: new TextDecoder().decode(bytes) }
    } catch {
      return undefined
    }
  }
  return {
    get: (path: string, headers: Record<string, string> = {}) => visit(path, { headers }),
    post: (path: string, fields: Record<string, string>) =>
      visit(path, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}
