import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { readApi } from './goods.ts'
import type { Api } from './goods.ts'
import type { Outcome } from './lives.ts'
import { MUTANTS, plant } from './mutants.ts'

/**
 * `npm run simulate -- --seed N --lifecycles N`: purchases lived through under faults, in one
 * process, with the real rooms and real SQL. `--api v1` (the newer one, unless told otherwise) or
 * `--api v2`: whose keys the shop has. `--mutants` shows that planted faults are found, each under the
 * API that it is about.
 */
const { values } = parseArgs({
  options: {
    api: { type: 'string', default: 'v1' },
    seed: { type: 'string', default: '1' },
    lifecycles: { type: 'string', default: '1000' },
    mutants: { type: 'boolean', default: false },
  },
})
const api = readApi(values.api)
const seed = Number(values.seed)
const lifecycles = Number(values.lifecycles)
/** A run is cut into worlds of this size: a fresh database each, the next seed each. */
const WORLD_SIZE = 500
/** How many lives a planted fault gets to show itself in. */
const MUTANT_LIVES = 300
const MUTANT_SEEDS = 3

mkdirSync('dist', { recursive: true })
const sound = 'dist/simulate.mjs'
await plant({ name: 'none', file: 'payment/settle.ts', from: 'settle', to: 'settle' }, sound)
process.exitCode = values.mutants ? await showMutants() : await simulate()

async function run(
  program: string,
  api: Api,
  seed: number,
  count: number,
  tell = (_done: number) => {},
) {
  const child = fork(program, [api, String(seed), String(count)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  let faults = ''
  child.stdout!.on('data', (data) => (output += data))
  child.stderr!.on('data', (data) => (faults += data))
  child.on('message', (done) => tell(Number(done)))
  await once(child, 'exit')
  const last = output.trim().split('\n').at(-1) ?? ''
  if (!last.startsWith('{'))
    return { broken: [`the run ended: ${faults.slice(0, 500)}`], seen: {}, lives: 0 }
  return JSON.parse(last) as Outcome
}

async function simulate(): Promise<number> {
  const seen: Record<string, number> = {}
  const started = Date.now()
  const under = new Map<number, number>()
  let over = 0
  let begun = 0
  let broken = false
  const tell = () =>
    report(over + [...under.values()].reduce((sum, done) => sum + done, 0), started)

  async function liveOn() {
    while (begun < lifecycles && !broken) {
      const world = seed + begun / WORLD_SIZE
      const size = Math.min(WORLD_SIZE, lifecycles - begun)
      begun += size
      const outcome = await run(sound, api, world, size, (done) => {
        under.set(world, done)
        tell()
      })
      under.delete(world)
      over += outcome.lives
      for (const [kind, times] of Object.entries(outcome.seen))
        seen[kind] = (seen[kind] ?? 0) + times
      if (outcome.broken.length > 0) {
        broken = true
        console.log(`\nSeed ${world}, ${size} lives:`)
        for (const fault of outcome.broken) console.log(`- ${fault}`)
        console.log(`Again: npm run simulate -- --api ${api} --seed ${world} --lifecycles ${size}`)
      }
      tell()
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, liveOn))
  if (broken) return 1

  console.log('\nWhat happened:')
  for (const [kind, times] of Object.entries(seen).sort(([a], [b]) => a.localeCompare(b)))
    console.log(`  ${kind}: ${times}`)
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(`${over} lifecycles in ${seconds} s: every accepted payment delivered, nothing else.`)
  return 0
}

function report(done: number, started: number) {
  const rate = done / ((Date.now() - started) / 1000)
  const left = Math.round((lifecycles - done) / rate)
  const line = `${done} of ${lifecycles}, ${rate.toFixed(1)} a second, ${left} s left`
  if (process.stdout.isTTY) process.stdout.write(`\r${line}   `)
  else if (done % 1000 === 0 || done === lifecycles) console.log(line)
}

async function showMutants(): Promise<number> {
  let missed = 0
  for (const [index, mutant] of MUTANTS.entries()) {
    const program = `dist/simulate-mutant.mjs`
    await plant(mutant, program)
    let found: string | undefined
    for (let again = 0; again < MUTANT_SEEDS && !found; again++)
      found = (await run(program, mutant.api ?? api, seed + again, MUTANT_LIVES)).broken[0]
    if (!found) missed++
    console.log(`${index + 1}. ${mutant.name}: ${found ? `found (${found})` : 'NOT FOUND'}`)
  }
  console.log(`${MUTANTS.length - missed} of ${MUTANTS.length} planted faults found.`)
  return missed === 0 ? 0 : 1
}
