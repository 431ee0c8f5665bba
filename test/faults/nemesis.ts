import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readApi } from './goods.ts'
import { MUTANTS, plant } from './mutants.ts'
import { buyQuietly } from './nemesis/quiet-buyer.ts'
import { openBrowser } from './nemesis/browser.ts'
import { dropAllNotices } from './nemesis/dropped.ts'
import { forgeNotices } from './nemesis/forged.ts'
import { printOutcome, progressOf } from './nemesis/report.ts'
import { openStage } from './nemesis/stage.ts'
import { unleash } from './nemesis/unleash.ts'

/**
 * `npm run nemesis -- --lifecycles N --seed N`: purchases from outside, of the built server on a
 * real PostgreSQL, while both are killed and CinetPay fails in every way that is known, 32 at once or
 * `--buyers N`. `--api v1` (the newer one, unless told otherwise) or `--api v2`: whose keys the shop
 * has. `--forged N` and `--dropped N`: notices that lie, notices that are all lost. `--mutants`:
 * planted faults of that API are found.
 */
const { values } = parseArgs({
  options: {
    api: { type: 'string', default: 'v1' },
    lifecycles: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    forged: { type: 'string' },
    dropped: { type: 'string' },
    buyers: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
})
const api = readApi(values.api)
const lifecycles = Number(values.lifecycles)
const seed = Number(values.seed)

/** What only a process that dies, or a line that breaks, brings to light. */
const OF_EITHER_API = [
  'a payment that is claimed is forgotten when its claimer dies',
  'an unclear begin ends the payment, which is never asked about',
  'a double tap makes two orders',
]
const FOUND_FROM_OUTSIDE = {
  v1: [
    ...OF_EITHER_API,
    'a denial is a refusal of the payment',
    'a creation that was sent twice is refused',
    'the ids are not compared',
    'another payment’s token proves a notice',
  ],
  v2: [...OF_EITHER_API, 'an unreachable CinetPay is a refusal'],
}
const MUTANT_LIVES = 150

// 'exit' is where the processes that were started are ended; PostgreSQL's keeper sees to it alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.exit(130))
execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'ignore'] })
process.exitCode = (await run()) ? 0 : 1
process.exit()

function run(): Promise<boolean> {
  if (values.forged) return forge(Number(values.forged))
  if (values.dropped) return drop(Number(values.dropped))
  return values.mutants ? showMutants() : live()
}

async function live(): Promise<boolean> {
  console.log(`Seed ${seed}. It decides what is tried; what falls between what is the machine’s.`)
  const atOnce = values.buyers ? { atOnce: Number(values.buyers) } : {}
  const tell = progressOf(lifecycles)
  return printOutcome(await unleash(api, lifecycles, seed, { tell, ...atOnce }))
}

async function forge(count: number): Promise<boolean> {
  const stage = await openStage(api, seed)
  try {
    const browser = openBrowser(stage.url)
    const payPage = await buyQuietly(browser, 'Awa')
    await buyQuietly(browser, 'Fatou')
    stage.postman.lose(1)
    await stage.provider.visit(payPage, { deed: 'accept', operator: 'OM', phone: '', fault: '' })
    const [paid, other] = [...stage.transactions.values()]
    const { transactionId } = paid!
    const target = { transactionId, strangersToken: other!.v1?.notifyToken }
    const report = await forgeNotices(stage, target, count, (done) => {
      if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${count} forged`)
    })
    const answers = Object.entries(report.answers).map(([status, times]) => `${times} × ${status}`)
    console.log(
      `\n${count} forged notices: answered ${answers.join(', ')}; ${report.checks} checks; ` +
        (report.isChanged ? 'ROWS CHANGED.' : 'no row changed.'),
    )
    return !report.isChanged && report.checks === 0 && report.answers[401] === count
  } finally {
    await stage.close()
  }
}

async function drop(count: number): Promise<boolean> {
  const { before, delivered, dropped, broken } = await dropAllNotices(api, count)
  console.log(
    `${count} orders accepted, ${dropped} notices dropped. Delivered before the passes: ${before}; ` +
      `after each pass: ${delivered.join(', ')}.`,
  )
  for (const fault of broken) console.log(`- ${fault}`)
  return broken.length === 0 && delivered.length <= 2 && delivered.at(-1) === count
}

async function showMutants(): Promise<boolean> {
  const program = 'dist/planted-node.mjs'
  let missed = 0
  for (const name of FOUND_FROM_OUTSIDE[api]) {
    await plant(
      MUTANTS.find((mutant) => mutant.name === name)!,
      program,
      'src/entries/node.ts',
    )
    const { broken } = await unleash(api, MUTANT_LIVES, seed, {
      tell: progressOf(MUTANT_LIVES),
      program,
    })
    if (broken.length === 0) missed++
    console.log(`\n${name}: ${broken.length > 0 ? `found (${broken[0]})` : 'NOT FOUND'}`)
  }
  rmSync(program)
  return missed === 0
}
