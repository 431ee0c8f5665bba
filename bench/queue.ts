import { parseArgs } from 'node:util'

/**
 * `npm run bench:queue -- --sales 10000 --shops 8 --cores 16`: what no machine of ours can show, played by
 * chance: sales that come when they like, processes of the shop with five connections each, a pooler with
 * so many sessions, a PostgreSQL with so many cores and a disk that takes `--sync` ms for a commit. The
 * database's work for a sale was measured (docs/en/scale.md); the shop's is assumed, at twice what its
 * page, form and notice were seen to take, for all nine answers of a sale; and that both stay so on large
 * machines. Prints how busy each part is, and how long a sale waits in it.
 */
const { values } = parseArgs({
  options: {
    sales: { type: 'string', default: '10000' },
    shops: { type: 'string', default: '8' },
    cores: { type: 'string', default: '8' },
    sessions: { type: 'string', default: '40' },
    sync: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})

/** Of one sale: statements, which of them write, and the work of each part in ms. */
const STATEMENTS = 16
const WRITES = 8
const DATABASE_MS = 13.7 / STATEMENTS
const SHOP_MS = 20 / STATEMENTS
const CONNECTIONS = 5
const WARM_UP = 0.2

/** A part with so many places, and who waits for one. */
type Part = { places: number; taken: number; line: Step[]; busyMs: number; waitedMs: number }
type Step = (at: number) => void

const until = Number(values.seconds) * 1_000
const warmUntil = until * WARM_UP
const perMs = Number(values.sales) / 60_000

const part = (places: number): Part => ({ places, taken: 0, line: [], busyMs: 0, waitedMs: 0 })
const cores = part(Number(values.cores))
const sessions = part(Number(values.sessions))
const shops = Array.from({ length: Number(values.shops) }, () => ({
  work: part(1),
  connections: part(CONNECTIONS),
}))
const salesMs: number[] = []

// What is to come, the next first.
const heap: { at: number; step: Step }[] = []
let random = Number(values.seed)
for (let at = gap(perMs); at < until; at += gap(perMs)) plan(at, (now) => sell(now))
for (let next = pop(); next; next = pop()) next.step(next.at)
print()

function sell(born: number): void {
  const shop = shops[Math.floor(chance() * shops.length)]!
  let left = STATEMENTS
  const next: Step = (at) => {
    if (left-- === 0) {
      if (born > warmUntil) salesMs.push(at - born)
      return
    }
    const syncMs = left < WRITES ? Number(values.sync) : 0
    take(shop.work, at, (worked) =>
      hold(shop.work, worked, around(SHOP_MS), (at1) =>
        take(shop.connections, at1, (at2) =>
          take(sessions, at2, (at3) =>
            take(cores, at3, (at4) =>
              hold(cores, at4, around(DATABASE_MS), (at5) =>
                plan(at5 + syncMs, (at6) => {
                  release(sessions, at3, at6)
                  release(shop.connections, at2, at6)
                  next(at6)
                }),
              ),
            ),
          ),
        ),
      ),
    )
  }
  next(born)
}

function take(from: Part, at: number, then: Step): void {
  if (from.taken < from.places) {
    from.taken++
    then(at)
  } else
    from.line.push((now) => {
      from.waitedMs += now - at
      then(now)
    })
}

function release(from: Part, since: number, at: number): void {
  from.busyMs += at - since
  const next = from.line.shift()
  if (next) next(at)
  else from.taken--
}

function hold(from: Part, at: number, ms: number, then: Step): void {
  plan(at + ms, (now) => {
    release(from, at, now)
    then(now)
  })
}

function plan(at: number, step: Step): void {
  let place = heap.push({ at, step }) - 1
  while (place > 0) {
    const parent = (place - 1) >> 1
    if (heap[parent]!.at <= heap[place]!.at) break
    swap(place, parent)
    place = parent
  }
}

function pop() {
  const first = heap[0]
  const last = heap.pop()
  if (heap.length === 0 || !first) return first
  heap[0] = last!
  for (let place = 0; ;) {
    const children = [2 * place + 1, 2 * place + 2].filter((child) => child < heap.length)
    const [one, other = one] = children
    if (one === undefined) return first
    const least = heap[one]!.at <= heap[other!]!.at ? one : other!
    if (heap[place]!.at <= heap[least]!.at) return first
    swap(place, least)
    place = least
  }
}

function swap(one: number, other: number): void {
  const kept = heap[one]!
  heap[one] = heap[other]!
  heap[other] = kept
}

/** A number below 1 (mulberry32), so that a seed plays a run again. */
function chance(): number {
  random = (random + 0x6d2b79f5) | 0
  let mixed = Math.imul(random ^ (random >>> 15), 1 | random)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

function gap(rate: number): number {
  return -Math.log(1 - chance()) / rate
}

/** Half of it is always needed; the rest is as long as it happens to be. */
function around(ms: number): number {
  return ms / 2 + gap(2 / ms)
}

function print(): void {
  const sorted = salesMs.toSorted((a, b) => a - b)
  const quantile = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)
  const total = (parts: Part[], of: 'busyMs' | 'waitedMs' | 'places') =>
    parts.reduce((sum, one) => sum + one[of], 0)
  const rows: [string, Part[]][] = [
    [`shops (${shops.length})`, shops.map(({ work }) => work)],
    [`their connections (${CONNECTIONS} each)`, shops.map(({ connections }) => connections)],
    [`sessions (${sessions.places})`, [sessions]],
    [`PostgreSQL's cores (${cores.places})`, [cores]],
  ]
  const born = salesMs.length / (1 - WARM_UP)
  console.log(
    `${values.sales} sales a minute, ${values.seconds} s, a commit takes ${values.sync} ms`,
  )
  console.log('| part | busy | waited for it, ms a sale |')
  console.log('|---|---|---|')
  for (const [name, parts] of rows) {
    const busy = total(parts, 'busyMs') / (total(parts, 'places') * until)
    const waited = total(parts, 'waitedMs') / born
    console.log(`| ${name} | ${(busy * 100).toFixed(0)} % | ${waited.toFixed(1)} |`)
  }
  console.log(
    `A sale takes ${quantile(0.5)} ms of the shop's time (median), ${quantile(0.99)} ms (99 %).`,
  )
}
