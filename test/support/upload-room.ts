import { readdir } from 'node:fs/promises'
import { signIn } from './desk.ts'
import { aBook, openTestShop } from './shop.ts'
import { aPdf, sender } from './uploads.ts'
import type { UploadState } from './uploads.ts'

/** The size of a piece on the disk. */
export const PIECE = 2 * 1024 * 1024

export type StoredFile = {
  slot: string
  version: number
  name: string
  title: string
  isSample: boolean
  storageKey: string
  mediaType: string
  sizeBytes: number
  sha256: string
  pages: number | null
}

export type UploadRoom = Awaited<ReturnType<typeof openUploadRoom>>

/** A shop, Moussa at its desk, and a book without files for each test. */
export async function openUploadRoom() {
  const test = await openTestShop()
  let moussa = await signIn(test)
  let books = 0
  const room = {
    test,
    moussa,
    send: sender(test.request, moussa.headers),
    slug: '',
    async nextBook() {
      room.slug = `livre-${++books}`
      await aBook(test, { slug: room.slug })
      await test.sql`
        delete from files where book_id = (select id from books where slug = ${room.slug})`
    },
    /** After days away. */
    async signInAgain() {
      moussa = await signIn(test)
      Object.assign(room, { moussa, send: sender(test.request, moussa.headers) })
    },
    files: () => test.sql<StoredFile[]>`
      select
        slot, version, name, title, is_sample, storage_key, media_type, size_bytes, sha256, pages
      from files
      where book_id = (select id from books where slug = ${room.slug})
      order by slot, version`,
    /** What lies in the folder of books, drafts included. */
    onDisk: () => readdir(`${test.folder}/books`),
    start: async (bytes: Uint8Array, fields: Record<string, string> = {}) =>
      (await room.send.start(room.slug, {
        name: 'Le livre.pdf',
        size: String(bytes.length),
        slot: 'livre',
        ...fields,
      })) as UploadState & { status: number },
    async put(page: string, number: number, whole: Uint8Array) {
      const bytes = whole.subarray(number * PIECE, (number + 1) * PIECE)
      const answer = await room.send.piece(page, number, bytes)
      await answer.text()
      return answer.status
    },
  }
  return room
}

/** A PDF that is as long as wanted, to the byte. */
export async function pdfOf(sizeBytes: number, pages = 3): Promise<Uint8Array> {
  const whole = new Uint8Array(sizeBytes).fill(0x20)
  whole.set(await aPdf(pages, Math.max(0, sizeBytes - 10_000)))
  return whole
}
