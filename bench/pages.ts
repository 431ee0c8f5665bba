import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inTurns, load, median, ratioOf } from './load.ts'
import type { Load } from './load.ts'
import { memoryMb } from './programs.ts'
import type { Options, Row } from './rows.ts'
import { SLUG } from './stage.ts'
import type { Stage } from './stage.ts'

const CONNECTIONS = 16
const PATH = `/livres/${SLUG}`
const AS_A_BROWSER = { 'accept-encoding': 'gzip, deflate, br, zstd' }
/** Short turns, since the machine's own pace changes within seconds, and many of them. */
const COLD_BOOKS = 200
const COLD_TURNS = 5
/** V8 goes on making a page faster up to about its four thousandth. */
const COLD_WARMTH = 4000
const ROUND_TRIPS = 2

/** The book page: warm under load beside bare `node:http`, cold beside the questions that it asks. */
export async function pages(stage: Stage, { rounds, scale }: Options): Promise<Row[]> {
  const shop = await stage.beginShop()
  const ANSWER = join(stage.folder, 'answer.json')
  await writeFile(ANSWER, JSON.stringify(await answerOf(shop.url + PATH)))
  const floor = await stage.begin('bench/floors/page.mjs', { ANSWER })
  const visit = { connections: CONNECTIONS, seconds: 2 * scale }
  const warm = await inTurns(
    {
      ours: () => load(shop, { path: PATH }, visit),
      packed: () => load(shop, { path: PATH, headers: AS_A_BROWSER }, visit),
      floor: () => load(floor, { path: PATH }, visit),
    },
    rounds,
  )
  const afterMb = memoryMb(shop.pid)
  await Promise.all([shop, floor].map((program) => stage.end(program)))

  // Another one, which has one connection to the database, as the floor has: of five, the driver takes each in turn.
  const visited = await stage.beginShop()
  const trips = await stage.begin('bench/floors/trips.mjs', {
    ANSWER,
    DATABASE_URL: stage.databaseUrl,
    TRIPS: String(ROUND_TRIPS),
  })
  let cold = 0
  const one = { connections: 1, seconds: 0, once: true }
  const coldPaths = (count = COLD_BOOKS) =>
    Array.from({ length: count }, () => ({ path: `/livres/froid-${++cold}` }))
  await sellColdBooks(stage, COLD_WARMTH + COLD_BOOKS * (COLD_TURNS * rounds + 1))
  await load(visited, coldPaths(COLD_WARMTH), one)
  const alone = await inTurns(
    {
      ours: () => load(visited, coldPaths(), one),
      floor: () =>
        load(
          trips,
          Array.from({ length: COLD_BOOKS }, () => ({ path: PATH })),
          one,
        ),
    },
    COLD_TURNS * rounds,
  )
  await stage.end(trips)
  await stage.end(visited)

  const perSecond = (loads: Load[]) => loads.map((load) => load.perSecond)
  const p99 = (loads: Load[]) => loads.map((load) => load.p99)
  const figures = (loads: Load[]) =>
    `${median(perSecond(loads)).toFixed(0)} (${median(loads.map(({ cpu }) => cpu)).toFixed(0)} µs)`
  const beside = (what: string, ours: Load[]): Row => ({
    what,
    ours: figures(ours),
    floor: figures(warm.floor),
    figure: ratioOf(perSecond(ours), perSecond(warm.floor)),
    atLeast: 0.5,
  })
  const p50 = (loads: Load[]) => median(loads.map((load) => load.p50))
  return [
    beside('book page, 16 connections, a second, beside node:http with its line', warm.ours),
    beside(
      '… packed, as a browser asks for it, beside that floor with the whole text',
      warm.packed,
    ),
    {
      what: 'book page, 16 connections, p99 in ms',
      ours: median(p99(warm.ours)).toFixed(1),
      floor: median(p99(warm.floor)).toFixed(1),
      figure: ratioOf(p99(warm.ours), p99(warm.floor)),
      atMost: 3,
    },
    {
      what: `book page never asked for before, 1 connection, ms over ${ROUND_TRIPS} round trips`,
      ours: p50(alone.ours).toFixed(2),
      floor: p50(alone.floor).toFixed(2),
      figure: median(alone.ours.map((load, round) => load.p50 - alone.floor[round]!.p50)),
      atMost: 1,
    },
    { what: 'memory after the pages, MB', ours: afterMb.toFixed(0), floor: '' },
  ]
}

/** The answer as it is, but for what `node:http` writes by itself. */
export async function answerOf(url: string) {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'identity' } })
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`)
  const body = await answer.text()
  const headers = Object.fromEntries(answer.headers)
  for (const name of ['date', 'connection', 'keep-alive', 'transfer-encoding']) delete headers[name]
  return { headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body }
}

async function sellColdBooks({ sql }: Stage, count: number) {
  await sql`
    with cold as (
      insert into books (
        slug, title, author, description, language, price, currency, published_at, created_at
      )
      select 'froid-' || n, title || ' ' || n, author || ' ' || n, description, language, price, currency,
        published_at, created_at
      from books, generate_series(1, ${count}::int) as n
      where slug = ${SLUG}
      returning id
    )
    insert into files (book_id, version, name, storage_key, media_type, size_bytes, sha256, created_at)
    select cold.id, 1, 'Livre.pdf', 'books/froid-' || cold.id, 'application/pdf', 1000000,
      repeat('0', 64), now()
    from cold`
  await sql`analyze`
}
