import { describe, expect, it } from 'vitest'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import { bytesSource } from '../../packages/ranged/source.ts'
import { anEpub } from '../support/uploads.ts'

const look = (bytes: Uint8Array) => inspectFile(bytesSource(bytes), 'all')
const broken = { ok: false, fault: 'epub-broken' }

describe('an EPUB', () => {
  it.each([
    ['has a directory that lies elsewhere', odd((end) => end.setUint32(16, 0xfffffff0, true))],
    ['has a directory of other bytes', odd((end) => end.setUint32(16, 0, true))],
  ])('that %s is broken', async (_, bytes) => {
    expect(await look(bytes)).toEqual(broken)
  })

  it('that has a directory of megabytes is too much to look at', async () => {
    expect(await look(crowded(4_200_000))).toEqual({ ok: false, fault: 'epub-too-much' })
  })

  it('of nothing but extra fields costs little to look at', async () => {
    const bytes = crowded(4_000_000)
    const before = process.memoryUsage().rss
    const started = performance.now()
    expect(await look(bytes)).toEqual(broken)
    expect(performance.now() - started).toBeLessThan(1_000)
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(60)
  })

  it('whose storage fails is no broken one', async () => {
    const source = bytesSource(anEpub())
    let reads = 0
    const read: typeof source.read = async (offset, length) => {
      if (reads++ > 0) throw new Error('R2 is ill')
      return source.read(offset, length)
    }
    await expect(inspectFile({ ...source, read }, 'all')).rejects.toThrow('R2 is ill')
  })
})

/** With its last record, of 22 bytes, changed. */
function odd(change: (end: DataView) => void): Uint8Array {
  const bytes = anEpub().slice()
  change(new DataView(bytes.buffer, bytes.length - 22))
  return bytes
}

/** A directory of this size, whose records hold as many extra fields as fit, each of them empty. */
function crowded(directoryBytes: number): Uint8Array {
  const head = anEpub().subarray(0, 58)
  const record = new DataView(new ArrayBuffer(46 + 65_532))
  record.setUint32(0, 0x02014b50, true)
  record.setUint16(30, 65_532, true)
  const records = Math.ceil(directoryBytes / record.byteLength)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(10, records, true)
  end.setUint32(12, records * record.byteLength, true)
  end.setUint32(16, head.length, true)
  return Buffer.concat([
    head,
    ...Array.from({ length: records }, () => bytesOf(record)),
    bytesOf(end),
  ])
}

const bytesOf = (view: DataView) => new Uint8Array(view.buffer)
