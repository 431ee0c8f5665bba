import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { loseThePrimary } from './nemesis/failover.ts'
import type { Failover } from './nemesis/failover.ts'
import { primaryAndStandby } from './nemesis/site.ts'
import type { PairSite } from './nemesis/site.ts'
import { unleash } from './nemesis/unleash.ts'
import type { Outcome, Progress } from './nemesis/unleash.ts'

/**
 * `npm run scale`: what a shop on several machines is made of, on this one. Two processes of the built
 * server that share no disk, a bucket that speaks S3, PgBouncer in transaction mode with named statements,
 * a primary whose commits wait for its standby. A thousand books are sold by both while the primary is killed once; then CinetPay's book and
 * ours are compared, as the nemesis does. `--books N`, `--shops N`, `--buyers N` at once, `--seed N`;
 * `--direct`: without PgBouncer, the shops know both servers by name.
 */
const { values } = parseArgs({
  options: {
    books: { type: 'string', default: '1000' },
    shops: { type: 'string', default: '2' },
    buyers: { type: 'string', default: '16' },
    seed: { type: 'string', default: '1' },
    direct: { type: 'boolean', default: false },
  },
})
const books = Number(values.books)
const places = Number(values.shops)
/** Some give up, change their mind, or were refused: nobody counts how many it takes. */
const MOST_BUYERS = books * 10
const TELL_EVERY_MS = 10_000

// 'exit' is where the processes that were started are ended; PostgreSQL's keeper sees to it alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.exit(130))
execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'ignore'] })
process.exitCode = (await run()) ? 0 : 1
process.exit()

async function run(): Promise<boolean> {
  let site: PairSite | undefined
  let failover: Failover | undefined
  const outcome = await unleash('v1', MOST_BUYERS, Number(values.seed), {
    books,
    places,
    inBucket: true,
    atOnce: Number(values.buyers),
    tell: progress(),
    site: async () => (site = await primaryAndStandby(values.direct ? undefined : 'keeps')),
    troubles: async (stage, signal) => {
      failover = await loseThePrimary(stage, site!, Math.floor(books / 3), signal)
    },
  })
  console.log()
  return printTable(outcome, failover)
}

/** A line that counts on a terminal, a plain line now and then elsewhere. */
function progress() {
  const started = Date.now()
  let toldAt = 0
  return ({ seen, phase }: Progress) => {
    const sold = seen['buyer: has the book'] ?? 0
    const perSecond = (sold * 1_000) / (Date.now() - started)
    const left = sold === 0 ? '?' : Math.max(0, Math.round((books - sold) / perSecond))
    const lost = seen['primary killed, standby promoted'] ? ', the standby has taken over' : ''
    const line = `${phase}: ${sold} of ${books} books, ${perSecond.toFixed(1)} a second, ${left} s left${lost}`
    if (process.stdout.isTTY) process.stdout.write(`\r${line}\x1b[K`)
    else if (Date.now() - toldAt > TELL_EVERY_MS) {
      toldAt = Date.now()
      console.log(line)
    }
  }
}

function printTable({ seen, seconds, broken, lives }: Outcome, failover: Failover | undefined) {
  const sold = seen['buyer: has the book'] ?? 0
  const shops = Array.from({ length: places }, (_, place) => `shop ${place + 1}`)
  const idle = shops.filter((shop) => !seen[`${shop} sends a book`])
  const faults = [
    ...broken,
    ...(sold < books ? [`${sold} books were sold, and not ${books}`] : []),
    ...(failover ? [] : ['the primary was not killed']),
    ...(failover && failover.started !== places ? ['a process of the shop was restarted'] : []),
    ...idle.map((shop) => `${shop} sold nothing`),
  ]
  const rows: [string, string | number][] = [
    ['buyers', lives],
    ['books that buyers hold', sold],
    ...shops.map((shop): [string, string] => [
      `  ${shop}`,
      `${seen[`${shop} takes an order`] ?? 0} orders taken, ${seen[`${shop} sends a book`] ?? 0} answers with a book`,
    ]),
    ['time', `${seconds.toFixed(0)} s (${((sold * 60) / seconds).toFixed(0)} books a minute)`],
    ...(failover ? rowsOf(failover) : []),
    ['tries again, meanwhile', seen['buyer: no answer, tries again'] ?? 0],
    ...Object.entries(seen)
      .filter(([kind]) => kind.startsWith('orders at the end: '))
      .map(([kind, count]): [string, number] => [kind, count]),
    ["CinetPay's book and ours", broken.length === 0 ? 'say the same' : 'DIFFER'],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`)
  for (const fault of faults) console.log(`- ${fault}`)
  return faults.length === 0
}

function rowsOf({ soldBefore, failoverMs, backMs }: Failover): [string, string][] {
  return [
    ['primary killed', `after ${soldBefore} books`],
    ['  the standby writes', `${(failoverMs / 1_000).toFixed(1)} s later`],
    ['  every shop has it again', `${(backMs / 1_000).toFixed(1)} s after that, none restarted`],
  ]
}
