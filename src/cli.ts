import { createAdaptorServer } from '@hono/node-server'
import { pass } from './chores/pass.ts'
import { seedDemonstration } from './demonstration/seed.ts'
import { openNodeShop, readNodeConfig } from './node-shop.ts'
import { simulator } from './simulator/app.tsx'
import { memoryLedger } from './simulator/ledger.ts'

/** The shop's commands: `npm run migrate`, `seed`, `cron`, `simulator`. */
const commands: Record<string, () => Promise<void>> = { migrate, seed, cron, simulator: simulate }

const command = commands[process.argv[2] ?? '']
if (!command) {
  console.error(`Give one of these commands: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}
await command()

/** Opening the shop brings its database up to date; nothing more is to do. */
async function migrate() {
  const { close } = await openNodeShop(readNodeConfig())
  console.log('The database is up to date.')
  await close()
}

async function seed() {
  const { shop, close } = await openNodeShop(readNodeConfig())
  const added = await seedDemonstration(shop, (title, place, count) =>
    console.log(`${place}/${count}  ${title}`),
  )
  console.log(
    added === undefined
      ? 'This shop has books of its own: nothing was added.'
      : `${added} demonstration books added.`,
  )
  await close()
}

async function cron() {
  const { shop, close } = await openNodeShop(readNodeConfig())
  const { checked, paid, undecided, failed } = await pass(shop)
  console.log(
    `${checked} payments asked about: ${paid} paid, ${undecided} undecided, ${failed} failed.`,
  )
  await close()
}

/** CinetPay, played alone: for a shop that is told to use it as a stand-in. */
async function simulate() {
  const key = process.env.CINETPAY_API_KEY
  const keys = {
    apiKey: 'simulator-api-key-0001',
    siteId: '445160',
    secret: 'simulator-secret-key-0001',
  }
  const v1 = { apiKey: 'sk_test_simulator-key-0001', apiPassword: 'simulator-password-0001' }
  if (key !== undefined && key !== keys.apiKey && key !== v1.apiKey) {
    console.error(
      'CINETPAY_API_KEY is set to another key: the simulator does not run beside real keys.',
    )
    process.exit(1)
  }
  const port = Number(process.env.SIMULATOR_PORT || 3100)
  const url = `http://localhost:${port}`
  const played = simulator({
    ...keys,
    v1,
    url,
    ledger: memoryLedger(),
    fetch: (request) => fetch(request),
    now: () => new Date(),
  })
  createAdaptorServer({ fetch: played.fetch }).listen(port, '127.0.0.1', () => {
    console.log(`The simulator plays CinetPay on ${url}. Give the shop these settings:

  CINETPAY_API_URL=${url}
  CINETPAY_API_KEY=${keys.apiKey}
  CINETPAY_SITE_ID=${keys.siteId}
  CINETPAY_SECRET=${keys.secret}

or these, for CinetPay's newer API:

  CINETPAY_API_URL=${url}
  CINETPAY_API_KEY=${v1.apiKey}
  CINETPAY_API_PASSWORD=${v1.apiPassword}
`)
  })
}
