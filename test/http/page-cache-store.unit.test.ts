import { expect, it } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { cacheOf, keep, touch } from '../../src/http/page-cache/store.ts'

const MOST_PAGES = 400

const page = (bytes = 1) => ({
  plain: { bytes: new Uint8Array(bytes), headers: {} },
  tag: '',
  route: '/livres/:slug',
  version: 1,
  until: Infinity,
  isPackable: false,
  packed: {},
})
const aCache = () => cacheOf({ config: {} as Config })

it('lets the page go that was least lately asked for', () => {
  const cache = aCache()
  for (let n = 0; n < MOST_PAGES; n++) keep(cache, `/${n}`, page())
  touch(cache, cache.pages.get('/0')!)
  keep(cache, '/new', page())
  expect(cache.pages.has('/0')).toBe(true)
  expect(cache.pages.has('/1')).toBe(false)
  expect(cache.pages.size).toBe(MOST_PAGES)
  expect(cache.bytes).toBe(MOST_PAGES)
})

it('holds eight megabytes at most, and no page that is larger by itself', () => {
  const cache = aCache()
  for (let n = 0; n < 5; n++) keep(cache, `/${n}`, page(2_000_000))
  expect([...cache.pages.keys()]).toEqual(['/1', '/2', '/3', '/4'])
  keep(cache, '/1', page(9_000_000))
  expect(cache.pages.size).toBe(0)
  expect(cache.bytes).toBe(0)
})
