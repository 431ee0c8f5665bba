import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Settings } from '../../src/config/s3.ts'

/** What goes wrong with a request: true, or a promise of it, when the answer was given. */
export type S3Fault = (request: IncomingMessage, answer: ServerResponse) => boolean

/**
 * A server that speaks as much of S3 as the shop asks for, in memory, and is as strict as the real ones:
 * each signature (version 4) and each body's SHA-256 is computed again, small parts and wrong tags are
 * refused. The same suite was run on Ceph's radosgw.
 */
export async function startS3(buckets: readonly string[] = ['livres'], port = 0) {
  const keys = { accessKeyId: 'SHOPACCESSKEY0001', secretAccessKey: randomUUID() }
  const region = 'us-east-1'
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, { path: string; parts: Map<number, Buffer> }>()
  const state: { fault?: S3Fault | undefined } = {}

  const server = createServer((request, answer) => {
    if (state.fault?.(request, answer)) return
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const body = Buffer.concat(pieces)
      const refusal = refusalOf(request, body, { ...keys, region })
      if (refusal) refuse(answer, ...refusal)
      else serve(request, answer, body)
    })
  })

  function serve(request: IncomingMessage, answer: ServerResponse, body: Buffer) {
    const { pathname: path, searchParams: query } = new URL(request.url!, 'http://s3')
    const id = query.get('uploadId')
    if (!buckets.includes(path.split('/')[1]!)) return refuse(answer, 404, 'NoSuchBucket')
    if (id !== null || query.has('uploads'))
      return inParts({ path, id, query, request, answer, body })
    const there = objects.get(path)
    switch (request.method) {
      case 'PUT':
        objects.set(path, body)
        return answer.writeHead(200, { etag: tagOf(body) }).end()
      case 'DELETE':
        objects.delete(path)
        return answer.writeHead(204).end()
      case 'HEAD':
        if (!there) return answer.writeHead(404).end()
        return answer.writeHead(200, { 'content-length': there.length }).end()
      default:
        return there ? send(request, answer, there) : refuse(answer, 404, 'NoSuchKey')
    }
  }

  function inParts(asked: {
    path: string
    id: string | null
    query: URLSearchParams
    request: IncomingMessage
    answer: ServerResponse
    body: Buffer
  }) {
    const { path, id, query, request, answer, body } = asked
    if (id === null) {
      // Signs that an address and XML must escape.
      const made = `2~${randomUUID()}+/=&`
      uploads.set(made, { path, parts: new Map() })
      return answer.end(`<R><UploadId>${made.replace('&', '&amp;')}</UploadId></R>`)
    }
    const upload = uploads.get(id)
    if (!upload || upload.path !== path)
      // The first two as Ceph has them (16.2.15).
      return request.method === 'POST'
        ? refuse(answer, 500, 'InternalError')
        : refuse(answer, 404, request.method === 'GET' ? 'NoSuchKey' : 'NoSuchUpload')
    if (request.method === 'GET') return answer.end('<ListPartsResult/>')
    if (request.method === 'PUT') {
      upload.parts.set(Number(query.get('partNumber')), body)
      return answer.writeHead(200, { etag: tagOf(body) }).end()
    }
    if (request.method === 'DELETE') {
      uploads.delete(id)
      return answer.writeHead(204).end()
    }
    const listed = [
      ...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g),
    ].map(([, number, tag]) => ({ part: upload.parts.get(Number(number)), tag }))
    if (listed.some(({ part, tag }) => !part || tagOf(part) !== tag?.replaceAll('&quot;', '"')))
      return refuse(answer, 400, 'InvalidPart')
    if (listed.slice(0, -1).some(({ part }) => part!.length < 5 * 1024 * 1024))
      return refuse(answer, 400, 'EntityTooSmall')
    objects.set(path, Buffer.concat(listed.map(({ part }) => part!)))
    uploads.delete(id)
    return answer.end('<CompleteMultipartUploadResult/>')
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings: S3Settings = { endpoint, bucket: buckets[0]!, region, ...keys }
  return {
    settings,
    objects,
    uploads,
    state,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const tagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`

function refuse(answer: ServerResponse, status: number, code: string) {
  answer.writeHead(status, { 'content-type': 'application/xml' })
  answer.end(`<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>no</Message></Error>`)
}

function send(request: IncomingMessage, answer: ServerResponse, bytes: Buffer) {
  const etag = tagOf(bytes)
  if ((request.headers['if-match'] ?? etag) !== etag)
    return refuse(answer, 412, 'PreconditionFailed')
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  if (!range) return answer.writeHead(200, { etag, 'content-length': bytes.length }).end(bytes)
  const first = Number(range[1])
  const last = Math.min(Number(range[2]), bytes.length - 1)
  if (first >= bytes.length) return refuse(answer, 416, 'InvalidRange')
  answer.writeHead(206, {
    etag,
    'content-length': last - first + 1,
    'content-range': `bytes ${first}-${last}/${bytes.length}`,
  })
  answer.end(bytes.subarray(first, last + 1))
}

type Signing = Pick<S3Settings, 'accessKeyId' | 'secretAccessKey' | 'region'>

/** Computed from the request alone, by the letters of "Signature Version 4". */
function refusalOf(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  { accessKeyId, secretAccessKey, region }: Signing,
): [number, string] | undefined {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (!said) return [403, 'AccessDenied']
  const [, id, day, place, names, signature] = said as unknown as [string, ...string[]]
  if (id !== accessKeyId) return [403, 'InvalidAccessKeyId']
  if (place !== region) return [400, 'AuthorizationHeaderMalformed']
  const sum = String(headers['x-amz-content-sha256'])
  if (!names!.split(';').includes('x-amz-content-sha256')) return [403, 'SignatureDoesNotMatch']
  const [path, query = ''] = url!.split('?')
  const canonical = [
    method,
    path,
    [...new URLSearchParams(query)]
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .toSorted()
      .join('&'),
    ...names!.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    sum,
  ].join('\n')
  const at = String(headers['x-amz-date'])
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')
  const key = [day!, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    `AWS4${secretAccessKey}`,
  )
  const expected = createHmac('sha256', key).update(toSign).digest('hex')
  if (expected !== signature) return [403, 'SignatureDoesNotMatch']
  if (sum !== 'UNSIGNED-PAYLOAD' && sum !== sha256(body)) return [400, 'XAmzContentSHA256Mismatch']
  return undefined
}

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
