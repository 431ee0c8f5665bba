import { pass } from '../../src/scheduler/pass.ts'
import { verifyLedger } from '../../src/doctor/ledger.ts'
import { chance } from './chance.ts'
import type { Chance } from './chance.ts'
import { checkDeliveries, checkNow, isWrong } from './checker.ts'
import type { Remembered } from './checker.ts'
import { crashing } from './crash.ts'
import { actAtDesk } from './desk.ts'
import { forgery } from './forgery.ts'
import type { Api } from './goods.ts'
import { checkLetters } from './letters.ts'
import { form } from '../support/form.ts'
import { openWorld } from './world.ts'
import type { Notice, World } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Lives that go on side by side, so that their steps fall between each other's. */
const TOGETHER = 8
const STEPS = 14

/** One buyer: what he holds in his hands. */
type Life = {
  name: string
  steps: number
  /** The form that he filled in, to be sent again. */
  form?: { action: string; fields: Record<string, string> }
  orderPage?: string
  payPages: string[]
}

export type Outcome = { broken: string[]; seen: Record<string, number>; lives: number }

/**
 * Lives through `count` purchases under faults, then lets the faults stop and looks whether every
 * accepted payment was delivered and nothing else. A seed plays the same run again.
 * @param tell is called now and then with the number of lives that are over
 */
export async function live(
  api: Api,
  seed: number,
  count: number,
  tell = (_done: number) => {},
): Promise<Outcome> {
  const luck = chance(seed)
  const world = await openWorld(api, luck)
  try {
    const remembered: Remembered = new Map()
    let born = 0
    let lives: Life[] = []
    const look = () =>
      checkNow(
        world,
        remembered,
        lives.map(({ name }) => name),
      )
    while (born < count || lives.length > 0) {
      while (lives.length < TOGETHER && born < count)
        lives.push({ name: `Awa ${born++}`, steps: 0, payPages: [] })
      const life = luck.pick(lives)
      world.setTrouble(luck.happens(0.5) ? 0.3 : 0)
      if (api === 'v1' && luck.happens(0.01))
        world.deny(luck.pick(['address', 'keys']), luck.pick([5 * MINUTE, HOUR]))
      await step(world, luck, life, look)
      await look()
      if (world.broken.length > 0) break
      if (++life.steps >= STEPS) {
        await mend(world, life)
        lives = lives.filter((other) => other !== life)
        if (born % 100 === 0) tell(born - lives.length)
      }
    }
    if (world.broken.length === 0) await calm(world)
    if (world.broken.length === 0) await checkDeliveries(world)
    if (world.broken.length === 0) await checkLetters(world, world.mails)
    for (const { code, what } of (await verifyLedger(world.sql)).faults)
      world.broken.push(`${code}: ${what}`)
    return { broken: world.broken, seen: world.seen, lives: born }
  } finally {
    await world.close()
  }
}

const deeds: readonly [
  number,
  string,
  (world: World, luck: Chance, life: Life, look: () => Promise<void>) => Promise<unknown>,
][] = [
  [5, 'buy', buy],
  [6, 'pay', pay],
  [5, 'notice', deliverNotice],
  [2, 'replay', replayNotice],
  [1, 'forgery', forgeNotice],
  [3, 'return', comeBack],
  [4, 'look', look],
  [2, 'pay again', payAgain],
  [2, 'desk', sell],
  [2, 'cron', (world, luck) => cron(world, luck)],
  [2, 'time', letTimePass],
]

async function step(world: World, luck: Chance, life: Life, look: () => Promise<void>) {
  let place = luck.below(deeds.reduce((sum, [weight]) => sum + weight, 0))
  const [, name, deed] = deeds.find(([weight]) => (place -= weight) < 0)!
  world.count(name)
  await deed(world, luck, life, look)
}

/** The shop for one request, which one time in five is killed at one of its steps. */
function mortal(world: World, luck: Chance) {
  if (!luck.happens(0.2)) return world.shop
  const { shop } = crashing(world.shop, 1 + luck.below(6), luck.happens(0.5))
  world.count('crash')
  return shop
}

async function buy(world: World, luck: Chance, life: Life) {
  if (!life.form) {
    await world.request('/livres/livre')
    const fields = {
      name: life.name,
      phone: '76123456',
      country: 'ML',
      email: luck.happens(0.6) ? `${life.name.replace(' ', '-')}@example.com` : '',
      price: '5000',
    }
    life.form = { action: '/livres/livre/acheter', fields }
  }
  const { action, fields } = life.form
  const send = () => world.request(action, form(fields), mortal(world, luck))
  const answers = luck.happens(0.3) ? [await send(), await send()] : [await send()]
  for (const answer of answers) follow(world, life, answer)
}

/** Where the browser is led: to CinetPay's page, or to the order's. */
function follow(world: World, life: Life, answer: Response) {
  const to = answer.headers.get('location') ?? ''
  if (to.startsWith(`${world.pages}/`)) life.payPages.push(to)
  else if (to !== '' && !to.startsWith('/')) world.broken.push(`a buyer was led to ${to}`)
  if (to.startsWith('/commande/')) life.orderPage = to
}

const TROUBLES = ['', '', '', '', 'no-notice', 'triple-notice', 'wrong-token', 'shifted-fields', 'foreign-site', 'check-500', 'check-truncated', 'check-old-shape', 'check-wrong-amount', 'check-wrong-currency'] // prettier-ignore

async function pay(world: World, luck: Chance, life: Life) {
  const payPage = life.payPages.length > 0 && luck.pick(life.payPages)
  if (!payPage) return
  const deed = luck.pick([
    'accept',
    'accept',
    'accept',
    'balance',
    'code',
    'cancel',
    'wait',
    'later',
  ])
  const fault = luck.pick(TROUBLES)
  world.count(`at CinetPay: ${deed}`)
  if (fault) world.count(fault)
  const answer = await world.atProvider(payPage, {
    deed,
    operator: luck.pick(['OM', 'MOMO']),
    phone: '',
    fault,
  })
  const returnUrl = /action="([^"]+payment\/return[^"]*)"/.exec(await answer.text())?.[1]
  if (returnUrl) life.orderPage ??= `/commande/${new URL(returnUrl).searchParams.get('commande')}`
}

const post = (world: World, luck: Chance, { body, headers }: Notice) =>
  world.request('/payment/callback/', { method: 'POST', body, headers }, mortal(world, luck))

async function deliverNotice(world: World, luck: Chance) {
  if (world.notices.length === 0) return
  const place = luck.below(world.notices.length)
  const [notice] = world.notices.splice(place, 1)
  if (luck.happens(0.2)) return world.count('notice lost')
  const times = luck.happens(0.2) ? 3 : 1
  if (times > 1) world.count('notice tripled')
  for (let i = 0; i < times; i++) {
    const answer = await post(world, luck, notice!)
    if (answer.status === 503) world.notices.push(notice!)
  }
  world.told.push(notice!)
  if (world.told.length > 50) world.told.shift()
}

async function replayNotice(world: World, luck: Chance) {
  if (world.told.length === 0) return
  const before = world.checksMade()
  const notice = luck.pick(world.told)
  await post(world, luck, notice)
  await post(world, luck, notice)
  if (world.checksMade() - before > 1) world.broken.push('two replays caused two checks')
}

async function forgeNotice(world: World, luck: Chance) {
  const [stranger, transaction] = [...world.transactions.values()].slice(-2)
  if (!transaction) return
  const { transactionId } = transaction
  const target = { transactionId, strangersToken: stranger!.v1?.notifyToken }
  const before = world.checksMade()
  const { headers, body } = forgery(world.api, '', target, luck)
  const init = { method: 'POST', headers: Object.fromEntries(headers), body }
  const answer = await world.request('/payment/callback/', init)
  if (answer.status !== 401) world.broken.push(`a forged notice was answered ${answer.status}`)
  if (world.checksMade() !== before) world.broken.push('a forged notice caused a check')
}

async function comeBack(world: World, luck: Chance, life: Life) {
  if (!life.orderPage) return
  const path = `/payment/return/?commande=${life.orderPage.slice('/commande/'.length)}`
  await world.request(
    path,
    form({ transaction_id: 'F'.repeat(24), token: 'x' }),
    mortal(world, luck),
  )
}

async function look(world: World, luck: Chance, life: Life) {
  if (life.orderPage) await world.request(`${life.orderPage}/statut`, {}, mortal(world, luck))
}

async function payAgain(world: World, luck: Chance, life: Life) {
  if (!life.orderPage) return
  const page = await (await world.request(life.orderPage)).text()
  const attempts = /name="attempts" value="(\d+)"/.exec(page)?.[1]
  if (!attempts) return
  follow(
    world,
    life,
    await world.request(`${life.orderPage}/payer`, form({ attempts }), mortal(world, luck)),
  )
}

async function sell(world: World, luck: Chance, life: Life, look: () => Promise<void>) {
  if (!life.orderPage) return
  const process = { mortal: () => mortal(world, luck), look }
  life.orderPage = await actAtDesk(world, luck, life.orderPage, process)
}

/** Hours and days go by as they do: with a clock on the host that rings now and then. */
async function letTimePass(world: World, luck: Chance) {
  const ms = luck.pick([20_000, 5 * MINUTE, 2 * HOUR, DAY])
  const rings = ms < HOUR ? 1 : 6
  for (let ring = 0; ring < rings; ring++) {
    world.advance(ms / rings)
    if (ms >= HOUR) await cron(world, luck)
  }
}

async function cron(world: World, luck: Chance) {
  await pass(mortal(world, luck)).catch(() => {})
  await world.settled()
}

/** CinetPay's own trouble with a buyer's payments passes; a wrong amount stays one. */
async function mend(world: World, life: Life) {
  for (const payPage of life.payPages) {
    const token = payPage.split('/').at(-1)!
    const transaction = [...world.transactions.values()].find((known) => known.token === token)
    if (transaction && !isWrong(transaction.fault))
      await world.atProvider(payPage, { deed: 'mend' })
  }
}

/** Faults stop: CinetPay answers truly, and time goes on for as long as payments are asked about. */
async function calm(world: World) {
  world.setTrouble(0)
  world.deny('address', 0)
  // What was tried a moment ago has its next turns; a day later it would be given up.
  for (const ms of [3 * MINUTE, HOUR, 6 * HOUR, ...Array.from({ length: 33 }, () => DAY)]) {
    world.advance(ms)
    for (let i = 0; i < 500; i++) {
      const { checked, messages } = await pass(world.shop)
      if (checked + messages === 0) break
    }
  }
  await world.settled()
}
