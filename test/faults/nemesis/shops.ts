import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { TABLE } from '../../../src/links/table.ts'
import { freePort } from '../../support/cluster.ts'
import type { Chance } from '../chance.ts'
import type { Clock } from './clock.ts'
import { again } from './tally.ts'
import type { Tally } from './tally.ts'

/** Several at once, as while Passenger replaces one by the next. */
const PLACES = 3
/** One in so many is left alone for longer than any of the shop's own time-outs. */
const SPARED = 40
const SPARED_MS = 12_000
const OPENING_TIMEOUT_MS = 30_000
const FAST_CLOCK = resolve(import.meta.dirname, 'fast-clock.mjs')
/** What the shop may report as an error only when the database was away. */
const REPORTS = new Set([
  'request.failed',
  'process.failed',
  'background.failed',
  'scheduler.failed',
])

type Process = {
  child: ChildProcess
  port: number
  isOpen: boolean
  ended: Promise<unknown>
  sparedUntil: number
}

export type Shops = Awaited<ReturnType<typeof openShops>>

/** The built server, as processes that are killed and started again. */
export async function openShops(options: {
  program: string
  folder: string
  environment: Record<string, string>
  clock: Clock
  luck: Chance
  tally: Tally
  broken: string[]
  places?: number
}) {
  const { luck, tally, broken, places = PLACES } = options
  const ports = await Promise.all(Array.from({ length: places }, () => freePort()))
  const processes = new Map<number, Process>()
  const bootsMs: number[] = []
  let closed = false

  const endAll = () => {
    for (const { child } of processes.values()) child.kill('SIGKILL')
  }
  process.on('exit', endAll)

  function start(port: number, sparedUntil = 0): Process {
    const started = performance.now()
    const child = spawn(process.execPath, ['--import', FAST_CLOCK, resolve(options.program)], {
      // Where no developer's .env lies.
      cwd: options.folder,
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        NEMESIS_CLOCK: options.clock.setting(),
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const shop: Process = { child, port, isOpen: false, ended: once(child, 'exit'), sparedUntil }
    processes.set(port, shop)
    let complaints = ''
    child.stderr!.on('data', (data) => (complaints = (complaints + data).slice(-2_000)))
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const report = readReport(line)
      if (report?.event === 'process.started') {
        shop.isOpen = true
        bootsMs.push(performance.now() - started)
      }
      const deed = report && deedOf(report)
      if (deed) tally.count(`shop ${ports.indexOf(port) + 1} ${deed}`)
      if (report && REPORTS.has(report.event) && report.error !== 'DatabaseUnavailable')
        broken.push(`the shop reports ${line}`)
    })
    child.once('exit', (code, signal) => {
      shop.isOpen = false
      if (signal !== 'SIGKILL') broken.push(`a process ended by itself (${code}): ${complaints}`)
    })
    return shop
  }

  async function untilOpen(shop: Process): Promise<void> {
    const until = Date.now() + OPENING_TIMEOUT_MS
    while (!shop.isOpen && shop.child.exitCode === null && shop.child.signalCode === null) {
      if (Date.now() > until) return void broken.push('a process did not open in 30 seconds')
      await pause(5)
    }
  }

  async function kill(shop: Process) {
    shop.child.kill('SIGKILL')
    await shop.ended
  }

  const choose = () => {
    const open = [...processes.values()].filter(({ isOpen }) => isOpen)
    return open.length > 0 ? luck.pick(open).port : undefined
  }

  /** Ends whatever runs and starts all places anew, with the clock as it is now. */
  async function restart() {
    await Promise.all([...processes.values()].map(kill))
    await Promise.all(ports.map((port) => untilOpen(start(port))))
  }

  /**
   * One that is open, or now and then one that is opening. Mostly another one stays open: where
   * processes open slowly, nobody would get anywhere.
   */
  function nextVictim(): Process | undefined {
    const all = [...processes.values()]
    const open = all.filter(({ isOpen }) => isOpen)
    if (open.length < 2 && !luck.happens(0.2)) return undefined
    const choices = (luck.happens(0.15) ? all : open).filter(
      ({ sparedUntil }) => sparedUntil < Date.now(),
    )
    return choices.length > 0 ? luck.pick(choices) : undefined
  }

  return {
    choose,
    restart,
    bootsMs,
    ports,
    /** Every 200 to 600 ms kills one of them and starts it again at once, until told to stop. */
    async haunt(signal: AbortSignal) {
      await again(
        signal,
        () => 200 + luck.below(401),
        async () => {
          const victim = nextVictim()
          if (!victim) return
          if (!victim.isOpen) tally.count('kill -9 while opening')
          await kill(victim)
          tally.count('kill -9')
          const sparedUntil = luck.below(SPARED) === 0 ? Date.now() + SPARED_MS : 0
          start(victim.port, sparedUntil)
        },
      )
    },
    async close() {
      if (closed) return
      closed = true
      process.off('exit', endAll)
      await Promise.all([...processes.values()].map(kill))
    },
  }
}

type Report = { event: string; error?: string; route?: string; status?: number }

function deedOf({ route, status = 0 }: Report): string | undefined {
  if (route === TABLE.buy.pattern && status === 303) return 'takes an order'
  return route === TABLE.download.pattern && [200, 206].includes(status)
    ? 'sends a book'
    : undefined
}

function readReport(line: string): Report | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Report
  } catch {
    // Cut in the middle, with the process that wrote it.
    return undefined
  }
}
