import { csvLine, CSV_START } from '../../lib/csv.ts'
import type { Cell } from '../../lib/csv.ts'
import { utf8 } from '../../lib/encoding.ts'

/** Rows read, written and sent at a time: all that an export holds in memory. */
export const PAGE_ROWS = 1_000

export type Line = { id: number; cells: Cell[] }
export type Table = {
  head: string[]
  /** At most PAGE_ROWS rows after this one, or the first ones. */
  next(afterId: number | undefined): Promise<Line[]>
}

/**
 * A table as a response body: the next page is fetched when the reader has taken the previous one,
 * so that memory stays flat whatever the size, and nothing more is fetched once the reader has
 * gone. `done` settles, with the number of rows sent, when no query is running any more: until then
 * the database must stay open. When the database fails, the response is cut, so that nobody takes
 * half a file for a whole one.
 */
export function csvStream(table: Table) {
  let afterId: number | undefined
  let rowsSent = 0
  let hasBegun = false
  let isAsking = false
  let isCancelled = false
  let end: (rows: number) => void
  let fail: (error: unknown) => void
  const done = new Promise<number>((resolve, reject) => {
    end = resolve
    fail = reject
  })

  async function nextPage(): Promise<Line[]> {
    isAsking = true
    const lines = await table.next(afterId).finally(() => {
      isAsking = false
    })
    afterId = lines.at(-1)?.id
    return lines
  }

  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      if (!hasBegun) {
        hasBegun = true
        return controller.enqueue(utf8(CSV_START + csvLine(table.head)))
      }
      try {
        const lines = await nextPage()
        if (isCancelled) return end(rowsSent)
        rowsSent += lines.length
        if (lines.length > 0)
          controller.enqueue(utf8(lines.map(({ cells }) => csvLine(cells)).join('')))
        if (lines.length < PAGE_ROWS) {
          controller.close()
          end(rowsSent)
        }
      } catch (error) {
        fail(error)
        throw error
      }
    },
    cancel() {
      isCancelled = true
      // A query that is still running needs the database.
      if (!isAsking) end(rowsSent)
    },
  }
  return { body: new ReadableStream(source, { highWaterMark: 0 }), done }
}
