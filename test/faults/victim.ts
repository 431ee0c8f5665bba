import { app } from '../../src/app.tsx'
import { pass } from '../../src/scheduler/pass.ts'
import { readConfig } from '../../src/config/config.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { serviceMail } from '../../src/mail/service.ts'
import { openShop } from '../../src/entries/open.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { watchSteps } from './steps.ts'

/**
 * A process that serves one request (or one cron pass) and kills itself, as `kill -9` would, at the
 * outside wait that it was told: before it, or when its answer has just come.
 */
export type Order = {
  settings: Record<string, string>
  databaseUrl: string
  folder: string
  /** Where CinetPay is played, and the mail service. */
  cinetpay: string
  mailbox: string
  now: string
  /** Undefined: a cron pass. */
  request?: { path: string; method: string; headers: Record<string, string>; body: string }
  kill?: { step: string; when: 'before' | 'after' }
}

const order = JSON.parse(process.argv[2]!) as Order
const reading = readConfig(order.settings)
if (!reading.ok) throw new Error(reading.faults.join('\n'))
const database = openDatabase(() => connectTo(order.databaseUrl))
const atWork: Promise<unknown>[] = []
/** Each outside wait, and whether it begins where the one before has just ended, with nothing under way. */
const steps: { step: string; follows: boolean }[] = []
let underWay = 0
const { cinetpay } = reading.config

const whole = openShop({
  config: reading.config,
  sql: database.sql,
  files: diskStorage(order.folder),
  log: (event, fields) => {
    if (event.endsWith('.failed')) console.error(event, fields)
  },
  fetch: (request) => {
    const path = new URL(request.url).pathname
    const call = () => fetch(new Request(new URL(path, order.cinetpay), request))
    // The newer API is asked twice for one deed: between the two it may be too late.
    return cinetpay?.generation === 'v1' ? meet(`call ${nameOf(path)}`, call) : call()
  },
  now: () => new Date(order.now),
  mail: serviceMail(reading.config.mail as never, (request) =>
    fetch(new Request(order.mailbox, request)),
  ),
  checksAPass: 1_000,
  visitGapMs: 5_000,
  background: (work) => void atWork.push(work.catch(() => {})),
})
// Who sends the form again comes from where the first came: see `openTestShop`.
whole.visitorAddress = '198.51.100.7'
const shop = watchSteps(whole, meet)

const answer = order.request && (await ask(order.request))
if (!answer) await pass(shop)
for (let waited = 0; waited < atWork.length;) {
  waited = atWork.length
  await Promise.all(atWork)
}
await database.close()
console.log(JSON.stringify({ status: answer?.status, steps }))

async function ask({ path, method, headers, body }: NonNullable<Order['request']>) {
  const bytes = Buffer.from(body, 'base64')
  return app.request(path, { method, headers, body: bytes }, shop)
}

async function meet<T>(name: string, deed: () => PromiseLike<T>): Promise<T> {
  const times = steps.filter(({ step }) => step.replace(/ #\d+$/, '') === name).length
  const step = times > 0 ? `${name} #${times + 1}` : name
  steps.push({ step, follows: steps.length > 0 && underWay === 0 })
  if (order.kill?.step === step && order.kill.when === 'before')
    process.kill(process.pid, 'SIGKILL')
  underWay++
  const answer = await deed()
  if (order.kill?.step === step) process.kill(process.pid, 'SIGKILL')
  underWay--
  return answer
}

/** The same for every payment. */
function nameOf(path: string) {
  return path.replace(/[0-9A-F]{24}$/, ':id')
}
