import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fileKey } from '../../../src/links/keys.ts'
import { atCinetpay, buyFrom } from '../../support/shop.ts'
import { openUploadRoom, pdfOf, PIECE } from '../../support/upload-room.ts'
import type { UploadRoom } from '../../support/upload-room.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

let room: UploadRoom
let original: Uint8Array
beforeAll(async () => {
  room = await openUploadRoom()
  original = await pdfOf(PIECE + 4_321, 20)
})
beforeEach(async () => {
  await room.nextBook()
  room.test.advance(11 * 60_000)
  await room.signInAgain()
})
afterAll(() => room.test.close())

/** A PDF sent at the desk with that choice, sold to a buyer: the address of her copy. */
async function sold(stamp: string, buyer = { name: 'Awa Traoré', phone: '76 12 34 56' }) {
  const { test } = room
  await room.send.whole(room.slug, original, { stamp })
  return { address: await copyOf(buyer), test }
}

async function copyOf(buyer: { name: string; phone: string }) {
  const { test } = room
  const answer = await buyFrom(test, room.slug, buyer)
  await atCinetpay(test, answer.headers.get('location')!, 'accept')
  await test.settled()
  const [row] = await test.sql<{ code: string; fileId: number }[]>`
    select orders.code, files.id as file_id
    from orders
    join files on files.book_id = orders.book_id
    order by orders.id desc, files.version desc
    limit 1`
  const key = await fileKey(test.shop.config.appSecret, { ...row!, linkVersion: 1 }, row!.fileId)
  return `/d/${key}/livre.pdf`
}

const get = async (address: string, headers: Record<string, string> = {}) => {
  const answer = await room.test.request(`${address}?telecharger`, { headers })
  return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

describe('a stamped copy', () => {
  it('is the file that was sent, and behind it the buyer’s own stamp', async () => {
    const { address } = await sold('tenth')
    const { answer, bytes } = await get(address)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    expect(sha256(bytes.subarray(0, original.length))).toBe(sha256(original))
    const tail = Buffer.from(bytes.subarray(original.length)).toString('latin1')
    expect(tail.length).toBeGreaterThan(500)
    expect(tail.length).toBeLessThan(8_000)
    expect(tail).toContain('KiosqueOrder')
    expect(tail.trimEnd()).toMatch(/%%EOF$/)
    expect(tail).not.toContain('76123456')
  })

  it('is the same bytes under the same tag each time, across the seam as well', async () => {
    const { address } = await sold('all')
    const whole = await get(address)
    const tag = whole.answer.headers.get('etag')!
    room.test.advance(90 * 24 * 60 * 60_000)
    for (const [from, to] of [
      [original.length - 10, original.length + 10],
      [original.length, original.length],
      [original.length - 1, whole.bytes.length - 1],
      [whole.bytes.length - 1, whole.bytes.length - 1],
    ] as const) {
      const part = await get(address, { range: `bytes=${from}-${to}`, 'if-range': tag })
      expect(part.answer.status).toBe(206)
      expect(part.answer.headers.get('etag')).toBe(tag)
      expect(part.answer.headers.get('content-range')).toBe(
        `bytes ${from}-${to}/${whole.bytes.length}`,
      )
      expect(sha256(part.bytes)).toBe(sha256(whole.bytes.subarray(from, to + 1)))
    }
  })

  it('is another for another buyer', async () => {
    const { address } = await sold('tenth')
    const other = await copyOf({ name: 'Fatou Diop', phone: '70 11 22 33' })
    const [first, second] = [await get(address), await get(other)]
    expect(first.answer.headers.get('etag')).not.toBe(second.answer.headers.get('etag'))
    expect(sha256(first.bytes)).not.toBe(sha256(second.bytes))
  })

  it('bears no name any more once the person was erased, and still opens', async () => {
    const { address, test } = await sold('tenth')
    const before = await get(address)
    await test.sql`
      update orders
      set buyer_name = 'Effacé', phone_typed = '', phone_e164 = '', email = null,
        form_hash = 'erased-' || id, erased_at = ${test.shop.now()}
      where id = (select max(id) from orders)`
    const after = await get(address)
    expect(after.answer.status).toBe(200)
    expect(after.answer.headers.get('etag')).not.toBe(before.answer.headers.get('etag'))
    expect(Buffer.from(after.bytes).includes('Traor')).toBe(false)
  })

  it('is sold without a stamp where the seller wants none, or it cannot be made', async () => {
    const { address } = await sold('none')
    expect(sha256((await get(address)).bytes)).toBe(sha256(original))

    await room.nextBook()
    const stamped = await sold('tenth', { name: 'Awa', phone: '70 44 55 66' })
    await room.test.sql`alter table file_stamps disable trigger file_stamps_only_grow`
    await room.test.sql`update file_stamps set recipe = '{"format": 1}' where recipe is not null`
    await room.test.sql`alter table file_stamps enable trigger file_stamps_only_grow`
    const { answer, bytes } = await get(stamped.address)
    expect(answer.status).toBe(200)
    expect(sha256(bytes)).toBe(sha256(original))
    expect(room.test.lines.some((line) => line.includes('stamp.failed'))).toBe(true)
  })
})
