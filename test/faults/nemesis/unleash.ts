import { setTimeout as pause } from 'node:timers/promises'
import { verifyLedger } from '../../../src/doctor/ledger.ts'
import { checkDeliveries, checkNow } from '../checker.ts'
import type { Remembered } from '../checker.ts'
import { checkLetters } from '../letters.ts'
import type { Api } from '../goods.ts'
import { live, PAYMENT_FAULTS } from './buyer.ts'
import type { Street } from './buyer.ts'
import { DAY_MS, HOUR_MS } from './clock.ts'
import { troubleDatabase, unlessAway } from './database.ts'
import type { Site } from './site.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'
import { again, bagOf } from './tally.ts'

const BUYERS_AT_ONCE = 32
const LINE_TROUBLE = 0.2
const NOTICES_LOST = 0.12
/** Buyers who left stay under watch: what they set going goes on without them. */
const WATCHED_AFTERWARDS = 200
const CHECK_EVERY_MS = 1_000
/** Time that passes after the faults, so that whatever was put off has its turn. */
const LATER_MS = [HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, DAY_MS, 2 * DAY_MS]
const MAX_PASSES = 5_000

export type Outcome = {
  api: Api
  broken: string[]
  seen: Record<string, number>
  lives: number
  /** Of the time under faults. */
  seconds: number
  bootsMs: number[]
}

export type Ways = {
  tell?: (progress: Progress) => void
  program?: string
  /** How many buyers there are at any moment. */
  atOnce?: number
  /** Where the rows lie, instead of one server. */
  site?: () => Promise<Site>
  /** How many processes there are of the shop. */
  places?: number
  /** Files lie in a bucket that speaks S3. */
  inBucket?: boolean
  /** What goes wrong, instead of everything. */
  troubles?: (stage: Stage, signal: AbortSignal) => Promise<unknown>
  /** No more buyers come when so many have their book. */
  books?: number
}

export type Progress = { done: number; seen: Record<string, number>; phase: string }

/**
 * Lets `count` buyers live while everything around them fails, then lets the faults stop, and
 * looks whether every accepted payment was delivered and nothing else. The seed decides what is
 * tried; when each thing falls between which others is the machine's, and cannot be played again.
 */
export async function unleash(
  api: Api,
  count: number,
  seed: number,
  { tell = () => {}, atOnce = BUYERS_AT_ONCE, ...ways }: Ways = {},
): Promise<Outcome> {
  const stage = await openStage(api, seed, ways)
  const { broken, tally, shops } = stage
  let done = 0
  const say = (phase: string) => tell({ done, seen: tally.seen, phase })
  const started = Date.now()
  try {
    const street = openStreet(stage)
    const over = new AbortController()
    const buyers: string[] = []
    const troubles = ways.troubles
      ? ways.troubles(stage, over.signal)
      : beginTroubles(stage, over.signal, buyers, atOnce)
    let born = 0
    const isEnough = () => street.received.size >= (ways.books ?? Infinity)
    const walk = async () => {
      while (born < count && broken.length === 0 && !isEnough()) {
        const name = `Awa ${born++}`
        buyers.push(name)
        await live(name, street)
        done++
        say('under faults')
      }
    }
    await Promise.all(Array.from({ length: atOnce }, () => walk()))
    const seconds = (Date.now() - started) / 1000
    over.abort()
    await troubles
    if (broken.length === 0) await calm(stage, say)
    if (broken.length === 0) await checkAtTheEnd(stage, street, buyers, say)
    return { api, broken, seen: tally.seen, lives: done, seconds, bootsMs: shops.bootsMs }
  } finally {
    await stage.close()
  }
}

function openStreet(stage: Stage): Street {
  const { luck, tally, broken, provider, url, bookSha256 } = stage
  const nextFault = bagOf(luck, PAYMENT_FAULTS)
  const received = new Set<string>()
  return { luck, tally, broken, provider, shopUrl: url, sha256: bookSha256, nextFault, received }
}

/** Everything that goes wrong, at the same time, until told to stop. */
async function beginTroubles(stage: Stage, signal: AbortSignal, buyers: string[], atOnce: number) {
  const { luck, tally, broken, provider, mail, postman, shops } = stage
  provider.setTrouble(LINE_TROUBLE)
  mail.setTrouble(LINE_TROUBLE)
  postman.lose(NOTICES_LOST)
  const remembered: Remembered = new Map()
  const target = () => {
    const all = [...provider.transactions.values()]
    const unpaid = all.findLast(({ state }) => state !== 'ACCEPTED')
    const others = all.filter((other) => other !== unpaid)
    const strangersToken = others.length > 0 ? luck.pick(others).v1?.notifyToken : undefined
    return unpaid && { transactionId: unpaid.transactionId, strangersToken }
  }
  const troubles = [
    shops.haunt(signal),
    troubleDatabase(signal, stage),
    postman.pester(signal, `${stage.url}/payment/callback/`, target),
    ...(stage.api === 'v1' ? [provider.denyAtTimes(signal)] : []),
    again(
      signal,
      () => 300 + luck.below(1_000),
      async () => {
        const isCut = luck.happens(0.3)
        const report = await stage.cron(isCut ? luck.below(150) : undefined)
        tally.count(report ? 'cron: passes' : isCut ? 'cron: caller gone' : 'cron: broken')
      },
    ),
    again(
      signal,
      () => CHECK_EVERY_MS,
      async () => {
        const watched = buyers.slice(-atOnce - WATCHED_AFTERWARDS)
        const answer = await unlessAway(checkNow(stage, remembered, watched).then(() => true))
        tally.count(answer ? 'looks at all invariants' : 'looks: database away')
      },
    ),
  ]
  const watched = troubles.map((trouble) =>
    trouble.catch((error: Error) => broken.push(`the nemesis’ own fault: ${error.stack}`)),
  )
  await Promise.all(watched)
  provider.setTrouble(0)
  mail.setTrouble(0)
  postman.lose(0)
}

/** The faults stop, and time goes on: whoever is due is asked about, until nobody is. */
async function calm({ provider, postman, shops, clock, tally, broken, cron }: Stage, say: Say) {
  await provider.settled()
  await postman.settled()
  await provider.mend()
  for (const ms of LATER_MS) {
    clock.advance(ms)
    await shops.restart()
    for (let passes = 0; ; passes++) {
      const report = await cron()
      if (!report || passes > MAX_PASSES)
        return void broken.push('the passes do not end, though nothing is wrong any more')
      tally.count('calm: passes')
      if (report.checked + report.messages === 0) break
      say('after the faults')
    }
  }
  await pause(500)
}

type Say = (phase: string) => void

async function checkAtTheEnd(stage: Stage, { received }: Street, buyers: string[], say: Say) {
  say('comparing the books')
  const remembered: Remembered = new Map()
  for (let i = 0; i < buyers.length; i += 500)
    await checkNow(stage, remembered, buyers.slice(i, i + 500))
  await checkDeliveries(stage)
  const mails = [...stage.mail.mails].map(([key, to]) => ({ key, to }))
  await checkLetters(stage, mails)
  for (const { code, what } of (await verifyLedger(stage.sql)).faults)
    stage.broken.push(`${code}: ${what}`)
  const rows = await stage.sql<{ code: string; status: string }[]>`select code, status from orders`
  const paid = new Set(rows.filter(({ status }) => status === 'paid').map(({ code }) => code))
  for (const code of received)
    if (!paid.has(code)) stage.broken.push(`${code}: its bytes were given, and it is not paid`)
  for (const { key } of mails) {
    const alert = /^(?:address|keys)(?=-)/.exec(key)?.[0]
    if (alert) stage.tally.count('letters to the seller of a denial')
  }
  for (const { status } of rows) stage.tally.count(`orders at the end: ${status}`)
}
