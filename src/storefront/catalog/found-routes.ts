import { Hono } from 'hono'
import { listAddresses, listNewest } from '../../data/books/storefront.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { absolute, closedToRobots, paths } from '../../links/addresses.ts'
import { wordsIn } from '../../words/words.ts'
import { feedText, sitemapText } from './feeds.ts'

/** The addresses for search engines and feed readers. */
export const foundBy = new Hono<ShopEnv>()

const MOST_IN_SITEMAP = 10_000
const MOST_IN_FEED = 20

foundBy.get(paths.robots, (c) => {
  c.header('cache-control', 'public, max-age=86400')
  return c.text(
    [
      'User-agent: *',
      ...closedToRobots().map((path) => `Disallow: ${path}`),
      '',
      `Sitemap: ${absolute(c.env.config, paths.sitemap)}`,
      '',
    ].join('\n'),
  )
})

foundBy.get(paths.sitemap, async (c) => {
  const slugs = await listAddresses(c.env.sql, MOST_IN_SITEMAP, c.env.now())
  const pages = [
    paths.catalog,
    paths.help,
    paths.legalNotice,
    paths.terms,
    paths.privacy,
    ...slugs.map(paths.book),
  ]
  return c.body(sitemapText(c.env.config, pages), 200, {
    'content-type': 'application/xml; charset=utf-8',
  })
})

foundBy.get(paths.feed, async (c) => {
  const { language } = c.var
  const books = await listNewest(c.env.sql, MOST_IN_FEED, c.env.now())
  const words = wordsIn(language)
  const title = words.catalog.news((await currentSettings(c.env)).shop.name || words.shop)
  return c.body(feedText(c.env.config, { title, books, language }), 200, {
    'content-type': 'application/atom+xml; charset=utf-8',
  })
})
