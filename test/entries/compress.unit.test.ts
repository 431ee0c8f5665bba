import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compressed } from '../../src/entries/node/compress.ts'

const TEXT = '<p>Un livre.</p>'.repeat(200)
const asked = (encodings: string, method = 'GET') =>
  new Request('https://livres.example.net/', {
    method,
    headers: { 'accept-encoding': encodings },
  })
const page = (headers: Record<string, string> = {}, body: BodyInit | null = TEXT, status = 200) =>
  new Response(body, {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8', ...headers },
  })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('a text on its way out of a Node process', () => {
  it('is packed as the browser can unpack it', async () => {
    const br = await compressed(asked('gzip, deflate, br, zstd'), page())
    expect(br.headers.get('content-encoding')).toBe('br')
    const bytes = await bytesOf(br)
    expect(br.headers.get('content-length')).toBe(String(bytes.length))
    expect(bytes.length).toBeLessThan(200)
    expect(brotliDecompressSync(bytes).toString()).toBe(TEXT)

    const gzip = await compressed(asked('gzip, br;q=0'), page())
    expect(gzip.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(await bytesOf(gzip)).toString()).toBe(TEXT)
  })

  it('goes as it is to who names no packing, and says that it might differ', async () => {
    for (const encodings of ['', 'identity', 'zstd']) {
      const plain = await compressed(asked(encodings), page())
      expect(plain.headers.get('content-encoding')).toBeNull()
      expect(plain.headers.get('vary')).toBe('accept-encoding')
      expect(await plain.text()).toBe(TEXT)
    }
  })

  it('keeps its tag, as a weak one', async () => {
    const tags = ['"a"', 'W/"a"'].map(async (etag) =>
      (await compressed(asked('br'), page({ etag }))).headers.get('etag'),
    )
    expect(await Promise.all(tags)).toEqual(['W/"a"', 'W/"a"'])
  })

  it('that is kept for good is packed once, with patience', async () => {
    const css = () => page({ 'content-type': 'text/css', 'cache-control': 'public, immutable' })
    const first = await bytesOf(await compressed(asked('br'), css()))
    const again = await bytesOf(await compressed(asked('br'), css()))
    expect(again.equals(first)).toBe(true)
    expect(brotliDecompressSync(first).toString()).toBe(TEXT)
  })

  const untouched: [string, Request, Response][] = [
    ['a part of a file', asked('br'), page({ 'content-range': 'bytes 0-9/100' }, TEXT, 206)],
    ['a file that is given in parts', asked('br'), page({ 'accept-ranges': 'bytes' })],
    ['a book', asked('br'), page({ 'content-type': 'application/pdf' })],
    ['a picture', asked('br'), page({ 'content-type': 'image/webp' })],
    ['what is packed already', asked('br'), page({ 'content-encoding': 'gzip' })],
    ['an empty answer', asked('br'), page({}, null, 304)],
    ['the head of a page', asked('br', 'HEAD'), page({ 'content-length': '3200' }, null)],
    ['a few words', asked('br'), page({}, 'Un livre.')],
  ]
  it.each(untouched)('%s is left as it is', async (_, request, response) => {
    const before = await response.clone().text()
    const encoding = response.headers.get('content-encoding')
    const length = response.headers.get('content-length')
    const answer = await compressed(request, response)
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    if (length) expect(answer.headers.get('content-length')).toBe(length)
    expect(await answer.text()).toBe(before)
  })
})
