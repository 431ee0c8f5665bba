import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { installer } from '../../src/entries/installer/app.tsx'
import { nodeHost } from '../../src/entries/installer/node-host.ts'
import { lineLog } from '../../src/lib/log.ts'
import { visitor } from '../hosts/installer-visitor.ts'
import { installationCode } from '../hosts/package-tools.ts'
import { openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** Whoever finds a shop before its owner has installed it: no address of it may fall over. */
const ORIGIN = 'https://livres.example.net'
const LONG_MS = 120_000

let root: string
let lines: string[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kiosque-hostile-installer-'))
  lines = []
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function aProcess() {
  const now = () => new Date()
  const log = lineLog((line) => void lines.push(line), now)
  const fetch = async () => Response.json({}, { status: 404 })
  const host = nodeHost({ root, environment: {}, log, fetch, now })
  const visit = { origin: ORIGIN, isSecure: true }
  return (path: string, init: RequestInit = {}) => installer.request(path, init, { visit, ...host })
}
type Ask = ReturnType<typeof aProcess>

/** The cookie of somebody who showed the code. */
async function knownCookie(ask: Ask) {
  await ask('/installer')
  const body = new URLSearchParams({ code: installationCode(root) })
  const answer = await ask('/installer', { method: 'POST', body, headers: { origin: ORIGIN } })
  expect(answer.status).toBe(303)
  return answer.headers.getSetCookie()[0]!.split(';')[0]!
}

const PLACES = ['x', '%00', '%ff', '..%2f..%2fetc%2fpasswd', '%2e%2e', '__proto__', 'a'.repeat(4_000), '%F0%9F%92%A9', "'%20or%201=1--"] // prettier-ignore

/** Every address that the router knows, its places filled with what nobody should type. */
const addresses = [
  ...new Set([
    ...installer.routes.flatMap(({ path }) =>
      /[*:]/.test(path)
        ? PLACES.map((place) =>
            path.replaceAll('*', place).replace(/:\w+(\{.*\})?/, place.replaceAll('$', '')),
          )
        : [path],
    ),
    '/logo',
    '/logo?v=x',
    '/favicon.ico',
    '/assets/kiosque-00000000-ffffff.css',
    '/assets/icone-zzzzzz.svg',
    '/admin/entrer',
    '/commande/x',
    '/healthz',
    '//evil.example/installer',
  ]),
]

const urlencoded = 'application/x-www-form-urlencoded'
const BODIES: { body: string; type: string }[] = [
  { body: '', type: urlencoded },
  { body: 'code=%00', type: urlencoded },
  { body: 'code=%ff%fe', type: urlencoded },
  { body: 'code=a&code=b', type: urlencoded },
  { body: `code=${'A'.repeat(100_000)}`, type: urlencoded },
  { body: '__proto__=x&constructor=y&kind=toString&currency=valueOf', type: urlencoded },
  { body: 'host=%3A%3A%3A&name=..&user=a&password=%25zz', type: urlencoded },
  { body: 'host=base.invalid&port=99999&name=x&user=%40%2F%3A&password=', type: urlencoded },
  { body: 'url=postgres%3A%2F%2Fa%3Ab%40%5B%3A%3A1%2Fx', type: urlencoded },
  { body: 'url=postgres%3A%2F%2F%25%25%3Ab%40c%2Fx', type: urlencoded },
  { body: 'url=postgres%3A%2F%2F%2F', type: urlencoded },
  { body: 'address=http%3A%2F%2F%5B', type: urlencoded },
  { body: 'address=javascript%3Aalert(1)', type: urlencoded },
  { body: 'from=a%40b.c&mailHost=..&mailPort=99999&mailUser=%0a&mailPassword=%0d', type: urlencoded },
  { body: '{"code":{"a":[1]}}', type: 'application/json' },
  { body: '--x\r\ncontent-disposition: form-data; name="code"\r\n\r\n', type: 'multipart/form-data; boundary=x' },
  { body: 'x', type: 'text/plain' },
] // prettier-ignore

describe('every address of the installer', () => {
  const visitors = ['a stranger', 'who showed the code'] as const
  it.each(visitors)(
    'answers %s, whatever is asked of it',
    async (who) => {
      const ask = aProcess()
      const isKnown = who !== 'a stranger'
      const cookie = isKnown ? await knownCookie(ask) : 'kiosque-installation=%'
      const faults: string[] = []
      const look = async (path: string, init: RequestInit) => {
        const answer = await ask(path, init)
        const text = await answer.text()
        // A form of somebody who did not show the code is told to come back; that is no fault.
        const isForm = !['GET', 'HEAD'].includes(init.method!)
        const isTurnedAway = !isKnown && isForm && !text.includes('<html')
        if (answer.status > 503 || (answer.status >= 500 && !isTurnedAway))
          faults.push(`${init.method} ${path.slice(0, 60)}: ${answer.status}`)
      }
      const headers = { cookie, origin: ORIGIN, 'accept-language': ';q=x,*;,%%' }
      for (const path of addresses)
        for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) await look(path, { method, headers })
      for (const path of addresses)
        for (const { body, type } of path.startsWith('/installer') ? BODIES : BODIES.slice(0, 5))
          await look(path, { method: 'POST', body, headers: { ...headers, 'content-type': type } })
      expect(faults).toEqual([])
      expect(lines.filter((line) => line.includes('installer.failed'))).toEqual([])
    },
    LONG_MS,
  )
})

describe('a form', () => {
  let shop: TestShop
  beforeAll(async () => {
    shop = await openTestShop()
  })
  afterAll(() => shop.close())

  const foreign = [
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: ORIGIN }],
    ['of a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['of nobody', { 'sec-fetch-site': 'none' }],
    ['with another origin', { origin: 'https://evil.example' }],
    ['without a word of where it is from', {}],
  ] as const
  it.each(foreign)('%s is refused, at the installer as at the desk', async (_, headers) => {
    const ask = aProcess()
    const cookie = await knownCookie(ask)
    const body = new URLSearchParams({ address: ORIGIN })
    const init = { method: 'POST', body, headers: { ...headers, cookie } }
    expect((await ask('/installer/adresse', init)).status).toBe(403)
    const sent = await shop.post('/admin/entrer', { login: 'x', password: 'x' }, headers)
    expect(sent.status).toBe(403)
  })
})

describe('the code', () => {
  it('opens after a thousand wrong ones: 100 bits need no brake that holds its owner up', async () => {
    const ask = aProcess()
    const owner = visitor(ask, ORIGIN)
    await owner.go('/installer')
    const right = readFileSync(join(root, 'data', 'code-installation.txt'), 'utf8')
    expect(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/m.test(right)).toBe(true)
    const statuses = new Set<number>()
    for (let i = 0; i < 1_000; i++)
      statuses.add((await visitor(ask, ORIGIN).send('/installer', { code: `AAAA-${i}` })).status)
    expect([...statuses]).toEqual([422])
    expect(await owner.enter(root)).toMatchObject({ status: 200, path: '/installer/hebergeur' })
  })
})
