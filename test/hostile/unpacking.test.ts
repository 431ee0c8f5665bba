import { describe, expect, it } from 'vitest'
import type { Arrived } from '../../src/data/archive/archives.ts'
import { utf8 } from '../../src/lib/encoding.ts'
import { lastOfTar, TAR_BLOCK_BYTES } from '../../src/lib/tar.ts'
import { unpackOn } from '../../src/backup/unpack.ts'
import { openTestShop } from '../support/shop.ts'

describe('a suitcase', () => {
  it('whose every block says that it is the last file is looked at a few times', async () => {
    const tail = new Uint8Array(8 * 1024 * 1024)
    for (let at = 0; at < tail.length; at += TAR_BLOCK_BYTES) tail.set(utf8('valise.json\0'), at)
    expect(await lastOfTar(tail, 'valise.json')).toBeUndefined()
  })

  it('is damaged when a part of its rows is larger than any: it is not read', async () => {
    const test = await openTestShop()
    const part = { table: 'books', rows: 1, offset: 0, sizeBytes: 2 ** 34, sha256: '' }
    const backup = { id: 'x', state: 'staging', next: 0, contents: { rows: [part], files: [] } }
    const archive = {
      sizeBytes: 2 ** 35,
      read: () => Promise.reject(new Error('sixteen thousand million bytes were asked for')),
    }
    await unpackOn(test.shop, backup as unknown as Arrived, archive)
    expect(test.lines.join('')).toContain('"fault":"damaged"')
    await test.close()
  })
})
