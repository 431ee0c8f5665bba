import { connectTo, openDatabase } from '../../src/data/database.ts'

/**
 * A process that writes through the shop's own database, many at once, until it is told to stop.
 * It reports what was acknowledged, how long the slowest took, and what nobody caught.
 */
const [url = ''] = process.argv.slice(2)
const uncaught: string[] = []
process.on('uncaughtException', (error) => uncaught.push(String(error.stack)))
process.on('unhandledRejection', (error) =>
  uncaught.push(`rejected: ${String((error as Error)?.stack ?? error)}`),
)

const database = openDatabase(() => connectTo(url), 3_000)
const state = { running: true }
let acknowledged = 0
let refused = 0
let slowestMs = 0
const codes: Record<string, number> = {}

async function write(worker: number) {
  while (state.running) {
    const started = performance.now()
    const id = crypto.randomUUID()
    try {
      await database.sql`insert into written (id, worker) values (${id}, ${worker})`
      acknowledged++
      process.stdout.write(`${id}\n`)
    } catch (error) {
      refused++
      const code = String((error as { code?: unknown }).code ?? error)
      codes[code] = (codes[code] ?? 0) + 1
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    slowestMs = Math.max(slowestMs, performance.now() - started)
  }
}

process.stdin.on('data', () => {
  state.running = false
})
await Promise.all(Array.from({ length: 20 }, (_, worker) => write(worker)))
process.stderr.write(JSON.stringify({ acknowledged, refused, slowestMs, codes, uncaught }))
process.exit(0)
