import { chmodSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ownFolder } from '../../src/entries/node/own-folder.ts'
import { diskXSendfile } from '../../src/storage/disk-x-sendfile.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { START_MS } from '../support/on-runtime.ts'
import { onNode } from '../support/running.ts'

const OTHERS = 0o077
const modeOf = (path: string) => statSync(path).mode & 0o777

/** The names of what others than the owner may do something with. */
const openTo = (folder: string, others = OTHERS) =>
  ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].filter(
    (name) => (modeOf(join(folder, name)) & others) !== 0,
  )

let room: string
const umask = process.umask()
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'kiosque-own-'))
})
afterEach(() => void process.umask(umask))
afterAll(() => rm(room, { recursive: true, force: true }))

/** A host that says nothing of who may read what. */
async function startAndStop(dataDir: string) {
  process.umask(0)
  const shop = await onNode({ DATA_DIR: dataDir }).finally(() => process.umask(umask))
  expect((await fetch(shop.url)).status).toBe(200)
  return shop
}

describe('what a shop keeps on the disk', () => {
  it(
    'is its user’s alone, books, database and folders, whatever the host allows',
    async () => {
      const data = join(room, 'data')
      const shop = await startAndStop(data)
      expect(readdirSync(data)).toEqual(expect.arrayContaining(['app-secret', 'files', 'postgres']))
      expect(openTo(data)).toEqual([])
      await shop.stop()
    },
    START_MS,
  )

  it(
    'is closed where an earlier version left it open',
    async () => {
      const data = join(room, 'data')
      for (const name of ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })]) {
        const path = join(data, name)
        chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o666)
      }
      const shop = await startAndStop(data)
      await shop.stop()
      for (const name of ['', 'files', 'postgres']) expect(modeOf(join(data, name))).toBe(0o700)
      expect(openTo(join(data, 'postgres'))).toEqual([])
    },
    START_MS,
  )

  it('that belongs to somebody else is left as it is', ({ skip }) => {
    if (process.getuid?.() !== 0) return skip()
    const theirs = join(room, 'theirs')
    mkdirSync(theirs)
    chmodSync(theirs, 0o755)
    chownSync(theirs, 65_534, 65_534)
    ownFolder(theirs, { isSent: false })
    expect(modeOf(theirs)).toBe(0o755)
  })
})

describe.each([0, 0o022, 0o077])('a book that Apache sends, with umask %o', (mask) => {
  it('is open to Apache’s group from then on, and nothing else is', async () => {
    process.umask(mask)
    const folder = join(room, `sent-${mask}`)
    ownFolder(folder, { isSent: true })
    const files = join(folder, 'files')
    const [storage, xSendfile] = [diskStorage(files), diskXSendfile(files)]
    const bytes = new Uint8Array(3 * 1024 * 1024)
    const keys = ['books/le-livre.pdf', 'books/autre.pdf', 'backups/nuit.tar']
    for (const key of keys) await storage.put(key, new Blob([bytes]).stream(), bytes.length)
    expect(openTo(files)).toEqual([])

    const book = { key: keys[0]!, sizeBytes: bytes.length }
    expect(await xSendfile.fileOf({ name: 'sent', ...book })).toBe(join(files, keys[0]!))
    const tail = new Uint8Array(10)
    expect(await xSendfile.fileOf({ name: 'copy', tail, ...book })).toBe(
      join(files, '.copies', 'copy'),
    )
    await xSendfile.lend('trial', tail)
    await xSendfile.note(true)
    expect(openTo(folder).sort()).toEqual(
      [
        '',
        'files',
        'files/.copies',
        'files/.copies/.lent-trial',
        'files/.copies/.obeyed',
        'files/.copies/copy',
        'files/books',
        'files/books/le-livre.pdf',
      ].sort(),
    )
    expect(openTo(folder, 0o027)).toEqual([])
    expect(modeOf(join(files, 'books/le-livre.pdf'))).toBe(0o640)
    expect(modeOf(join(files, 'books'))).toBe(0o750)
  })
})
