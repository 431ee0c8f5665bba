import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Database } from '../../src/data/database.ts'
import { signIn } from '../support/desk.ts'
import { testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import type { TestShop } from '../support/shop.ts'

const START_MS = 60_000

const runtimes: [string, string, (url: string) => Promise<Running>][] = [
  ['Node', 'Node ', (url) => onNode({ DATABASE_URL: url })],
  ['workerd', 'Cloudflare Workers', onWorkerd],
]

/** Each calls itself by its own address: Node over its socket, the Worker out and in again. */
describe.each(runtimes)('on %s', (_, runtime, start) => {
  let database: TestDatabase
  let running: Running
  let opened: Database
  beforeAll(async () => {
    database = await testDatabase()
    running = await start(database.url)
    opened = openDatabase(() => connectTo(database.url))
  }, START_MS)
  afterAll(async () => {
    await opened?.close()
    await running?.stop()
    await database.drop()
  }, START_MS)

  it(
    'the doctor sees the shop from outside, and its signed notice comes back',
    async () => {
      const shop = { now: () => new Date(), config: { publicUrl: running.url } }
      const { headers } = await signIn({ shop, sql: opened.sql } as unknown as TestShop)
      const answer = await fetch(`${running.url}/admin/diagnostic`, { method: 'POST', headers })
      expect(answer.status).toBe(200)
      const page = await answer.text()
      for (const says of [
        'mène à cette boutique.',
        'Un téléchargement coupé reprend où il était.',
        'Un avis signé arrive entier par l’adresse publique.',
        'Elle répond 200, et rien ne la garde en cache.',
        'Un fichier est écrit, relu et effacé.',
        'Une question sans réponse est abandonnée, et la suivante passe.',
        runtime,
      ])
        expect(page).toContain(says)
      // The tests' server forgets on purpose, and nobody has said who sells.
      const red = page.slice(page.indexOf('id="rouge"'), page.indexOf('id="savoir"'))
      expect([...red.matchAll(/<strong>([^<]+)<\/strong> <span/g)].map(([, name]) => name)).toEqual(
        ['Ce qui est écrit reste écrit', 'Pages légales'],
      )
    },
    START_MS,
  )
})
