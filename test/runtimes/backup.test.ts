import { BUYERS_DEVICE } from '../support/shop.ts'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setupKey } from '../../src/admin/access/keys.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { verifyLedger } from '../../src/doctor/ledger.ts'
import { testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { walk } from './walk.ts'
import type { Bought } from './walk.ts'
import { built, SHOP_NODE } from '../support/built.ts'

const MOVE_MS = 180_000
const APP_SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'
const PASSWORD = 'savane violon mercredi papaye'
const ROOM = '/admin/reglages/valise'
const root = fileURLToPath(new URL('../..', import.meta.url))

let folder: string
const databases: TestDatabase[] = []
const running: Running[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosque-move-'))
  for (let i = 0; i < 3; i++) databases.push(await testDatabase())
})
afterAll(async () => {
  for (const each of running) await each.stop()
  for (const each of databases) await each.drop()
  await rm(folder, { recursive: true })
}, MOVE_MS)

const settings = (i: number) => ({
  APP_SECRET,
  DATABASE_URL: databases[i]!.url,
  DATA_DIR: join(folder, `data-${i}`),
})
/** The command line, as its installer runs it. */
async function run(i: number, ...words: string[]) {
  const env = { PATH: process.env['PATH'], ...settings(i) }
  const { stdout } = await promisify(execFile)(SHOP_NODE, [built('cli.mjs'), ...words], {
    cwd: root,
    env,
  })
  return stdout
}
async function started(one: Promise<Running>) {
  const each = await one
  running.push(each)
  return each
}

/** Somebody at the desk of a shop that runs. */
function atDesk({ url }: Running) {
  let cookie = ''
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { origin: url, cookie, ...(init.headers as Record<string, string>) }
    const answer = await fetch(url + path, { redirect: 'manual', ...init, headers })
    const session = answer.headers.getSetCookie().map((each) => each.split(';')[0]!)
    cookie = session.find((each) => each.startsWith('kiosque=')) ?? cookie
    return answer
  }
  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body, headers })
  return {
    ask,
    post,
    setUp: async () => {
      const fields = { name: 'Fatou', login: 'fatou', password: PASSWORD }
      const path = `/admin/installation/${await setupKey(APP_SECRET)}`
      return (await post(path, new URLSearchParams(fields))).status
    },
    signIn: async (login: string) =>
      (await post('/admin/entrer', new URLSearchParams({ login, password: PASSWORD }))).status,
  }
}

/** Sends an archive as the desk's script does, then waits for visits to unpack it. */
async function sendArchive(desk: ReturnType<typeof atDesk>, bytes: Uint8Array) {
  const json = { accept: 'application/json' }
  const size = new URLSearchParams({ size: String(bytes.length) })
  const begun = await desk.post(`${ROOM}/arrivees`, size, json)
  expect(begun.status).toBe(201)
  const { id, page, pieceBytes } = (await begun.json()) as Record<string, string> & {
    pieceBytes: number
  }
  for (let n = 0; n * pieceBytes < bytes.length; n++) {
    const piece = bytes.slice(n * pieceBytes, (n + 1) * pieceBytes)
    const answer = await desk.post(`${ROOM}/arrivees/${id}/${n}`, piece, json)
    expect(answer.status).toBe(200)
    await answer.text()
  }
  const end = await desk.post(`${ROOM}/arrivees/${id}/finir`, '', json)
  expect([end.status, await end.json()]).toEqual([200, { page }])
  return page!
}

async function bought({ url }: Running, { orderPage, file }: Bought) {
  // The buyer's own phone: strange browsers are asked who they are.
  const page = new URL(new URL(orderPage, url).pathname, url)
  const order = await (await fetch(page, { headers: BUYERS_DEVICE })).text()
  const answer = await fetch(url + new URL(file, url).pathname)
  const bytes = Buffer.from(await answer.arrayBuffer())
  return { isPaid: order.includes('data-status="paid"'), etag: answer.headers.get('etag'), bytes }
}

const codeOf = ({ orderPage }: Bought) => /commande\/(\w+)\./.exec(orderPage)![1]!

async function findsByCode({ url }: Running, sale: Bought) {
  const body = new URLSearchParams({ country: 'ML', phone: '76 12 34 56', proof: codeOf(sale) })
  const answer = await fetch(`${url}/retrouver`, { method: 'POST', redirect: 'manual', body })
  return answer.headers.get('location')
}

async function ledgerOf(i: number) {
  const { sql, close } = openDatabase(() => connectTo(databases[i]!.url))
  const report = await verifyLedger(sql)
  await close()
  return report
}

/** Everything that Awa and Moussa had before is there. */
async function expectMoved(to: Running, from: Running, sale: Bought) {
  const [before, after] = [await bought(from, sale), await bought(to, sale)]
  expect(after.isPaid).toBe(true)
  expect(after.etag).toBe(before.etag)
  expect(after.bytes.equals(before.bytes)).toBe(true)
  expect(await findsByCode(to, sale)).toContain(codeOf(sale))
  expect(await atDesk(to).signIn('fatou')).toBe(303)
}

it(
  'a shop moves from Node and a disk to workerd and R2, and back, and nothing is lost',
  async () => {
    const node = await started(onNode(settings(0)))
    expect(await atDesk(node).setUp()).toBe(303)
    const first = await walk(node.url)
    const path = join(folder, 'valise.tar')
    expect(await run(0, 'export', path)).toContain('is whole')

    const worker = await started(onWorkerd(databases[1]!.url, { isEmpty: true }))
    const desk = atDesk(worker)
    expect(await desk.setUp()).toBe(303)
    const page = await sendArchive(desk, await readFile(path))
    for (let tries = 0; (await ledgerOf(1)).orders === 0; tries++) {
      if (tries > 60) throw new Error('the suitcase is not unpacked')
      await (await fetch(worker.url)).text()
      await pause(1_000)
    }
    expect((await ledgerOf(1)).faults).toEqual([])
    await expectMoved(worker, node, first)
    // The account that was made to receive it is gone, and with it the session.
    expect((await desk.ask(page)).status).toBe(303)

    const second = await walk(worker.url)
    const moussa = atDesk(worker)
    expect(await moussa.signIn('fatou')).toBe(303)
    const made = await moussa.post(`${ROOM}/faire`, new URLSearchParams({ passphrase: '' }))
    let link: string | undefined
    for (let tries = 0; link === undefined && tries < 60; tries++) {
      const html = await (await moussa.ask(made.headers.get('location')!)).text()
      link = /href="([^"]+\/fichier\/[^"]+)"/.exec(html)?.[1]
      if (link === undefined) await pause(1_000)
    }
    const answer = await moussa.ask(link!)
    const back = Buffer.from(await answer.arrayBuffer())
    expect(back.length).toBe(Number(answer.headers.get('content-length')))
    const half = Math.floor(back.length / 2)
    const rest = await moussa.ask(link!, { headers: { range: `bytes=${half}-` } })
    expect(rest.status).toBe(206)
    expect(Buffer.from(await rest.arrayBuffer()).equals(back.subarray(half))).toBe(true)

    await writeFile(join(folder, 'retour.tar'), back)
    expect(await run(2, 'import', join(folder, 'retour.tar'))).toContain('The shop is unpacked')
    const again = await started(onNode(settings(2)))
    await expectMoved(again, worker, first)
    await expectMoved(again, worker, second)
    const ledger = await ledgerOf(2)
    expect(ledger).toMatchObject({ faults: [], orders: 2 })
    await walk(again.url)
  },
  MOVE_MS,
)
