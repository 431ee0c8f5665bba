import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bucket, bucketStorage } from '../../src/storage/bucket.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { bodyOf, firstDifference } from '../support/bytes.ts'
import { openR2FromNode } from '../support/storage-places.ts'

const MB = 1024 * 1024

let bucket: Bucket
let storage: Storage
let close: () => Promise<void>
beforeAll(async () => ({ bucket, storage, close } = await openR2FromNode()))
afterAll(() => close())

/** The bucket, but for the calls that go wrong. */
const faulty = (faults: Partial<Bucket>): Storage =>
  bucketStorage({
    get: (key, options) => bucket.get(key, options),
    head: (key) => bucket.head(key),
    put: (key, value) => bucket.put(key, value),
    delete: (key) => bucket.delete(key),
    createMultipartUpload: (key) => bucket.createMultipartUpload(key),
    resumeMultipartUpload: (key, uploadId) => bucket.resumeMultipartUpload(key, uploadId),
    ...faults,
  })
const refuse = () => Promise.reject(new Error('R2 is unwell'))
const isLetGo = async (body: ReadableStream) => (await body.getReader().read()).done

it.each(['put', 'createMultipartUpload'] as const)(
  'lets the body go when %s fails',
  async (call) => {
    const sizeBytes = call === 'put' ? 1000 : 9 * MB
    const body = bodyOf(sizeBytes)
    const broken = faulty({ [call]: refuse })
    await expect(broken.put('livre.pdf', body, sizeBytes)).rejects.toThrow('unwell')
    expect(await isLetGo(body)).toBe(true)
  },
)

it.each(['uploadPart', 'complete'] as const)('gives an upload up when %s fails', async (call) => {
  await storage.put('livre.pdf', bodyOf(1000, { seed: 3 }), 1000)
  let isAborted = false
  const broken = faulty({
    async createMultipartUpload(key) {
      const upload = await bucket.createMultipartUpload(key)
      return {
        uploadId: upload.uploadId,
        uploadPart: (number, part) => upload.uploadPart(number, part),
        complete: (parts) => upload.complete(parts),
        async abort() {
          await upload.abort()
          isAborted = true
          throw new Error('R2 does not even abort')
        },
        [call]: refuse,
      }
    },
  })
  const body = bodyOf(20 * MB)
  await expect(broken.put('livre.pdf', body, 20 * MB)).rejects.toThrow('unwell')
  expect(isAborted).toBe(true)
  expect(await isLetGo(body)).toBe(true)
  const kept = await storage.read('livre.pdf')
  expect(kept && (await firstDifference(kept.body, { length: 1000, seed: 3 }))).toBeUndefined()
})

it('blames nobody else for a read that fails', async () => {
  await storage.put('livre.pdf', bodyOf(1000), 1000)
  const broken = faulty({ get: refuse })
  await expect(broken.read('livre.pdf')).rejects.toThrow('unwell')
  await expect(broken.read('livre.pdf', { offset: 0, length: 5 })).rejects.toThrow('unwell')
})

it('fails its probe when the bucket forgets, mixes up or refuses', async () => {
  await expect(faulty({ get: () => Promise.resolve(null) }).probe()).rejects.toThrow('give back')
  const mixedUp = faulty({ get: async () => ({ size: 1, body: bodyOf(1) }) })
  await expect(mixedUp.probe()).rejects.toThrow('give back')
  for (const call of ['put', 'get', 'delete']) {
    await expect(faulty({ [call]: refuse }).probe()).rejects.toThrow('unwell')
  }
})
