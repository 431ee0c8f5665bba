import { afterAll, beforeAll, describe, it } from 'vitest'
import { testDatabase } from '../support/postgres.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { walk } from './walk.ts'

const START_MS = 60_000

type Api = 'v1' | 'v2'
const olderApi = { SIMULATED_API: 'v2' }

const runtimes: [string, () => Promise<Running>, Api?][] = [
  ['Node with the embedded database', () => onNode({})],
  ['Node, with the older API', () => onNode(olderApi), 'v2'],
  [
    'Node with PostgreSQL',
    async () => {
      const database = await testDatabase()
      const running = await onNode({ DATABASE_URL: database.url })
      return { ...running, stop: () => running.stop().then(() => database.drop()) }
    },
  ],
  [
    'workerd',
    async () => {
      const database = await testDatabase()
      const running = await onWorkerd(database.url)
      return { ...running, stop: () => running.stop().then(() => database.drop()) }
    },
  ],
  [
    'workerd, with the older API',
    async () => {
      const database = await testDatabase()
      const running = await onWorkerd(database.url, { bindings: olderApi })
      return { ...running, stop: () => running.stop().then(() => database.drop()) }
    },
    'v2',
  ],
]

describe.each(runtimes)('on %s', (_, start, api) => {
  let running: Running
  beforeAll(async () => {
    running = await start()
  }, START_MS)
  afterAll(() => running?.stop(), START_MS)

  it('a book is bought and read', () => walk(running.url, api), START_MS)
})
