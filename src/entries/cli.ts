import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { simulate } from '../../packages/cinetpay-simulator/command.ts'
import { exportShop, fail, importShop } from './cli-backup.ts'
import { wayBackIn } from '../admin/access/invitation.ts'
import { pass } from '../scheduler/pass.ts'
import { DatabaseUnavailable } from '../data/database.ts'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/examine.ts'
import { verifyLedger } from '../doctor/ledger.ts'
import { spellCode } from '../lib/crockford.ts'
import { lookUp } from '../lib/look-up.ts'
import { progressOn } from './node/progress.ts'
import { openNodeShop, orSay, readNodeConfig, sayAway, setupNotice } from './node/shop.ts'
import type { Shop } from '../contracts/shop.ts'

const MAX_ORDERS = 1_000_000
const TRANSCRIPT = 'cinetpay-transcript.txt'
const progress = progressOn(process.stdout, () => performance.now())

/** The shop's commands: `npm run migrate`, `access`, `doctor`, `seed`, `cron`, `export`, `import`, `simulator`. */
const commands: Record<string, () => Promise<void>> = {
  migrate: () => withShop(migrate),
  access: () => withShop(access),
  doctor: () => withShop(doctor),
  seed: () => {
    const count = wantedOrders()
    return withShop((shop) => seed(shop, count))
  },
  cron: () => withShop(cron),
  export: () => withShop((shop) => exportShop(shop, progress)),
  import: () => withShop((shop) => importShop(shop, progress)),
  simulator: simulate,
}

const command = lookUp(commands, process.argv[2] ?? '')
if (!command) {
  console.error(`Give one of these commands: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}
await command()

async function withShop(deed: (shop: Shop) => Promise<void>) {
  const { shop, away, close } = await orSay(openNodeShop(readNodeConfig()))
  try {
    // What the doctor can say without a database matters most when there is none.
    if (!away || deed === doctor) return await deed(shop)
    await tellAway(away)
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error
    await tellAway(error)
  } finally {
    await close()
  }
}

async function tellAway(away: DatabaseUnavailable) {
  fail((await sayAway(away)).join('\n'))
}

/** Opening the shop migrates its database; nothing more is to be done. */
async function migrate(shop: Shop) {
  console.log(['The database is up to date.', ...(await setupNotice(shop))].join('\n'))
}

/**
 * Prints a link for an owner who forgot the password, or, before there is one, the address where
 * the owner is created.
 */
async function access(shop: Shop) {
  const back = await wayBackIn(shop)
  const lines = back
    ? [
        `To choose a new password for "${back.login}", once, within seven days:`,
        `  ${back.address}`,
      ]
    : await setupNotice(shop)
  console.log(lines.join('\n'))
}

/**
 * Examines what a sale needs; `--ledger` verifies the chains of all orders, `--record` writes down
 * a payment in CinetPay's sandbox. Exit code 1: something is wrong.
 */
async function doctor(shop: Shop) {
  if (process.argv.includes('--ledger')) return examineLedger(shop)
  if (process.argv.includes('--record')) return record(shop)
  for (const finding of await examine(shop, languageOf(process.env))) tell(finding)
}

/** English on a terminal, unless its locale is French. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv) {
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('fr') ? 'fr' : 'en'
}

function tell({ name, isWell, isAdvice, says, deed }: Finding) {
  const mark = isWell ? (isAdvice ? 'note ' : 'ok   ') : 'WRONG'
  console.log(`${mark}  ${name}: ${says}${deed ? `\n       ${deed}` : ''}`)
  if (!isWell) process.exitCode = 1
}

async function examineLedger(shop: Shop) {
  const { lines, orders, faults } = await verifyLedger(shop.sql, progress('ledger lines'))
  for (const { code, what } of faults)
    tell({ name: `Order ${spellCode(code)}`, isWell: false, says: `${what}.` })
  if (faults.length > 0)
    console.log(
      'Compare these orders with a backup and with CinetPay: somebody changed rows by hand.',
    )
  else
    tell({
      name: 'Ledger',
      isWell: true,
      says: `${lines} lines of ${orders} orders are as they were written.`,
    })
}

async function record(shop: Shop) {
  const { recordPayment } = await import('../../tools/recorder/record.ts')
  const recording = await recordPayment(shop, (line) => console.log(line))
  if (recording.kind === 'not-possible') return fail(recording.why)
  await writeFile(TRANSCRIPT, recording.text, { mode: 0o600 })
  if (!recording.isWhole) process.exitCode = 1
  console.log(
    `Written to ${TRANSCRIPT}. It holds shapes in place of values: read it before you send it to anybody.`,
  )
}

/** The demonstration's books, and with `--orders 2000` a year of invented sales. */
async function seed(shop: Shop, count: number) {
  if (count > 0 && !shop.simulator)
    return fail('This shop is not a demonstration: no order is invented, and nothing was added.')
  await seedBooks(shop)
  if (count > 0) await seedSales(shop, count)
}

async function seedBooks(shop: Shop) {
  const { seedDemonstration } = await import('../../demonstration/seed.ts')
  const added = await seedDemonstration(shop)
  console.log(
    added === undefined
      ? 'This shop has books of its own: no demonstration book was added.'
      : `${added} demonstration books added.`,
  )
}

async function seedSales(shop: Shop, count: number) {
  const { seedOrders } = await import('../../demonstration/orders/orders.ts')
  const told = progress('orders')
  let added = 0
  const seeded = await seedOrders(shop, count, (made) => told((added = made), count)).catch(
    (fault: unknown) => {
      console.error(
        `${added} of ${count} orders were added, each of them whole; nothing of the others.`,
      )
      throw fault
    },
  )
  if (seeded !== 'seeded')
    return fail('Orders are invented for the demonstration books only, and none is here.')
  console.log(`${count} invented orders added, over the last 365 days.`)
}

function wantedOrders(): number {
  const args = process.argv.slice(3)
  try {
    const { orders } = parseArgs({ args, options: { orders: { type: 'string' } } }).values
    if (orders === undefined) return 0
    if (/^\d{1,7}$/.test(orders) && Number(orders) <= MAX_ORDERS) return Number(orders)
  } catch {
    // Reported below, in our own words.
  }
  console.error(`Write it so: npm run seed -- --orders 2000 (a number up to ${MAX_ORDERS}).`)
  process.exit(2)
}

async function cron(shop: Shop) {
  const { checked, paid, undecided, failed } = await pass(shop, 'command')
  console.log(
    `${checked} payments asked about: ${paid} paid, ${undecided} undecided, ${failed} failed.`,
  )
}
