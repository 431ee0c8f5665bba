import type { Context } from 'hono'
import type { Options } from './options.ts'

/**
 * The caller's address; an IPv4 one in IPv4 notation. A call within the process comes from this
 * machine.
 */
export function callerOf(c: Context, { addressHeader }: Options): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket: { remoteAddress?: string } } }
  const named = addressHeader && c.req.header(addressHeader)
  const address = named || incoming?.socket.remoteAddress || '127.0.0.1'
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}

/** What Cloudflare reports on its customers' hosts: lines, among them the caller's address. */
export function trace(c: Context, options: Options): Response {
  const lines = {
    fl: '0f0',
    h: new URL(options.url).host,
    ip: callerOf(c, options),
    ts: (options.now().getTime() / 1000).toFixed(3),
    visit_scheme: 'https',
    uag: c.req.header('user-agent') ?? '',
    colo: 'CDG',
    http: 'http/1.1',
    loc: 'FR',
    tls: 'TLSv1.3',
    warp: 'off',
  }
  const text = Object.entries(lines).map(([name, value]) => `${name}=${value}\n`)
  return c.text(text.join(''))
}
