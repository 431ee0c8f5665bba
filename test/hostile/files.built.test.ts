import { beforeAll, describe, expect, it } from 'vitest'
import { hostilePdfs, pdfWriter } from '../support/hostile-pdf.ts'
import { watchMemory } from '../support/memory.ts'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { sender } from '../support/uploads.ts'

const SENTENCE = 'Ce PDF est trop lourd à vérifier'
/** What buyers wait for, at the worst, on a machine that has other work too. */
const STILL_QUICK_MS = 3_000
/** A piece or two of the file, and what one look may hold. */
const MAX_GROWTH_MB = 300

/** What one write unfolds to, 400 MB, is what workerd would hold of it. */
function inOneWrite(): Uint8Array {
  const pdf = pdfWriter()
  pdf.object(1, '<</Type /Catalog /Pages 2 0 R>>')
  pdf.pack(3, [[2, '<</Type /Pages /Count 1 /Kids [2 0 R]>>']], { sizeBytes: 400_000_000 })
  return pdf.end()
}

const NAMES = [
  'twenty object streams of 7 MB in turn',
  'a page tree of millions of dictionaries',
  'objects that are not where they are said to be',
]
const sent: Record<string, () => Uint8Array> = {
  ...Object.fromEntries(NAMES.map((name) => [name, hostilePdfs[name]![1]])),
  'an object stream of 400 MB': inOneWrite,
}
/**
 * Made before a shop is asked anything: to fold 400 MB holds this process up for seconds on a busy
 * machine, workerd closes a line that was idle for five, and the next question would go into it.
 */
const made = new Map<string, Uint8Array>()
beforeAll(() => {
  for (const [name, make] of Object.entries(sent)) made.set(name, make())
}, START_MS)

const runtimes: [string, (databaseUrl: string) => Promise<Running>][] = [
  ['Node', (url) => onNode({ DATABASE_URL: url })],
  ['workerd', onWorkerd],
]
describe.each(runtimes)('on %s', (runtime, start) => {
  const shop = shopOn(start)
  let send: ReturnType<typeof sender>
  let headers: Record<string, string>
  let slug: string
  beforeAll(async () => {
    headers = await shop.deskHeaders()
    send = sender(shop.visit, headers)
    const [book] = await shop.sql()`select slug from books order by id limit 1`
    slug = book!['slug'] as string
  }, START_MS)

  it.each(Object.keys(sent))(
    '%s is refused with a sentence, while buyers are served',
    async (name) => {
      const bytes = made.get(name)!
      const memory = watchMemory(shop.running().pid)
      const uploading = send.whole(slug, bytes, { stamp: 'all' })
      const slowestMs = await slowestPage(uploading)
      const { end, begun } = await uploading
      expect(end).toMatchObject({ state: 'refused', fault: 'too-much-work' })
      const page = await (await shop.visit(begun.page, { headers })).text()
      expect(page).toContain(SENTENCE)
      expect(memory.end()).toBeLessThan(MAX_GROWTH_MB)
      // Workers share nothing: there, another isolate serves the buyers.
      if (runtime === 'Node') expect(slowestMs).toBeLessThan(STILL_QUICK_MS)
    },
  )

  /** How long the slowest page took, of those that buyers asked for meanwhile. */
  async function slowestPage(meanwhile: Promise<unknown>): Promise<number> {
    const over = new AbortController()
    void meanwhile.catch(() => {}).then(() => over.abort())
    let slowestMs = 0
    for (let i = 0; !over.signal.aborted; i++) {
      const started = performance.now()
      const answer = await shop.visit(['/', `/livres/${slug}`, '/aide'][i % 3]!)
      await answer.text()
      expect(answer.status).toBe(200)
      slowestMs = Math.max(slowestMs, performance.now() - started)
    }
    return slowestMs
  }
})
