import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { app } from '../../src/app.tsx'
import type { Shop } from '../../src/contracts/shop.ts'

/** What a host's reverse proxy has been seen to do to a shop. */
export type Mischief =
  | 'redirects'
  | 'redirects-posts'
  | 'challenges'
  | 'refuses-posts'
  | 'eats-posts'
  | 'alters-posts'
  | 'caches'
  | 'says-hit'
  | 'compresses'
  | 'weakens-tags'
  | 'ignores-ranges'
  | 'sends-another-range'
  | 'drops-conditions'
  | 'hides-lengths'
  | 'drops-hsts'
  | 'answers-plain-http'
  | 'shows-the-files'
  | 'shows-the-settings'
  | 'sends-files'
  | 'is-another-site'
  | 'is-broken'
  | 'hangs'

/**
 * The public address of a shop, as a real server on loopback: `fetch` leads there whatever asks for
 * `PUBLIC_URL`. Without mischief it passes everything on.
 */
export async function openPlayedProxy(shop: () => Shop, folder: string) {
  let mischief: Mischief | undefined
  const kept = new Map<string, { status: number; headers: Headers; body: Buffer }>()

  async function answer(req: IncomingMessage, res: ServerResponse) {
    const pieces: Buffer[] = []
    for await (const piece of req) pieces.push(piece as Buffer)
    let body = Buffer.concat(pieces)
    const isPost = req.method === 'POST'
    const path = req.url!
    const isPlain = req.headers['x-scheme'] === 'http'
    const send = (
      status: number,
      headers: Headers | Record<string, string>,
      text: Buffer | string,
    ) =>
      res.writeHead(status, [...new Headers(headers)].flat()).end(req.method === 'HEAD' ? '' : text)
    const html = { 'content-type': 'text/html' }

    if (isPlain && mischief !== 'answers-plain-http')
      return send(301, { location: `https://livres.example.net${path}` }, '')
    switch (mischief) {
      case 'hangs':
        return undefined
      case 'redirects':
        return send(301, { location: `https://www.livres.example.net${path}?k=secret` }, '')
      case 'redirects-posts':
        if (isPost) return send(302, { location: '/' }, '')
        break
      case 'challenges':
        return send(200, html, '<title>Just a moment...</title>')
      case 'refuses-posts':
        if (isPost) return send(406, html, 'An appropriate representation … Mod_Security')
        break
      case 'eats-posts':
        if (isPost) return send(200, { 'content-type': 'text/plain' }, 'OK')
        break
      case 'alters-posts':
        body = Buffer.from(body.toString().replaceAll('%C3%A9', 'e'))
        break
      case 'is-another-site':
        return send(200, html, '<h1>Welcome to nginx!</h1>')
      case 'is-broken':
        return send(502, html, 'Bad Gateway')
      case 'shows-the-files': {
        const key = /^\/data\/files\/(.+)$/.exec(path)?.[1]
        if (key) return send(200, {}, await readFile(`${folder}/${key}`))
        break
      }
      case 'shows-the-settings':
        if (path === '/.env') return send(200, {}, 'PORT=1\nAPP_SECRET=q7Wd0sKzT4uYb1nVx8Rm\n')
        break
      default:
    }

    const known = kept.get(path)
    if (mischief === 'caches' && known && req.method === 'GET')
      return send(known.status, known.headers, known.body)
    const headers = new Headers(req.headers as Record<string, string>)
    if (mischief === 'ignores-ranges') headers.delete('range')
    if (mischief === 'sends-another-range' && headers.has('range'))
      headers.set('range', 'bytes=0-999')
    if (mischief === 'drops-conditions') headers.delete('if-none-match')
    const given = await app.fetch(
      new Request(`https://livres.example.net${path}`, {
        method: req.method!,
        headers,
        ...(isPost && { body }),
      }),
      shop(),
    )
    let bytes: Buffer = Buffer.from(await given.arrayBuffer())
    const out = new Headers(given.headers)
    const named = out.get('x-sendfile')
    if (mischief === 'sends-files' && named) {
      const [, from] = /^bytes=(\d+)-$/.exec(headers.get('range') ?? '') ?? []
      out.delete('x-sendfile')
      return send(206, out, (await readFile(named)).subarray(Number(from)))
    }
    if (mischief === 'says-hit') out.set('x-litespeed-cache', 'hit')
    if (mischief === 'drops-hsts') out.delete('strict-transport-security')
    if (mischief === 'weakens-tags' && out.has('etag')) out.set('etag', `W/${out.get('etag')}`)
    if (mischief === 'hides-lengths') out.delete('content-length')
    if (mischief === 'compresses' && given.status === 200) {
      bytes = gzipSync(bytes)
      out.set('content-encoding', 'gzip')
      out.set('content-length', String(bytes.length))
    }
    if (req.method === 'GET') kept.set(path, { status: given.status, headers: out, body: bytes })
    return send(given.status, out, bytes)
  }

  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.writeHead(500).end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    does(what: Mischief | undefined) {
      mischief = what
    },
    /** Answers for the shop's own host; undefined for any other. */
    fetch(request: Request): Promise<Response> | undefined {
      const { hostname, protocol, pathname, search } = new URL(request.url)
      if (hostname !== 'livres.example.net') return undefined
      const headers = new Headers(request.headers)
      headers.set('x-scheme', protocol.slice(0, -1))
      const init = { method: request.method, headers, redirect: 'manual', duplex: 'half' } as const
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
        ...init,
        body: request.body,
        signal: request.signal,
      } as RequestInit)
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
