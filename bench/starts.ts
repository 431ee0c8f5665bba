import { inTurns, load, median, ratioOf } from './load.ts'
import { memoryMb } from './programs.ts'
import type { Program } from './programs.ts'
import type { Options, Row } from './rows.ts'
import { SLUG } from './stage.ts'
import type { Stage } from './stage.ts'

/** A start is over in a third of a second, in which a neighbour's work weighs much. */
const STARTS_A_ROUND = 5

/** From the start of a process to its first byte, and its memory, beside an empty Hono server. */
export async function starts(stage: Stage, { rounds, scale }: Options): Promise<Row[]> {
  const path = `/livres/${SLUG}`
  const ours = { path, begin: () => stage.beginShop() }
  const hono = { path: '/', begin: () => stage.begin('bench/floors/hono.mjs', {}) }
  const DATABASE_URL = stage.databaseUrl
  const withDriver = {
    path: '/',
    begin: () => stage.begin('bench/floors/hono.mjs', { DATABASE_URL }),
  }
  const first = async ({ path, begin }: Started) => {
    const from = performance.now()
    const program = await begin()
    const answer = await fetch(program.url + path)
    const ms = performance.now() - from
    await answer.text()
    return { program, ms }
  }
  const start = (started: Started) => async () => {
    const { program, ms } = await first(started)
    await stage.end(program)
    return ms
  }
  const life = (started: Started) => async () => {
    const { program } = await first(started)
    const idle = memoryMb(program.pid)
    await load(program, { path: started.path }, { connections: 16, seconds: 3 * scale })
    const loaded = memoryMb(program.pid)
    await stage.end(program)
    return { idle, loaded }
  }
  const begun = await inTurns({ ours: start(ours), hono: start(hono) }, rounds * STARTS_A_ROUND)
  const lived = await inTurns({ ours: life(ours), withDriver: life(withDriver) }, rounds)

  const memory = (what: string, when: 'idle' | 'loaded'): Row => {
    const mb = lived.ours.map((life) => life[when])
    const theirs = lived.withDriver.map((life) => life[when])
    return {
      what,
      ours: median(mb).toFixed(0),
      floor: median(theirs).toFixed(0),
      figure: ratioOf(mb, theirs),
      atMost: 1.5,
    }
  }
  const own = median(begun.ours.map((ms, turn) => ms - begun.hono[turn]!))
  return [
    {
      what: 'start to first byte, ms, beside an empty Hono server',
      ours: median(begun.ours).toFixed(0),
      floor: median(begun.hono).toFixed(0),
      figure: ratioOf(begun.ours, begun.hono),
      atMost: 2,
    },
    { what: '… ms of our own', ours: own.toFixed(0), floor: '', figure: own, atMost: 250 },
    memory('memory idle, MB, beside one with postgres', 'idle'),
    memory('memory after load, MB, beside the same', 'loaded'),
  ]
}

type Started = { path: string; begin: () => Promise<Program> }
