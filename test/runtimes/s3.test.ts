import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { startS3 } from '../support/s3-server.ts'
import { aPdf, sender } from '../support/uploads.ts'
import { walk } from './walk.ts'

const MB = 1024 * 1024

describe('two processes on one bucket, with no disk between them', () => {
  let s3: Awaited<ReturnType<typeof startS3>>
  let other: Running
  let folder: string
  const shop = shopOn(async (databaseUrl) => {
    s3 = await startS3(['livres', 'sauvegardes'])
    folder = await mkdtemp(join(tmpdir(), 'kiosque-s3-'))
    const { endpoint, bucket, accessKeyId, secretAccessKey } = s3.settings
    const settings = {
      DATABASE_URL: databaseUrl,
      APP_SECRET: '5b0a1f7c9d2e4863a1f7c9d2e4865b0a',
      S3_ENDPOINT: endpoint,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
      S3_BACKUP_BUCKET: 'sauvegardes',
    }
    const running = await onNode({ ...settings, DATA_DIR: folder })
    other = await onNode(settings)
    return running
  })
  let headers: Record<string, string>
  beforeAll(async () => {
    headers = await shop.deskHeaders()
  }, START_MS)
  afterAll(async () => {
    await other?.stop()
    await s3.close()
    await rm(folder, { recursive: true })
  }, START_MS)

  it(
    'what one has taken in, the other sells',
    async () => {
      const [book] = await shop.sql()`select slug from books order by id limit 1`
      const whole = await aPdf(3, 11 * MB)
      const { end } = await sender(shop.visit, headers).whole(book!['slug'] as string, whole)
      expect(end.state).toBe('published')
      const [file] = await shop.sql()`
      select storage_key, size_bytes from files order by id desc limit 1`
      expect(s3.objects.get(`/livres/${file!['storageKey']}`)?.length).toBe(whole.length)
      expect(readdirSync(folder).filter((name) => name === 'files')).toEqual([])
      // The copy that was looked at is gone.
      expect(readdirSync(join(folder, 'looks'))).toEqual([])
      await walk(other.url)
    },
    START_MS,
  )

  it('says so with a 503 while the bucket is away, and goes on by itself', async () => {
    s3.state.fault = (_, answer) => Boolean(answer.writeHead(503).end())
    const [book] = await shop.sql()`select slug from books where cover_key is not null limit 1`
    const cover = async () => (await shop.visit(`/livres/${book!['slug']}/couverture`)).status
    expect((await shop.visit('/healthz')).status).toBe(503)
    expect(await cover()).toBe(503)
    s3.state.fault = undefined
    expect(await cover()).toBe(200)
  })
})
