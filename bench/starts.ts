import { inTurns, load, median, ratioOf } from './load.ts'
import { memoryMb } from './programs.ts'
import type { Program } from './programs.ts'
import type { Options, Row } from './rows.ts'
import { SLUG } from './stage.ts'
import type { Stage } from './stage.ts'

/** From the start of a process to its first byte, and its memory, beside an empty Hono server. */
export async function starts(stage: Stage, { rounds, scale }: Options): Promise<Row[]> {
  const { databaseUrl } = stage
  const loads = { connections: 16, seconds: 3 * scale }
  const life = (path: string, begin: () => Promise<Program>) => async () => {
    const from = performance.now()
    const program = await begin()
    const answer = await fetch(program.url + path)
    const firstMs = performance.now() - from
    await answer.text()
    const idleMb = memoryMb(program.pid)
    await load(program, { path }, loads)
    const loadedMb = memoryMb(program.pid)
    await stage.end(program)
    return { firstMs, idleMb, loadedMb }
  }
  const path = `/livres/${SLUG}`
  const seen = await inTurns(
    {
      ours: life(path, () => stage.beginShop()),
      hono: life('/', () => stage.begin('bench/floors/hono.mjs', {})),
      withDriver: life('/', () =>
        stage.begin('bench/floors/hono.mjs', { DATABASE_URL: databaseUrl }),
      ),
    },
    rounds,
  )
  const of = (name: keyof typeof seen, figure: 'firstMs' | 'idleMb' | 'loadedMb') =>
    seen[name].map((life) => life[figure])
  const row = (
    what: string,
    figure: 'firstMs' | 'idleMb' | 'loadedMb',
    theirs: 'hono' | 'withDriver',
    atMost: number,
  ): Row => ({
    what,
    ours: median(of('ours', figure)).toFixed(0),
    floor: median(of(theirs, figure)).toFixed(0),
    figure: ratioOf(of('ours', figure), of(theirs, figure)),
    atMost,
  })
  const own = median(of('ours', 'firstMs').map((ms, round) => ms - of('hono', 'firstMs')[round]!))
  return [
    row('start to first byte, ms, beside an empty Hono server', 'firstMs', 'hono', 2),
    { what: '… ms of our own', ours: own.toFixed(0), floor: '', figure: own, atMost: 250 },
    row('memory idle, MB, beside one with postgres', 'idleMb', 'withDriver', 1.5),
    row('memory after load, MB, beside the same', 'loadedMb', 'withDriver', 1.5),
  ]
}
