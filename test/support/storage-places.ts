import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { WORKER_RUNTIME } from '../../tools/worker-runtime.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { type Bucket, bucketStorage } from '../../src/storage/bucket.ts'
import { s3Storage } from '../../src/storage/s3.ts'
import { s3Of } from '../../src/config/s3.ts'
import { startS3 } from './s3-server.ts'
import { PiecesLost, type Storage } from '../../src/storage/storage.ts'
import { bucketPieces } from '../../src/storage/bucket-pieces.ts'

export type OpenPlace = { storage: Storage; close: () => Promise<void> }

export async function openDisk(): Promise<OpenPlace & { folder: string }> {
  const parent = await mkdtemp(join(tmpdir(), 'kiosque-files-'))
  const folder = join(parent, 'files')
  return { folder, storage: diskStorage(folder), close: () => rm(parent, { recursive: true }) }
}

/**
 * A server that speaks S3: ours, or a real one that is named by TRIAL_S3_ENDPOINT, TRIAL_S3_BUCKET,
 * TRIAL_S3_ACCESS_KEY_ID and TRIAL_S3_SECRET_ACCESS_KEY.
 */
export async function openS3(): Promise<OpenPlace> {
  const ask = (request: Request) => fetch(request)
  const named = Object.entries(process.env).filter(([name]) => name.startsWith('TRIAL_S3_'))
  const real = s3Of(
    Object.fromEntries(named.map(([name, value]) => [name.replace('TRIAL_', ''), value])),
  )
  if (real) return { storage: s3Storage(real, ask), close: async () => {} }
  const { settings, close } = await startS3()
  return { storage: s3Storage(settings, ask), close }
}

/** The bucket's binding, used from Node. */
export async function openR2FromNode(): Promise<OpenPlace & { bucket: Bucket }> {
  const miniflare = startMiniflare('export default { fetch() { return new Response() } }')
  const { FILES } = await miniflare.getBindings<{ FILES: Bucket }>()
  return { bucket: FILES, storage: bucketStorage(FILES), close: () => miniflare.dispose() }
}

/** The same code inside workerd, where streams and numbers of another make are at work. */
export async function openR2InWorkerd(): Promise<OpenPlace> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('storage-worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    write: false,
  })
  const miniflare = startMiniflare(outputFiles[0]?.text ?? '')
  return { storage: storageAt(await miniflare.ready), close: () => miniflare.dispose() }
}

function startMiniflare(script: string): Miniflare {
  return new Miniflare({
    script,
    modules: true,
    r2Buckets: ['FILES'],
    ...WORKER_RUNTIME,
    // The runtime remarks on every range that R2 refuses.
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume()
      stderr.resume()
    },
  })
}

function storageAt(address: URL): Storage {
  const ask = async (method: string, fields: Record<string, string>, body?: ReadableStream) => {
    const url = new URL(`?${new URLSearchParams(fields)}`, address)
    const init: RequestInit & { duplex: 'half' } = { method, duplex: 'half', body: body ?? null }
    const response = await fetch(url, init)
    if (response.status === 416) throw new RangeError(await response.text())
    if (response.status === 410) throw new PiecesLost(await response.text())
    if (response.status === 500) throw new Error(await response.text())
    return response
  }
  return {
    async put(key, body, sizeBytes) {
      await ask('PUT', { key, size: String(sizeBytes) }, body)
    },
    async read(key, range) {
      const part = range && { offset: `${range.offset}`, length: `${range.length}` }
      const response = await ask('GET', { key, ...part })
      if (response.status === 404) return undefined
      const body = response.body ?? new Blob([]).stream()
      return { sizeBytes: Number(response.headers.get('object-size')), body }
    },
    async remove(key) {
      await ask('DELETE', { key })
    },
    async probe() {
      await ask('POST', {})
    },
    pieces: {
      pieceBytes: bucketPieces({} as Bucket).pieceBytes,
      async begin(key) {
        return (await ask('POST', { key, deed: 'begin' })).text()
      },
      async put(key, upload, { number, offset }, bytes) {
        const asked = { key, upload, deed: 'put', number: `${number}`, offset: `${offset}` }
        return (await ask('POST', asked, new Blob([bytes as BlobPart]).stream())).text()
      },
      async finish(key, upload, tags, sizeBytes) {
        await ask('POST', { key, upload, deed: 'finish', tags: tags.join(), size: `${sizeBytes}` })
      },
      async drop(key, upload) {
        await ask('POST', { key, upload, deed: 'drop' })
      },
    },
  }
}
