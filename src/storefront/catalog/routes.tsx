import { Hono } from 'hono'
import type { Context } from 'hono'
import { findCover, findSample } from '../../data/books/books.ts'
import { findNearWords, isGone, listShelf, listTags } from '../../data/books/storefront.ts'
import type { Place, Shelf } from '../../data/books/storefront.ts'
import { sendFile } from '../../files/bytes.ts'
import { deliverableOf } from '../../files/deliverable.ts'
import { isPlainText } from '../../lib/plain-text.ts'
import { currentSettings } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { paths, pathsIn } from '../../links/addresses.ts'
import { renderFault } from '../../views/fault-page.tsx'
import { wordsIn } from '../../words/words.ts'
import { bookPage } from './book-routes.tsx'
import { cards } from './card-routes.tsx'
import { sendCover } from './cover.ts'
import { foundBy } from './found-routes.ts'
import { CatalogPage, ListPage, MAX_SEARCH_LENGTH, SearchPage } from './pages.tsx'
import { placeText, readPlace } from './place.ts'

/** What is for sale. */
export const catalog = new Hono<ShopEnv>()

catalog.get(paths.catalog, async (c) => {
  const { sql, now } = c.env
  const { language } = c.var
  const after = readPlace(c.req.query('apres'))
  const [settings, shelf, tags] = await Promise.all([
    currentSettings(c.env),
    listShelf(sql, { after }, now()),
    listTags(sql, now()),
  ])
  const { tagline, name } = settings.shop
  const words = wordsIn(language)
  return c.render(
    <CatalogPage {...{ shelf, tags, tagline, language }} isFurther={after !== undefined} />,
    {
      title: words.catalog.title,
      path: paths.catalog,
      query: placeIn(after),
      description: tagline || words.catalog.description(name || words.shop),
      isUnlisted: after !== undefined,
    },
  )
})

catalog.get(paths.search, async (c) => {
  const { language } = c.var
  const after = readPlace(c.req.query('apres'))
  const typed = (c.req.query('q') ?? '').trim().slice(0, MAX_SEARCH_LENGTH)
  const isText = isPlainText(typed)
  const asksNear = c.req.query('proche') !== undefined
  const find = (words: { search: string } | { near: string }) =>
    listShelf(c.env.sql, { ...words, after }, c.env.now())
  const exact = isText && !asksNear ? await find({ search: typed }) : NOTHING
  const isMissed = isText && (asksNear || (exact.books.length === 0 && !after))
  const near = isMissed ? await findNearWords(c.env.sql, typed) : undefined
  const shelf = near === undefined ? exact : await find({ near })
  const words = wordsIn(language).catalog
  return c.render(
    <SearchPage
      {...{ typed, shelf, language }}
      isNear={isMissed}
      isFurther={after !== undefined}
    />,
    {
      title: typed ? words.found(typed) : words.go,
      path: paths.search,
      query: { q: typed, ...(asksNear && { proche: '' }), ...placeIn(after) },
      isUnlisted: true,
    },
  )
})

/** As the address says it. */
const placeIn = (after: Place | undefined) => ({ apres: after && placeText(after) })

const NOTHING: Shelf = { books: [], next: undefined }

for (const kind of ['tag', 'author'] as const) {
  const path = paths[kind].pattern
  catalog.get(path, (c) => showList(c, kind, c.req.param('slug')))
}

/** The books of a theme or an author; without any book there is no such page. */
async function showList(c: Context<ShopEnv>, kind: 'tag' | 'author', slug: string) {
  const { language } = c.var
  const after = readPlace(c.req.query('apres'))
  const shelf = await listShelf(c.env.sql, { [kind]: slug, after }, c.env.now())
  const first = shelf.books[0]
  const name =
    first && (kind === 'tag' ? first.tags : first.authors).find((one) => one.slug === slug)
  if (!name) return c.notFound()
  const title = wordsIn(language).catalog[kind](name.name)
  const address = pathsIn(language)[kind](slug)
  return c.render(
    <ListPage {...{ title, shelf, address, language }} isFurther={after !== undefined} />,
    { title, path: paths[kind](slug), query: placeIn(after), isUnlisted: after !== undefined },
  )
}

catalog.route('/', foundBy)
catalog.route('/', cards)

catalog.get(
  paths.book.pattern,

  async (c) =>
    (await bookPage(c)) ??
    ((await isGone(c.env.sql, c.req.param('slug'))) ? renderFault(c, 410) : c.notFound()),
)

catalog.get(paths.coverFile.pattern, async (c) => {
  const cover = await findCover(c.env.sql, c.req.param('slug'), c.env.now())
  return (cover && (await sendCover(c.env, c.req.raw, cover, 'public'))) ?? c.notFound()
})

/** The sample, open to anybody, in any number of ranges. */
catalog.get(paths.sample.pattern, async (c) => {
  const sample = await findSample(c.env.sql, c.req.param('slug'), c.env.now())
  if (!sample) return c.notFound()
  const kind = sample.mediaType === 'application/epub+zip' ? 'attachment' : 'inline'
  const file = deliverableOf(sample)
  const answer =
    sample.damagedAt === null
      ? await sendFile(c.env, { request: c.req.raw, file, kind })
      : undefined
  return answer ?? renderFault(c, 503, { 'retry-after': '600' })
})
