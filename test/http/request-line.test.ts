import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lineLog } from '../../src/lib/log.ts'
import { aBook, buyFrom, openTestShop, visit } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
afterAll(() => test.close())
beforeEach(() => void test.lines.splice(0))

type Line = Record<string, string | number>
const linesOf = () => test.lines.map((line) => JSON.parse(line) as Line)

describe("a request's line", () => {
  it('tells what was asked of the database and of CinetPay, and how long that took', async () => {
    // The first visit also does what is due, after its answer.
    await visit(test.shop, '/aide')
    await test.settled()
    const asked = test.asked.length
    await buyFrom(test, 'le-livre')
    const bought = linesOf().find(({ route }) => route === '/livres/:slug/acheter')!
    expect(bought).toMatchObject({ level: 'info', status: 303 })
    const shown = linesOf().find(({ route }) => route === '/livres/:slug')!
    expect(Number(bought['queries']) + Number(shown['queries'])).toBe(test.asked.length - asked)
    expect(bought['databaseMs']).toBeLessThanOrEqual(Number(bought['ms']) * 2 + 1)
    expect(bought['providerMs']).toBeGreaterThanOrEqual(0)
    expect(shown).not.toHaveProperty('providerMs')
  })

  it('has the name that a tracer gave, if it is one', async () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736'
    const names = [`00-${id}-00f067aa0ba902b7-01`, `00-${id}x-00f067aa0ba902b7-01`, '"\n']
    for (const traceparent of names.slice(0, 2))
      await visit(test.shop, '/livez', { headers: { traceparent } })
    expect(linesOf().map(({ traceId }) => traceId)).toEqual([id, undefined])
  })

  it('is left out for most of the pages from the cache, if that is settled, and for no others', async () => {
    const config = { ...test.shop.config, logSample: 10 }
    const shop = { ...test.shop, config }
    await visit(shop, '/aide')
    for (let i = 0; i < 400; i++) await visit(shop, '/aide')
    const [first, ...rest] = linesOf().filter(({ route }) => route === '/aide')
    expect(first).not.toHaveProperty('sample')
    expect(rest.length).toBeGreaterThan(10)
    expect(rest.length).toBeLessThan(90)
    expect(new Set(rest.map(({ sample }) => sample))).toEqual(new Set([10]))
    test.lines.splice(0)
    config.logSample = 0
    await visit(shop, '/aide')
    await visit(shop, '/livez')
    expect(linesOf().map(({ route }) => route)).toEqual(['/livez'])
  })
})

it.each([
  ['order.paid', 'info'],
  ['payment.refused', 'info'],
  ['case.closed', 'info'],
  ['notice.forged', 'warn'],
  ['provider.unreachable', 'warn'],
  ['request.failed', 'error'],
  ['database.unavailable', 'error'],
  ['storage.unwritable', 'error'],
] as const)('%s is told as %s', (event, level) => {
  const lines: string[] = []
  const log = lineLog(
    (line) => void lines.push(line),
    () => new Date(0),
    { version: '1' },
  )
  log(event, { a: 1 })
  const at = '1970-01-01T00:00:00.000Z'
  expect(lines).toEqual([JSON.stringify({ at, level, event, a: 1, version: '1' })])
})
