import { FAULTS } from '../../../packages/cinetpay-simulator/faults.ts'
import type { Api } from '../goods.ts'
import { TOKEN_REFUSALS } from '../newer-words.ts'
import { TROUBLES } from './line.ts'
import { nameOf } from './provider.ts'
import type { Outcome, Progress } from './unleash.ts'

/** In so many lives each thing must have happened, or the run proves less than it says. */
const ENOUGH_LIVES = 500
const TELL_EVERY_MS = 10_000

const mustHappen = (api: Api) => [
  'kill -9',
  'kill -9 while opening',
  'pg_terminate_backend',
  'restart of PostgreSQL, immediate',
  'PostgreSQL frozen',
  ...(['login', 'creation', 'check'] as const).flatMap((what) =>
    Object.keys(TROUBLES[api][what]).map((kind) => nameOf(kind, what)),
  ),
  ...(api === 'v1' ? OF_THE_NEWER_API : []),
  ...FAULTS.map(({ id }) => `payment: ${id}`),
  ...['lost', 'late', 'three at once', 'out of order', 'repeated', 'replayed', 'forged'].map(
    (kind) => `notice: ${kind}`,
  ),
  ...['reset', '500', '429', 'answer lost', '500 after taking it', 'the same key again'].map(
    (kind) => `mail: ${kind}`,
  ),
  ...['passes', 'broken', 'caller gone'].map((kind) => `cron: ${kind}`),
  ...['taps twice', 'sends the form again', 'does not come back', 'comes back by GET', 'pays again', 'leaves', 'downloads in two parts', 'has the book'].map((kind) => `buyer: ${kind}`), // prettier-ignore
  ...['accept', 'balance', 'code', 'fail', 'cancel', 'wait', 'later'].map(
    (deed) => `at CinetPay: ${deed}`,
  ),
]

const OF_THE_NEWER_API = [
  ...Object.keys(TOKEN_REFUSALS).map((shape) => `line: token refused, ${shape}`),
  ...['address', 'keys'].flatMap((kind) => [
    `CinetPay lets nobody in: ${kind}`,
    ...['login', 'creation', 'check'].map((what) => `line: ${kind} refused for a time, ${what}`),
  ]),
  // Of either kind: one a turn of hours leaves at all, and none that was mended meanwhile.
  'letters to the seller of a denial',
  'notice: as a form',
  'notice: a state that lies',
]

/** A line that counts on a terminal, a plain line now and then elsewhere. */
export function progressOf(count: number) {
  const started = Date.now()
  let told = 0
  return ({ done, seen, phase }: Progress) => {
    const seconds = (Date.now() - started) / 1000
    const rate = done / seconds
    const left = done === 0 ? '?' : Math.round((count - done) / rate)
    const lines = sum(seen, /^line: |^payment: |^notice: (lost|late|three|out|forged|replayed)/)
    const database = sum(seen, /PostgreSQL|pg_/)
    const text =
      `${phase}: ${done} of ${count}, ${rate.toFixed(1)} a second, ${left} s left; ` +
      `${seen['kill -9'] ?? 0} kills, ${database} of the database, ${lines} of CinetPay`
    if (process.stdout.isTTY) process.stdout.write(`\r${text}   `)
    else if (Date.now() - told > TELL_EVERY_MS) {
      told = Date.now()
      console.log(text)
    }
  }
}

const sum = (seen: Record<string, number>, kinds: RegExp) =>
  Object.entries(seen).reduce((total, [kind, times]) => total + (kinds.test(kind) ? times : 0), 0)

/** What the nemesis was to do, and did not. */
export function missedBy({ api, seen, lives }: Outcome): string[] {
  return lives < ENOUGH_LIVES ? [] : mustHappen(api).filter((kind) => !seen[kind])
}

/** The counts, and what they say; true when all is well. */
export function printOutcome(outcome: Outcome): boolean {
  const { broken, seen, lives, seconds, bootsMs } = outcome
  console.log('\nWhat happened:')
  for (const [kind, times] of Object.entries(seen).sort(([a], [b]) => a.localeCompare(b)))
    console.log(`${String(times).padStart(8)}  ${kind}`)
  const sorted = bootsMs.toSorted((a, b) => a - b)
  const median = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
  const everyMs = Math.round((seconds * 1000) / (seen['kill -9'] ?? 1))
  console.log(
    `\n${lives} lifecycles in ${Math.round(seconds)} s under faults (${(lives / seconds).toFixed(1)} a second). ` +
      `A kill every ${everyMs} ms; a process opens in ${median} ms (median of ${sorted.length}).`,
  )
  const missed = missedBy(outcome)
  for (const kind of missed) console.log(`- the nemesis did not do: ${kind}`)
  for (const fault of broken) console.log(`- ${fault}`)
  const isWell = broken.length === 0 && missed.length === 0
  if (isWell) console.log('Every accepted payment delivered, nothing else, and each once.')
  return isWell
}
